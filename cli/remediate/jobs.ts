import type { LiveAccount } from '../../account/live/open.ts';
import { readAccount } from '../../account/open.ts';
import { users } from '../../account/services/iam/readings.ts';
import { bucketNamed } from '../../account/services/s3/buckets.ts';
import { checkValue } from '../../automation/document/parameters.ts';
import type { RuleDocument } from '../../automation/rule-document.ts';
import type { Both } from '../../report/both.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { GivenParameters } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import { type Assignment, checkAssignments, documentParameters, openRemediation } from './document.ts';
import type { Job } from './engine.ts';
import type { ExecutionRecord } from './record.ts';
import type { Reported } from './results.ts';

/** The parameters of the documents, as the command was given them. */
export interface Given {
  readonly parameters: GivenParameters;
  readonly assignments: readonly Assignment[];
}

const BUCKET = 'AWS::S3::Bucket';
const USER = 'AWS::IAM::User';
const ACCOUNT = 'AWS::::Account';

/**
 * Checks the one resource that the command names before AWS is asked, so that nobody has to sign in to learn of a
 * typing error.
 */
export function checkNamed(remediation: RuleDocument, id: string | undefined, given: Given): void {
  const { resourceTypes } = remediation.rule;
  checkAssignments([remediation], given.assignments);
  documentParameters(remediation, given.parameters, given.assignments);
  if (id !== undefined) {
    if (!isUserName(remediation.rule, id)) checkId(remediation, id);
  } else if (resourceTypes.length !== 1 || resourceTypes[0] !== ACCOUNT) {
    throw new UsageError({
      en: `groundrules remediate ${remediation.rule.id} <resource-id>: which resource? ${howToFind(remediation.rule).en}`,
      ko: `groundrules remediate ${remediation.rule.id} <resource-id>: 어느 리소스입니까? ${howToFind(remediation.rule).ko}`,
    });
  }
}

/**
 * What the unique ids of IAM's resources begin with
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
const UNIQUE_IDS = new Map([
  [USER, /^AIDA\w+$/],
  ['AWS::IAM::Group', /^AGPA\w+$/],
  ['AWS::IAM::Role', /^AROA\w+$/],
  // Stands for root.
  [ACCOUNT, /^\d{12}$/],
]);

/** A user's name does for its id, where it is the id of nothing else that the rule reports on. */
const isUserName = ({ resourceTypes }: AnyRule, id: string): boolean =>
  resourceTypes.includes(USER) && !resourceTypes.some((type) => UNIQUE_IDS.get(type)?.test(id));

/**
 * The one resource that the command names, by what people know of it: a user's name does for its id, a bucket is looked
 * for in all Regions, and a rule on the account alone needs no id.
 *
 * @param id as typed, and found good by `checkNamed`.
 * @param region where to look for what is not a bucket.
 */
export async function namedJob(
  { rule, document, resourceParameter }: RuleDocument,
  id: string | undefined,
  {
    account,
    region,
    given,
  }: { readonly account: LiveAccount; readonly region: string; readonly given: Given },
): Promise<Job> {
  const remediation = { rule, document, resourceParameter };
  const parameters = documentParameters(remediation, given.parameters, given.assignments);
  const types = rule.resourceTypes;
  const job = (found: { id: string; name?: string; region?: string }): Job => {
    checkId(remediation, found.id);
    return {
      ...remediation,
      resourceId: found.id,
      ...(found.name !== undefined && { resourceName: found.name }),
      region: found.region ?? region,
      parameters,
    };
  };
  if (id === undefined) return job({ id: account.accountId });
  if (types.includes(ACCOUNT) && /^\d{12}$/.test(id) && id !== account.accountId) {
    throw new UsageError({
      en: `${id} is another account: the credentials are of ${account.accountId}`,
      ko: `${id}은(는) 다른 계정입니다. 자격 증명은 ${account.accountId}의 것입니다`,
    });
  }
  if (isUserName(rule, id)) return job(await userOf(account, region, id));
  if (types[0] === BUCKET) {
    const source = { ...account.at(region), everyRegion: true } as const;
    const bucket = await bucketNamed(readAccount(source), id);
    // An emulator, or an API that does not say where it lies: wherever the command is.
    const isKnown = bucket && bucket.region !== 'global';
    return job({ id, ...(isKnown && { region: bucket.region }) });
  }
  return job({ id });
}

