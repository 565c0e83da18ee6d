import type { Account } from '../../account/account.ts';
import { alternateContact } from '../../account/services/account/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { boolean, type ParameterValues, parameter, someOf, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { type ContactsFinding, messages } from './findings.ts';
import { fix } from './fix.ts';
import { findingsOn, mailOf } from './mail.ts';

const parameters = {
  requiredTypes: parameter(someOf('BILLING', 'OPERATIONS', 'SECURITY'), 'BILLING,OPERATIONS,SECURITY', {
    en: 'The types of alternate contacts that have to be registered, separated by commas.',
    ko: '등록해야 하는 대체 연락처의 유형. 쉼표로 구분.',
  }),
  allowedEmailDomains: parameter(words(), '', {
    en: 'Domains of the addresses that are right, subdomains included, separated by commas. Empty: any that is not forbidden.',
    ko: '허용하는 메일 도메인(하위 도메인 포함). 쉼표로 구분. 비워 두면 금지한 도메인이 아닌 모두.',
  }),
  forbiddenEmailDomains: parameter(
    words(),
    'gmail.com,naver.com,daum.net,hanmail.net,nate.com,kakao.com,hotmail.com,outlook.com,yahoo.com,icloud.com',
    {
      en: 'Domains of private mail, subdomains included, separated by commas. One that is allowed is not forbidden.',
      ko: '개인 메일 도메인(하위 도메인 포함). 쉼표로 구분. 허용한 도메인은 금지하지 않습니다.',
    },
  ),
  requireDistinct: parameter(boolean(), 'true', {
    en: 'Whether the addresses of the required contacts have to differ.',
    ko: '필수 연락처의 메일 주소가 서로 달라야 하는지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;
type View = Account<typeof alternateContact>;

/** The account's alternate contacts are registered, with company mail, and are not all the same. */
export default defineRule<typeof parameters, ContactsFinding>()({
  id: 'alternate-contacts',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads: [alternateContact],
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 3, each: 0 },
});

async function judgeAccount(account: View, values: Values): Promise<Judgement<ContactsFinding>> {
  const resource = accountResource(account);
  const types = [...new Set(values.requiredTypes)];
  const answers = await Promise.allSettled(types.map((type) => mailOf(account, type)));
  const findings = findingsOn(
    answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    values,
  );
  if (findings.length > 0) return nonCompliant(resource, findings);
  for (const one of answers) if (one.status === 'rejected') throw one.reason;
  return compliant(resource);
}
