/** AWS Systems Manager, in one Region. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const ssm = { name: 'ssm' } as const;

export interface OpsItem {
  readonly id: string;
  /** `Open`, `InProgress`, `Resolved`, … */
  readonly status: string;
  /** Searchable operational data alone: OpsCenter lists no other. */
  readonly data: Readonly<Record<string, string>>;
}

/** OpsItems of the source `Groundrules` that are open or in progress. */
export const opsItems = {
  service: ssm,
  api: 'DescribeOpsItems',
  regional: true,
  options:
    '--ops-item-filters Key=Source,Operator=Equal,Values=Groundrules Key=Status,Operator=Equal,Values=Open,InProgress',
  scope: '*',
  member: 'OpsItemSummaries',
  shape: () =>
    z.pipe(
      z.object({
        OpsItemId: text,
        Status: z.string(),
        OperationalData: z.nullish(z.record(z.string(), z.object({ Value: z.nullish(z.string()) }))),
      }),
      z.transform(
        ({ OpsItemId: id, Status: status, OperationalData }): OpsItem => ({
          id,
          status,
          data: Object.fromEntries(
            Object.entries(OperationalData ?? {}).map(([key, { Value }]) => [key, Value ?? '']),
          ),
        }),
      ),
    ),
} as const satisfies Reading;

/** The default version of a document, as JSON. Session Manager keeps its preferences of a Region in one. */
export const sessionDocument = {
  service: ssm,
  api: 'GetDocument',
  regional: true,
  about: { options: ['--name'], from: { ids: ['SSM-SessionManagerRunShell'] } },
  options: '--document-format JSON',
  scope: ['arn:{partition}:ssm:{region}:{account}:document/*'],
  none: ['InvalidDocument'],
  shape: () =>
    z.pipe(
      field('Content', text),
      z.transform((content, context): SessionDocument => {
        const parsed = sessionContent().safeParse(jsonOf(content));
        if (parsed.success) return parsed.data;
        // What is in it is not quoted: it may be anybody's.
        const message = 'Content is not the JSON of a session document (--document-format JSON)';
        context.issues.push({ code: 'custom', message, input: content });
        return z.NEVER;
      }),
    ),
} as const satisfies Reading;

/** What counts of a session document: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html */
export interface SessionDocument {
  /** `Standard_Stream` is a shell. */
  readonly sessionType?: string;
  /** Empty where there are none. */
  readonly inputs: {
    readonly s3BucketName: string;
    readonly s3EncryptionEnabled: boolean;
    readonly cloudWatchLogGroupName: string;
    readonly cloudWatchEncryptionEnabled: boolean;
  };
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

const sessionContent = () => {
  const name = z.pipe(
    z.nullish(z.string()),
    z.transform((value) => value?.trim() ?? ''),
  );
  const isOn = z.pipe(
    z.nullish(z.union([z.boolean(), z.string()])),
    z.transform((value) => String(value).trim().toLowerCase() === 'true'),
  );
  const inputs = z.object({
    s3BucketName: name,
    s3EncryptionEnabled: isOn,
    cloudWatchLogGroupName: name,
    cloudWatchEncryptionEnabled: isOn,
  });
  return z.pipe(
    z.object({ sessionType: z.nullish(z.string()), inputs: z.nullish(inputs) }),
    z.transform(
      ({ sessionType, inputs: given }): SessionDocument => ({
        ...(sessionType && { sessionType }),
        inputs: given ?? inputs.parse({}),
      }),
    ),
  );
};

/** The ids of the nodes that Systems Manager manages: instances, and others (`mi-…`), whether or not they answer. */
export const managedNodes = {
  service: ssm,
  api: 'DescribeInstanceInformation',
  regional: true,
  scope: '*',
  member: 'InstanceInformationList',
  shape: () => field('InstanceId', text),
} as const satisfies Reading;
