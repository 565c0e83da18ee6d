/** What both uses of `groundrules attest` need: the process checks of the account, and the caller's name. */
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { explain, LiveError } from '../../account/live/failures.ts';
import type { LiveAccount } from '../../account/live/open.ts';
import { defaultRegion } from '../../account/live/shared.ts';
import { controls, type ProcessCheck } from '../../catalogue/index.ts';
import { callerName } from '../../config/attestations/annotation.ts';
import { type DeployedCheck, deployedChecks, LIST_ACTION } from '../../config/attestations/process-checks.ts';
import { findControl } from '../controls/run.ts';
import { readSettingsFile, settingsFile } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';
import type { Options } from './command.ts';

/** An account's process checks, as far as they are Groundrules' own. */
export interface Checks {
  readonly client: ConfigServiceClient;
  readonly accountId: string;
  readonly region: string;
  readonly deployed: readonly DeployedCheck[];
  /** Process checks of other packs. */
  readonly foreign: number;
}

export const processChecks: readonly ProcessCheck[] = controls.filter((one) => one.kind === 'process-check');
/** @throws {UsageError} for what is no process check. */
export function findProcessCheck(id: string): ProcessCheck {
  const other = controls.find((one) => one.id === id);
  if (other && other.kind !== 'process-check') {
    throw new UsageError({
      en: `${id} is judged by a rule, not attested: see groundrules controls ${id}`,
      ko: `${id}은(는) 규칙이 판정하며 기록하는 것이 아닙니다: groundrules controls ${id}`,
    });
  }
  return findControl(id, processChecks) as ProcessCheck;
}

/** Process checks are in the home Region alone: as the settings say, or else where the credentials' own Region is. */
export async function homeRegion({ config, profile }: Options): Promise<string> {
  const file = settingsFile({ ...(config !== undefined && { config }) });
  if (file === undefined) return defaultRegion(profile);
  return (
    await readSettingsFile(file, {
      en: '. Or name the home Region with --region',
      ko: '. 또는 --region으로 홈 리전을 지정하십시오',
    })
  ).homeRegion;
}

/** @throws {UsageError} where there are none. */
export async function findChecks(
  { accountId, config }: LiveAccount,
  region: string,
  progress: Progress,
): Promise<Checks> {
  const client = new ConfigServiceClient({ ...config, region });
  progress.step({ en: 'looking for process checks', ko: '프로세스 점검을 찾는 중' });
  const all = await asking([LIST_ACTION], () => deployedChecks(client)).finally(progress.done);
  const deployed = all.filter(({ control }) => processChecks.some(({ id }) => id === control));
  if (deployed.length === 0) {
    throw new UsageError({
      en: `account ${accountId} has no process check of Groundrules in ${region}: deploy the pack "attestations" (docs/attestations.md), or name the home Region with --region`,
      ko: `계정 ${accountId}의 ${region}에 Groundrules의 프로세스 점검이 없습니다. "attestations" 팩을 배포하거나(docs/attestations.md) --region으로 홈 리전을 지정하십시오`,
    });
  }
  return { client, accountId, region, deployed, foreign: all.length - deployed.length };
}

/** Who the credentials belong to, in short. */
export async function caller({ config }: LiveAccount, region: string): Promise<string> {
  const sts = new STSClient({ ...config, region });
  const { Arn } = await asking(['sts:GetCallerIdentity'], () => sts.send(new GetCallerIdentityCommand({})));
  if (!Arn)
    throw new LiveError('IncompleteAnswer', 'sts:GetCallerIdentity: the answer does not say who is asking');
  return callerName(Arn);
}

/**
 * @param actions the IAM actions that it may need, the first of which the message begins with.
 * @throws {LiveError} that says what AWS refused, and what to do.
 */
export async function asking<T>(actions: readonly [string, ...string[]], ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = explain(error, actions);
    if (!failure) throw error;
    throw new LiveError(failure.code, `${actions[0]}: ${failure.message}`, { cause: error });
  }
}
