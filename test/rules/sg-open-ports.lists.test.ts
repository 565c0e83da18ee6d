import { readAccount } from '../../account/open.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { ingress } from '../support/ingress.ts';
import { denied, judged, memorySource } from '../support/memory.ts';

const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
const NAMES = 'us-east-1/ec2/describe-managed-prefix-lists.json';
const file = (id: string) => `us-east-1/ec2/get-managed-prefix-list-entries/${id}.json`;
const entries = (...cidrs: string[]) => ({ Entries: cidrs.map((Cidr) => ({ Cidr })) });
const named = (PrefixListId: string, PrefixListName: string, OwnerId = 'AWS') => ({
  PrefixListId,
  PrefixListName,
  OwnerId,
});

const S3 = 'com.amazonaws.us-east-1.s3';
/** AWS's own lists, each wide enough to be the internet, and customers' lists, one of which says that it is AWS's. */
const readings: Record<string, unknown> = {
  [NAMES]: {
    PrefixLists: [
      named('pl-s3', S3),
      named('pl-edge', 'com.amazonaws.global.cloudfront.origin-facing'),
      named('pl-denied', 'com.amazonaws.us-east-1.dynamodb'),
      named('pl-own', 'offices', '111122223333'),
      named('pl-liar', S3, '999988887777'),
    ],
  },
  [file('pl-s3')]: entries('3.5.0.0/14', '52.216.0.0/15'),
  [file('pl-edge')]: entries('120.52.0.0/14'),
  [file('pl-own')]: entries('0.0.0.0/1'),
  [file('pl-liar')]: entries('0.0.0.0/1'),
  [file('pl-unlisted')]: entries('0.0.0.0/1'),
  [file('pl-private')]: entries('10.0.0.0/8'),
  [file('pl-denied')]: denied,
};

const worldOf = (shorthand: string, more: Record<string, unknown> = {}) =>
  memorySource({
    ...readings,
    [GROUPS]: { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: ingress(shorthand) }] },
    ...more,
  });
const resource = { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', region: 'us-east-1' };
const allowed = (allowedAwsPrefixLists: string) => ({ allowedAwsPrefixLists });
const noNames = { [NAMES]: denied };

describe("AWS's own prefix lists", () => {
  test.each<
    [
      situation: string,
      ingress: string,
      allowedLists: string,
      says: [compliance: string, annotation: string | RegExp],
      more?: Record<string, unknown>,
    ]
  >([
    [
      'are open by default, and named',
      'tcp 8443 pl-s3',
      '',
      ['NON_COMPLIANT', `tcp 8443 open to pl-s3 (AWS-managed ${S3})`],
    ],
    [
      'are named beside other sources',
      'tcp 22 pl-s3 ::/0',
      '',
      ['NON_COMPLIANT', `tcp 22 open to pl-s3 (AWS-managed ${S3}) and ::/0`],
    ],
    [
      'are not named where their names cannot be read, which decides nothing',
      'tcp 22 pl-s3',
      '',
      ['NON_COMPLIANT', 'tcp 22 open to pl-s3'],
      noNames,
    ],
    ['of a customer are not named', 'tcp 22 pl-own', '', ['NON_COMPLIANT', 'tcp 22 open to pl-own']],
    ['come in by name', 'tcp 8443 pl-s3', S3, ['COMPLIANT', '']],
    ['come in by a pattern', 'tcp 8443 pl-s3', 'com.amazonaws.*.s3', ['COMPLIANT', '']],
    [
      'come in by one of several names',
      '-1 - pl-edge pl-s3',
      `com.amazonaws.global.cloudfront.*, ${S3}`,
      ['COMPLIANT', ''],
    ],
    [
      'do not come in by another name',
      'tcp 22 pl-edge',
      'com.amazonaws.*.s3',
      ['NON_COMPLIANT', 'tcp 22 open to pl-edge (AWS-managed com.amazonaws.global.cloudfront.origin-facing)'],
    ],
    ['do not come in by the end of a name', 'tcp 22 pl-s3', 's3', ['NON_COMPLIANT', /pl-s3/]],
    [
      'of a customer never come in, whatever they are called',
      'tcp 22 pl-liar',
      '*',
      ['NON_COMPLIANT', 'tcp 22 open to pl-liar'],
    ],
    [
      'that come in are not to blame for what others open',
      'tcp 22 pl-s3 0.0.0.0/0',
      '*',
      ['NON_COMPLIANT', 'tcp 22 open to 0.0.0.0/0'],
    ],
    // 3.5.0.0/14 is 3.4.0.0 to 3.7.255.255: the neighbour alone is as wide as passes.
    ['that come in do not join with their neighbours', 'tcp 22 pl-s3 3.8.0.0/16', '*', ['COMPLIANT', '']],
    ['come in although their entries cannot be read', 'tcp 22 pl-denied', '*', ['COMPLIANT', '']],
    [
      'that may not come in and cannot be read are "could not tell"',
      'tcp 22 pl-denied',
      'com.amazonaws.*.s3',
      ['UNKNOWN', /GetManagedPrefixListEntries/],
    ],
    [
      'are "could not tell" where their names decide and cannot be read',
      'tcp 22 pl-s3',
      'com.amazonaws.*.s3',
      ['UNKNOWN', /DescribeManagedPrefixLists/],
      noNames,
    ],
    [
      'that the account does not see are "could not tell"',
      'tcp 22 pl-unlisted',
      '*',
      ['UNKNOWN', /DescribeManagedPrefixLists does not have pl-unlisted/],
    ],
    [
      'whose names cannot be read are left out beside an open port',
      'tcp 22 pl-s3 0.0.0.0/0',
      '*',
      ['NON_COMPLIANT', 'tcp 22 open to 0.0.0.0/0'],
      noNames,
    ],
  ])('%s', async (_, shorthand, lists, [compliance, annotation], ...[more]) => {
    const [said] = await judged(rule, readAccount(worldOf(shorthand, more)), allowed(lists));
    expect(said?.compliance).toBe(compliance);
    if (annotation instanceof RegExp) expect(said?.annotation).toMatch(annotation);
    else expect(said?.annotation).toBe(annotation);
  });

  test.each<[situation: string, ingress: string, allowedLists: string, context: object, isAsked: boolean]>([
    ['a change, where no name decides', 'tcp 22 pl-s3', '', { resource }, false],
    ['a change, where it does', 'tcp 22 pl-s3', '*', { resource }, true],
    ['a list that is private', 'tcp 22 pl-private', '*', {}, false],
    ['ports that are allowed anyway', 'tcp 443 pl-s3', '*', {}, false],
    ['no list that is to blame', 'tcp 22 pl-private 0.0.0.0/0', '*', {}, false],
    ['a finding of a whole run, once for all lists', 'tcp 22 pl-s3 pl-edge', '', {}, true],
  ])('whether names are asked for: %s', async (_, shorthand, lists, context, isAsked) => {
    const source = worldOf(shorthand);
    await judged(rule, readAccount(source), allowed(lists), context);
    expect(source.asked.filter((path) => path === NAMES)).toHaveLength(Number(isAsked));
  });

  test.each(['pl-63a5400a', 'arn:aws:ec2:us-east-1:aws:prefix-list/pl-1', 'com.amazonaws.*.s3; *', 'S3'])(
    'are not allowed by %j',
    async (name) => {
      const run = judged(rule, readAccount(worldOf('')), allowed(name));
      await expect(run).rejects.toThrow(
        /allowedAwsPrefixLists is .*expected names of AWS-managed prefix lists/,
      );
    },
  );
});
