import type { ResourceRef } from '../../account/account.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell } from '../judgement.ts';
import { integer, optionalText, type ParameterValues, parameter, someOf } from '../parameters.ts';
import { defineRule, every } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { noRegionInView } from '../shared/regions.ts';
import * as checks from './checks.ts';
import { messages, type UnusedFinding } from './findings.ts';
import { fix } from './fix.ts';
import * as balancers from './load-balancers.ts';
import { type Look, reads, type Said } from './look.ts';

const parameters = {
  checks: parameter(
    someOf('default-vpc', 'idle-elb', 'idle-nat', 'low-cpu-ec2', 'orphan-rds-snapshot'),
    'default-vpc,idle-elb,idle-nat,low-cpu-ec2',
    {
      en: 'What to look for, separated by commas: `default-vpc`, `idle-elb`, `idle-nat`, `low-cpu-ec2`, `orphan-rds-snapshot`.',
      ko: '찾을 것, 쉼표로 구분: `default-vpc`, `idle-elb`, `idle-nat`, `low-cpu-ec2`, `orphan-rds-snapshot`.',
    },
  ),
  idleDays: parameter(integer(1, 60), '14', {
    en: 'For how many days something has to be idle. What is younger is not reported.',
    ko: '며칠 동안 쓰이지 않아야 미사용으로 볼지. 그보다 새로 만든 것은 보고하지 않음.',
  }),
  maxCpuPercent: parameter(integer(1, 100), '5', {
    en: 'An instance is in use on a day on which its CPU reaches this, in percent.',
    ko: 'CPU 사용률이 하루라도 이 값(%)에 이르면 사용 중인 인스턴스로 봄.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Resources with a tag of this key are not judged. Only then are the tags of idle load balancers read.',
    ko: '이 키의 태그가 붙은 리소스는 판정하지 않음. 지정할 때만 유휴 로드 밸런서의 태그를 읽음.',
  }),
};

type Check = ParameterValues<typeof parameters>['checks'][number];

const VPC = 'AWS::EC2::VPC';
const NAT = 'AWS::EC2::NatGateway';
const INSTANCE = 'AWS::EC2::Instance';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';
const SNAPSHOT = 'AWS::RDS::DBSnapshot';

/** Each check, and what it reports on. */
const CHECKS: Readonly<
  Record<
    Check,
    readonly { readonly type: string; readonly check: (look: Look, whole: ResourceRef) => Said }[]
  >
> = {
  'default-vpc': [{ type: VPC, check: checks.defaultVpcs }],
  'idle-elb': [
    { type: BALANCER, check: balancers.idleLoadBalancers },
    { type: CLASSIC, check: balancers.idleClassicLoadBalancers },
  ],
  'idle-nat': [{ type: NAT, check: checks.idleNats }],
  'low-cpu-ec2': [{ type: INSTANCE, check: checks.idleInstances }],
  'orphan-rds-snapshot': [{ type: SNAPSHOT, check: checks.orphanSnapshots }],
};

/** Nothing in the Regions in view is idle. Each resource that is has a result of its own, so that it can be waived. */
export default defineRule<typeof parameters, UnusedFinding>()({
  id: 'unused-resources',
  severity: 'LOW',
  resourceTypes: [VPC, NAT, INSTANCE, BALANCER, CLASSIC, SNAPSHOT, 'AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, context) {
    const { resource, now } = context;
    const whole = accountResource(account);
    const isAccount = resource?.type === whole.type;
    if (account.regions.length === 0 && !resource) {
      yield couldNotTell(whole, noRegionInView('ec2:DescribeVpcs', 'what is unused'));
      return;
    }
    let isClean = true;
    const regions = resource && !isAccount ? [resource.region] : account.regions;
    yield* inRegions(account, regions, async function* (region) {
      const isAsked: Look['isAsked'] = isAccount ? () => true : (one) => isAskedAbout(context, one);
      const look: Look = { account, region, now, isAsked, ...values };
      // A check that cannot be made costs no other.
      const of = resource && !isAccount ? resource : { ...whole, region };
      for (const { type, check } of values.checks.flatMap((name) => CHECKS[name])) {
        if (resource && !isAccount && resource.type !== type) continue;
        for await (const judgement of check(look, of)) {
          if (judgement.compliance !== 'NOT_APPLICABLE') isClean = false;
          const isOfTheAccount = judgement.resource.type === whole.type;
          if (!isAccount || isOfTheAccount) yield judgement;
        }
      }
    });
    if (isClean && (!resource || isAccount)) yield compliant(whole);
  },

  fix,
  calls: { fixed: 7, each: 1 },
  onlyWhatFails: true,
});
