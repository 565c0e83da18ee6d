/** Options of the commands that go through many accounts. Loaded with every command: it imports nothing large. */
import { options, under } from '../program/define.ts';

/** What "groundrules template --reader-role" makes. */
export const READER_ROLE = 'GroundrulesReader';

/** Their heading in help. */
export const SEVERAL_ACCOUNTS = { en: 'Several accounts:', ko: '여러 계정:' };

export const FLEET = under(
  SEVERAL_ACCOUNTS,
  options(
    {
      flags: '--organization',
      what: {
        en: 'all active accounts of the organization, as its management account or a delegated administrator',
        ko: '조직의 활성 계정 전부. 관리 계정이나 위임된 관리자의 자격 증명으로',
      },
    },
    {
      flags: '--role-name <name>',
      what: {
        en: `the role to assume in each account (default: ${READER_ROLE}); without --organization, in each --account`,
        ko: `계정마다 수임할 역할 (기본값: ${READER_ROLE}). --organization이 없으면 각 --account에서`,
      },
    },
    {
      flags: '--ou <id...>',
      what: {
        en: 'of the organization: the accounts in and below these units',
        ko: '조직에서: 이 조직 단위와 그 아래에 있는 계정',
      },
    },
    {
      flags: '--exclude <id...>',
      what: {
        en: 'not these accounts, nor those below these units',
        ko: '이 계정과 이 조직 단위 아래의 계정 제외',
      },
    },
    {
      flags: '--external-id <id>',
      what: { en: 'that the role wants of who assumes it', ko: '역할이 요구하는 외부 ID' },
    },
    {
      flags: '--session-duration <seconds>',
      what: {
        en: 'how long a session lasts before another one (default: 3600, the most from another role)',
        ko: '세션 길이. 끝나기 전에 다시 수임함 (기본값: 3600. 다른 역할에서 수임할 때의 최댓값)',
      },
    },
    {
      flags: '--session-tag <key=value>',
      what: {
        en: 'a tag of the session; the role has to allow sts:TagSession. May be given several times',
        ko: '세션 태그. 역할이 sts:TagSession을 허용해야 함. 여러 번 지정 가능',
      },
      many: true,
    },
    {
      flags: '--concurrency <number>',
      what: {
        en: 'accounts at a time (default: as many as bring more answers a second, from 4 to 64)',
        ko: '동시에 진행할 계정 수 (기본값: 초당 응답 수에 따라 4에서 64까지 조절)',
      },
    },
    {
      flags: '--resume',
      what: { en: 'go on where an earlier run was interrupted', ko: '중단된 실행을 이어서 진행' },
    },
  ),
);
