import { type ConfigRule, paginateDescribeConfigRules } from '@aws-sdk/client-config-service';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { whole } from '../../../account/pages.ts';
import { controlsIn } from '../../packs/index.ts';
import { type Check, type Finding, okUnless, type Place } from '../finding.ts';

/** AWS Config's quotas, an account and Region ("Service Limits"). */
const RULES = 1_000;
const PACK_RULES = 150;
/** Who makes the rules of conformance packs ("Service-Linked Rules"). */
const PACKS = 'config-conforms.amazonaws.com';

/** The rules fit beside those that are there. */
export const ruleQuota: Check = {
  id: 'rules',
  actions: ['config:DescribeConfigRules'],
  async run({ settings, region, clients }: Place) {
    const controls = controlsIn(settings, region);
    // The rules of an earlier deployment are replaced by those of this one.
    const own = new RegExp(`^(${controls.map(({ id }) => id).join('|')})-conformance-pack-[a-z0-9]+$`);
    const there: ConfigRule[] = [];
    for await (const page of whole(
      'config:DescribeConfigRules',
      paginateDescribeConfigRules({ client: clients.config(region) }, {}),
    )) {
      there.push(...(page.ConfigRules ?? []).filter(({ ConfigRuleName = '' }) => !own.test(ConfigRuleName)));
    }
    const inPacks = there.filter(({ CreatedBy }) => CreatedBy === PACKS).length;
    const wrong = [
      ...over(controls.length, there.length, RULES, 'rules'),
      ...over(controls.length, inPacks, PACK_RULES, 'rules in conformance packs'),
    ];
    return okUnless(wrong, `${controls.length} rules come to ${there.length} others`);
  },
};

function over(ours: number, others: number, most: number, what: string): Finding[] {
  if (ours + others <= most) return [];
  return [
    {
      level: 'error',
      message: `${ours} ${what} come to ${others} that are there: AWS Config takes ${most} in an account and Region`,
      command: 'leave out packs or controls in the settings, or ask for more in Service Quotas (AWS Config)',
    },
  ];
}

/** What Lambda leaves for all functions together that have none reserved. */
const UNRESERVED = 100;
/** What a new account may have in all; an old one has 1,000. */
const FEW = 10;

/** The functions may run at the same time. */
export const concurrency: Check = {
  id: 'concurrency',
  actions: ['lambda:GetAccountSettings'],
  async run({ settings, region, clients }: Place) {
    const { AccountLimit } = await clients.lambda(region).send(new GetAccountSettingsCommand({}));
    const most = AccountLimit?.ConcurrentExecutions;
    if (most === undefined) return [{ level: 'unknown', message: 'Lambda does not say how many may run' }];
    const command = `aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`;
    const { reservedConcurrency } = settings.functions;
    if (reservedConcurrency !== undefined && most - reservedConcurrency < UNRESERVED) {
      return [
        {
          level: 'error',
          message: `functions.reservedConcurrency is ${reservedConcurrency} of ${most} that may run at a time: Lambda keeps ${UNRESERVED} unreserved, and the stack fails`,
          command: `${command}; or leave functions.reservedConcurrency unset`,
        },
      ];
    }
    if (most <= FEW) {
      return [
        {
          level: 'warning',
          message: `${most} functions may run at a time in the whole account, as in new ones: the packs' first run is throttled, and takes its time`,
          command,
        },
      ];
    }
    return okUnless([], `${most} functions may run at a time`);
  },
};
