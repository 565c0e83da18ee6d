import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { nameOf } from '../../account/reading.ts';
import { type Instance, instances, isGone } from '../../account/services/ec2/readings.ts';
import { type Authorization, authorizationOf } from '../../account/services/iam/authorization.ts';
import type { RoleDetail } from '../../account/services/iam/authorization-details.ts';
import { authorizationDetails } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant, notApplicable, unjudged } from '../judgement.ts';
import { boolean, optionalText, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { judgeEach } from '../shared/each.ts';
import { unlessTagged } from '../shared/exemption.ts';
import { rolePermissions } from '../shared/permissions/principals.ts';
import { noRegionInView } from '../shared/regions.ts';
import { messages, type RoleFinding } from './findings.ts';
import { fix } from './fix.ts';
import { type Criteria, type TooMuch, tooMuch, withoutPartition } from './too-much.ts';

const TYPE = 'AWS::EC2::Instance';

const parameters = {
  forbiddenPolicyArns: parameter(
    words(),
    'arn:aws:iam::aws:policy/AdministratorAccess,arn:aws:iam::aws:policy/PowerUserAccess,arn:aws:iam::aws:policy/IAMFullAccess',
    {
      en: 'ARNs of policies that no role of an instance may have, separated by commas; in any partition, whichever they name.',
      ko: '인스턴스의 역할에 연결하면 안 되는 정책의 ARN, 쉼표로 구분. 파티션은 따지지 않음.',
    },
  ),
  forbidServiceWildcards: parameter(boolean(), 'true', {
    en: 'Whether all actions of a service on all resources are too much, too.',
    ko: '모든 리소스에 대한 한 서비스의 모든 작업도 지나친 권한으로 볼지 여부.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Instances with a tag of this key are not judged, whatever its value.',
    ko: '이 키의 태그가 붙은 인스턴스는 값과 관계없이 판정하지 않음.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [instances, authorizationDetails] as const;
type View = Account<(typeof reads)[number]>;

/** The role of no instance may do more than a machine needs. */
export default defineRule<typeof parameters, RoleFinding>()({
  id: 'ec2-role-least-privilege',
  severity: 'MEDIUM',
  resourceTypes: [TYPE],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, { resource }) {
    if (!resource && account.regions.length === 0) {
      yield couldNotTell(accountResource(account), noRegionInView('ec2:DescribeInstances', 'instances'));
    }
    const roles = new Roles(account, values);
    yield* inRegions(account, resource ? [resource.region] : account.regions, async function* (region) {
      const resourceOf = ({ id }: Instance): ResourceRef => ({ type: TYPE, id, region });
      const asked = async function* () {
        const one = await account.one(instances, resource?.id ?? '', { region });
        if (one) yield one;
      };
      try {
        yield* judgeEach(
          resource ? asked() : account.each(instances, { region }),
          resourceOf,
          async (instance): Promise<Judgement<RoleFinding> | undefined> => {
            if (isGone(instance)) return undefined;
            const ref = resourceOf(instance);
            const judge = () => roles.judge(ref, instance);
            return unlessTagged(ref, values.exemptTagKey, () => instance.tags, judge);
          },
        );
      } catch (error) {
        // What cannot be listed in one Region costs nothing else.
        if (resource) yield couldNotTell(resource, error);
        else yield* unjudged({ ...accountResource(account), region }, error);
      }
    });
  },

  fix,
  calls: { fixed: 2, each: 0 },
  size: { memoryMegabytes: 1024, timeoutSeconds: 600 },
});

/** The roles that instances have, each looked at once. */
class Roles {
  readonly #account: View;
  readonly #criteria: Criteria;
  readonly #known = new Map<RoleDetail, TooMuch>();
  #authorization: Promise<Authorization> | undefined;
  #byProfile: ReadonlyMap<string, RoleDetail> | undefined;

  constructor(account: View, { forbiddenPolicyArns, forbidServiceWildcards }: Values) {
    this.#account = account;
    this.#criteria = {
      forbidden: new Set(forbiddenPolicyArns.map(withoutPartition)),
      forbidServiceWildcards,
    };
  }

  async judge(ref: ResourceRef, { profileArn }: Instance): Promise<Judgement<RoleFinding>> {
    if (profileArn === undefined) return notApplicable(ref, [{ kind: 'noProfile' }]);
    this.#authorization ??= authorizationOf(this.#account);
    const { details, broken, more } = await this.#authorization;
    this.#byProfile ??= new Map(
      details.roles.flatMap((one) => one.instanceProfiles.map((arn) => [arn, one] as const)),
    );
    const role = this.#byProfile.get(profileArn);
    if (!role) {
      // It may be in what could not be read.
      const [error = more.roles] = broken.roles;
      if (error) throw error;
      return notApplicable(ref, [{ kind: 'noRole', profile: profileArn.split('/').at(-1) ?? profileArn }]);
    }
    const known = this.#known.get(role) ?? tooMuch(role.name, rolePermissions(role, details), this.#criteria);
    this.#known.set(role, known);
    const { findings, unread } = known;
    if (findings.length > 0) return nonCompliant(ref, findings);
    if (!unread) return compliant(ref);
    const why = `${unread.name} of role ${role.name} ${unread.unread}`;
    throw new AccountError(OWN_CODES.incomplete, NAME, `${NAME}: ${why}`, role.name);
  }
}
const NAME = nameOf(authorizationDetails);
