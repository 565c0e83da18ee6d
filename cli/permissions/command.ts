import { READER_ROLE } from '../fleet/declared.ts';
import { ruleIds } from '../options/words.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const declared = options(
  {
    flags: '--rule <id...>',
    what: { en: 'for these rules only (default: all)', ko: '이 규칙에 대해서만 (기본값: 전부)' },
    offers: ruleIds,
  },
  {
    flags: '--partition <name>',
    what: { en: 'how ARNs begin: aws, aws-cn, aws-us-gov', ko: 'ARN의 파티션: aws, aws-cn, aws-us-gov' },
    offers: ['aws', 'aws-cn', 'aws-us-gov'],
    default: 'aws',
  },
  {
    flags: '--organization',
    what: {
      en: 'for --organization: what the caller needs, and the role that it assumes in each account, with whom that trusts',
      ko: '--organization을 위해: 호출자에게 필요한 것과 계정마다 수임할 역할, 그 역할의 신뢰 정책',
    },
  },
  {
    flags: '--principal <id|arn>',
    what: {
      en: 'of --organization: the account, role or user that the role trusts',
      ko: '--organization에서: 역할이 신뢰할 계정, 역할, 사용자',
    },
  },
  {
    flags: '--role-name <name>',
    what: {
      en: `of --organization: the role (default: ${READER_ROLE})`,
      ko: `--organization에서: 역할 이름 (기본값: ${READER_ROLE})`,
    },
  },
  {
    flags: '--external-id <id>',
    what: { en: 'of --organization: that the role wants', ko: '--organization에서: 역할이 요구하는 외부 ID' },
  },
  {
    flags: '--delivery-bucket <s3>',
    what: {
      en: 'for "evaluate s3://bucket/prefix" instead: what reading the bucket that AWS Config delivers to takes',
      ko: '"evaluate s3://bucket/prefix"를 위해: AWS Config가 전달하는 버킷을 읽는 데 필요한 것',
    },
  },
);
const args = [
  {
    name: '[command]',
    what: { en: 'evaluate (default), collect or remediate', ko: 'evaluate(기본값), collect, remediate' },
    choices: ['evaluate', 'collect', 'remediate'],
  },
] as const;
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'permissions',
  summary: {
    en: 'print the least IAM policy that a command needs',
    ko: '명령에 필요한 최소 IAM 정책을 출력합니다',
  },
  description: {
    en: 'Prints the least IAM policy that a command needs, as JSON, for whoever creates its role.',
    ko: '명령에 필요한 최소 IAM 정책을 JSON으로 출력합니다. 역할을 만드는 사람을 위한 것입니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    ['$ groundrules permissions', { en: 'what "evaluate --live" reads', ko: '"evaluate --live"가 읽는 것' }],
    ['$ groundrules permissions collect --rule s3-public', { en: 'of one rule alone', ko: '규칙 하나만' }],
    [
      '$ groundrules permissions remediate --rule s3-public',
      { en: 'what the fix calls, too', ko: '수정이 호출하는 것까지' },
    ],
    [
      '$ groundrules permissions --organization --principal 111122223333',
      { en: 'for many accounts: caller, trust and role', ko: '여러 계정을 위해: 호출자, 신뢰 정책, 역할' },
    ],
    [
      '$ groundrules permissions --delivery-bucket s3://config-logs/central',
      { en: 'for "evaluate s3://config-logs/central"', ko: '"evaluate s3://config-logs/central"을 위해' },
    ],
  ],
  exit: [
    ['0', { en: 'printed', ko: '출력함' }],
    ['2', { en: 'the call was wrong', ko: '명령을 잘못 썼음' }],
  ],
  run: () => import('./run.ts'),
});