async function userOf(account: LiveAccount, region: string, who: string) {
  const everyone = await readAccount(account.at(region)).read(users);
  const user = everyone.find(({ name, arn, id }) => [name, arn, id].includes(who));
  if (!user) {
    throw new UsageError({
      en: `there is no IAM user ${who} in account ${account.accountId}: give the user's name or unique id (AIDA…), or the account's id for root`,
      ko: `계정 ${account.accountId}에 IAM 사용자 ${who}이(가) 없습니다. 사용자의 이름이나 고유 ID(AIDA…)를, 루트는 계정 ID를 지정하십시오`,
    });
  }
  return { id: user.id, name: user.name };
}

/** @throws {UsageError} for an id of the wrong form, with where to find the right one. */
function checkId({ rule, document, resourceParameter }: RuleDocument, id: string): void {
  const fields = document.parameters[resourceParameter];
  const wrong = fields && checkValue(id, fields);
  if (!wrong) return;
  const expected = `${resourceParameter}${fields.description ? `: ${fields.description.replace(/\.$/, '')}` : ''}`;
  throw new UsageError({
    en: `${JSON.stringify(id)} is no id of ${rule.resourceTypes.join(' or ')} (${expected}). ${howToFind(rule).en}`,
    ko: `${JSON.stringify(id)}은(는) ${rule.resourceTypes.join(', ')}의 ID가 아닙니다 (${expected}). ${howToFind(rule).ko}`,
  });
}

/** Where ids are to be found. */
export function howToFind({ id, scope, resourceTypes }: AnyRule): Both {
  const isFoundAnywhere = scope === 'global' || resourceTypes[0] === BUCKET;
  const list = rules.some((rule) => rule.id === id)
    ? {
        en: `"groundrules evaluate --live --rule ${id} --format json" lists them as resourceId`,
        ko: `"groundrules evaluate --live --rule ${id} --format json"의 resourceId에 있습니다`,
      }
    : {
        en: 'AWS Config lists it as the id of the resource that its rule reports',
        ko: 'AWS Config가 규칙이 보고한 리소스의 ID로 보여 줍니다',
      };
  const other = isFoundAnywhere
    ? { en: '', ko: '' }
    : { en: '; --region looks in another Region', ko: '. 다른 리전은 --region으로 찾습니다' };
  return { en: `${list.en}${other.en}`, ko: `${list.ko}${other.ko}` };
}

/** What an evaluation found, in its order, each with its own Region. */
export function reportedJobs(reported: readonly Reported[], region: string, given: Given): Job[] {
  const ids = [...new Set(reported.map(({ rule }) => rule))];
  const opened = new Map(ids.map((id) => [id, openRemediation(id)]));
  if (opened.size > 0) checkAssignments([...opened.values()], given.assignments);
  return reported.map((result): Job => {
    const remediation = opened.get(result.rule) as RuleDocument;
    return {
      ...remediation,
      ...(result.resourceType !== undefined && { resourceType: result.resourceType }),
      resourceId: result.resourceId,
      ...(result.resourceName !== undefined && { resourceName: result.resourceName }),
      region: result.region === 'global' ? region : result.region,
      parameters: documentParameters(remediation, given.parameters, given.assignments),
    };
  });
}

/** The run that a record is of, to be undone where it ran and with what it was given. */
export function undoJob(earlier: ExecutionRecord, file: string): Job {
  const remediation = openRemediation(earlier.rule);
  const { document, resourceParameter } = remediation;
  const {
    [resourceParameter]: resource,
    Mode: _,
    ExecutionId: __,
    AutomationAssumeRole: ___,
    ...given
  } = earlier.parameters;
  if (typeof resource !== 'string') {
    throw new UsageError({
      en: `--undo ${file}: parameters.${resourceParameter} is missing`,
      ko: `--undo ${file}: parameters.${resourceParameter}이(가) 없습니다`,
    });
  }
  if (resource !== earlier.resourceId) {
    throw new UsageError({
      en: `--undo ${file}: resourceId is ${JSON.stringify(earlier.resourceId)}, parameters.${resourceParameter} is ${JSON.stringify(resource)}: they are two resources`,
      ko: `--undo ${file}: resourceId는 ${JSON.stringify(earlier.resourceId)}, parameters.${resourceParameter}은(는) ${JSON.stringify(resource)}: 서로 다른 리소스입니다`,
    });
  }
  const known = Object.entries(given).filter(
    // The record shows `***` for a secret, which is not its value.
    ([name, value]) => Object.hasOwn(document.parameters, name) && value !== '***',
  );
  return {
    ...remediation,
    resourceId: resource,
    region: earlier.region,
    parameters: Object.fromEntries(known),
    earlier,
  };
}
