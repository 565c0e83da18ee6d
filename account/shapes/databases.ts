import * as z from 'zod/mini';
import type { Database } from '../account.ts';
import { field, list, text } from './parts.ts';

/** A DB instance or a DB cluster, by the fields that hold its resource id, its identifier and its status. */
export const database = (id: string, name: string, status: string) =>
  z.pipe(
    z.object({
      Engine: text,
      EngineMode: z.nullish(z.string()),
      DBClusterIdentifier: z.nullish(z.string()),
      DBClusterParameterGroup: z.nullish(z.string()),
      DBParameterGroups: list(field('DBParameterGroupName', text)),
      OptionGroupMemberships: list(field('OptionGroupName', text)),
      EnabledCloudwatchLogsExports: list(text),
      PendingModifiedValues: z.nullish(
        z.object({
          PendingCloudwatchLogsExports: z.nullish(
            z.object({ LogTypesToEnable: list(text), LogTypesToDisable: list(text) }),
          ),
        }),
      ),
      ...({ [id]: text, [name]: text, [status]: text } as object),
    }),
    z.transform((value): Database => {
      const { DBClusterIdentifier: cluster, DBClusterParameterGroup: group } = value;
      const pending = value.PendingModifiedValues?.PendingCloudwatchLogsExports;
      const exported = new Set([...value.EnabledCloudwatchLogsExports, ...(pending?.LogTypesToEnable ?? [])]);
      for (const type of pending?.LogTypesToDisable ?? []) exported.delete(type);
      const named = value as unknown as Record<string, string>;
      return {
        id: named[id] as string,
        name: named[name] as string,
        engine: value.Engine,
        status: named[status] as string,
        logExports: [...exported],
        parameterGroups: group ? [group] : value.DBParameterGroups,
        optionGroups: value.OptionGroupMemberships,
        ...(cluster && cluster !== named[name] && { cluster }),
        ...(value.EngineMode === 'serverless' && { isServerless: true }),
      };
    }),
  );

export const dbOptions = z.pipe(
  field('OptionGroupsList', z.array(field('Options', list(field('OptionName', text))))),
  z.transform((groups) => groups.flat()),
);

/** Parameters of a group by name, as far as they have a value. */
export const dbParameters = z.pipe(
  field('Parameters', z.array(z.object({ ParameterName: text, ParameterValue: z.nullish(z.string()) }))),
  z.transform(
    (parameters): Record<string, string> =>
      Object.fromEntries(
        parameters.flatMap(({ ParameterName, ParameterValue }) =>
          typeof ParameterValue === 'string' ? [[ParameterName, ParameterValue]] : [],
        ),
      ),
  ),
);
