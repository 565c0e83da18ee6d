import * as z from 'zod/mini';
import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import { managedNodes, type SessionDocument, sessionDocument } from '../../account/services/ssm/readings.ts';
import { accountResource } from '../evaluate.ts';
import { couldNotTell, notApplicable } from '../judgement.ts';
import { boolean, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every } from '../rule.ts';
import { everyRegion, inEachRegion } from '../shared/account-in-regions.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { noRegionInView } from '../shared/regions.ts';
import { messages, type SessionFinding, type Unlogged } from './findings.ts';
import { fix } from './fix.ts';

/** A document of the account's own, by its name: one that another account shares has an ARN. */
const documentName = (): z.ZodMiniType<string, string> =>
  z.string().check(z.trim(), z.regex(/^[\w.-]{3,128}$/, 'expected the name of a document of the account'));

const parameters = {
  documentName: parameter(documentName(), 'SSM-SessionManagerRunShell', {
    en: 'The session document. Session Manager goes by the default one unless a session names another',
    ko: '세션 문서. 세션이 다른 문서를 지정하지 않으면 Session Manager는 기본 문서를 따름',
  }),
  requireEncryption: parameter(boolean(), 'true', {
    en: 'Whether each destination that is set has to be encrypted',
    ko: '설정된 대상마다 암호화를 요구할지 여부',
  }),
  whereUsedOnly: parameter(boolean(), 'true', {
    en: 'Whether Regions without a managed node need no logging',
    ko: '관리형 노드가 없는 리전에는 로깅을 요구하지 않을지 여부',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [sessionDocument, managedNodes] as const;
type View = Account<(typeof reads)[number]>;

/** Session Manager's preferences have shell sessions logged, encrypted, wherever there are nodes. */
export default defineRule<typeof parameters, SessionFinding>()({
  id: 'ssm-session-logging',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, context) {
    const resource = accountResource(account);
    if (!isAskedAbout(context, resource)) return;
    if (account.regions.length === 0) {
      yield couldNotTell(resource, noRegionInView('ssm:GetDocument', "Session Manager's preferences"));
      return;
    }
    const answers = await inEachRegion(account.regions, (region) => lookInto(account, region, values));
    if (answers.every(({ said }) => said === 'unused')) {
      yield notApplicable(resource, [{ kind: 'notUsed' }]);
      return;
    }
    yield* everyRegion<SessionFinding>(
      account,
      answers.map(({ region, said }) => ({
        region,
        said: said === 'logged' || said === 'unused' ? [] : said instanceof AccountError ? said : [said],
      })),
    );
  },

  fix,
  calls: { fixed: 2, each: 0 },
});

/** @throws {AccountError} where it cannot be told. */
async function lookInto(
  account: View,
  region: string,
  { documentName, requireEncryption, whereUsedOnly }: Values,
): Promise<'logged' | 'unused' | Unlogged> {
  const document = await account.read(sessionDocument, { region, id: documentName });
  const wrong = document
    ? whatIsWrong(document, region, documentName, requireEncryption)
    : ({ kind: 'noPreferences', document: documentName, region } as const);
  if (!wrong) return 'logged';
  if (!whereUsedOnly) return wrong;
  const { values, errors } = await partial(account.read(managedNodes, { region }));
  // One node is enough, however many more there are.
  if (values.length > 0) return wrong;
  const [error] = errors;
  if (error) throw error;
  return 'unused';
}

function whatIsWrong(
  { sessionType, inputs }: SessionDocument,
  region: string,
  name: string,
  requireEncryption: boolean,
): Unlogged | undefined {
  if (sessionType !== undefined && sessionType !== 'Standard_Stream') {
    return { kind: 'otherType', sessionType, region };
  }
  const { s3BucketName, s3EncryptionEnabled, cloudWatchLogGroupName, cloudWatchEncryptionEnabled } = inputs;
  if (s3BucketName === '' && cloudWatchLogGroupName === '') return { kind: 'noDestination', region };
  const destinations = [
    ...(cloudWatchLogGroupName !== '' && !cloudWatchEncryptionEnabled ? (['CloudWatch Logs'] as const) : []),
    ...(s3BucketName !== '' && !s3EncryptionEnabled ? (['S3'] as const) : []),
  ];
  if (requireEncryption && destinations.length > 0) return { kind: 'notEncrypted', destinations, region };
  if (sessionType === undefined) {
    const api = 'ssm:GetDocument';
    throw new AccountError(OWN_CODES.malformed, api, `${api} of ${name}: Content has no sessionType`, name);
  }
  return undefined;
}
