import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  type Instance,
  instances,
  isGone,
  type LaunchTemplateVersion,
  launchTemplateVersions,
  userData,
} from '../../account/services/ec2/readings.ts';
import { sha256Of, type UserData } from '../../account/services/ec2/user-data.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant, unjudged } from '../judgement.ts';
import { optionalText, type ParameterValues, parameter, words } from '../parameters.ts';
import { type Context, defineRule, every, type Judgement, onChange } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { unlessTagged } from '../shared/exemption.ts';
import { noRegionInView } from '../shared/regions.ts';
import { type KeyFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';

const parameters = {
  ignoreKeyIds: parameter(words(), '', {
    en: 'Ids of access keys that may be there, such as decoys, separated by commas. Their secrets are found all the same.',
    ko: '있어도 되는 액세스 키의 ID(예: 미끼 키), 쉼표로 구분. 그 키의 시크릿은 그대로 찾음.',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'Instances with a tag of this key are not judged. The tags of launch templates are not read.',
    ko: '이 키의 태그가 붙은 인스턴스는 판정하지 않음. 시작 템플릿의 태그는 읽지 않음.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [instances, userData, launchTemplateVersions] as const;
type View = Account<(typeof reads)[number]>;

/** No instance's user data, and no launch template's, has an AWS access key in it. */
export default defineRule<typeof parameters, KeyFinding>()({
  id: 'ec2-no-embedded-keys',
  severity: 'HIGH',
  resourceTypes: [INSTANCE, TEMPLATE],
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, context) {
    const { resource } = context;
    if (!resource && account.regions.length === 0) {
      const error = noRegionInView('ec2:DescribeInstances', 'instances and launch templates');
      yield couldNotTell(accountResource(account), error);
    }
    yield* inRegions(account, resource ? [resource.region] : account.regions, async function* (region) {
      for (const [type, judge] of [
        [INSTANCE, judgeInstances],
        [TEMPLATE, judgeTemplates],
      ] as const) {
        if (resource && resource.type !== type) continue;
        try {
          yield* judge(account, region, values, context);
        } catch (error) {
          // What cannot be listed in one Region costs nothing else.
          if (resource) yield couldNotTell(resource, error);
          else yield* unjudged({ ...accountResource(account), region }, error);
        }
      }
    });
  },

  fix,
  calls: { fixed: 2, each: 1 },
});

async function* judgeInstances(
  account: View,
  region: string,
  values: Values,
  { resource }: Context,
): AsyncGenerator<Judgement<KeyFinding>> {
  const resourceOf = ({ id }: Instance): ResourceRef => ({ type: INSTANCE, id, region });
  const asked = async function* () {
    const one = await account.one(instances, resource?.id ?? '', { region });
    if (one) yield one;
  };
  const all = resource ? asked() : account.each(instances, { region });
  yield* judgeEach(all, resourceOf, async (instance) => {
    if (isGone(instance)) return undefined;
    const ref = resourceOf(instance);
    const judge = async () => {
      const found = await account.read(userData, { region, id: instance.id });
      return found === null ? undefined : verdict(ref, userData, [['user data', found]], values);
    };
    return unlessTagged(ref, values.exemptTagKey, () => instance.tags, judge);
  });
}

async function* judgeTemplates(
  account: View,
  region: string,
  values: Values,
  context: Context,
): AsyncGenerator<Judgement<KeyFinding>> {
  const { values: versions, errors } = await partial(account.read(launchTemplateVersions, { region }));
  const isFound = new Set<string>();
  for (const [id, all] of byTemplate(versions)) {
    const name = all.find((one) => one.name !== undefined)?.name;
    const ref: ResourceRef = { type: TEMPLATE, id, ...(name !== undefined && { name }), region };
    if (!isAskedAbout(context, ref)) continue;
    const said = judgeTemplate(ref, all, values);
    // A version that cannot be read, or is in the rest of the list, may be the one with the key.
    const isDoubtful = errors.some(({ about }) => !about || about.id === id);
    if (isDoubtful && said.compliance !== 'NON_COMPLIANT') continue;
    isFound.add(id);
    yield said;
  }
  for (const error of errors) {
    const about = error.about ?? context.resource;
    if (about && (isFound.has(about.id) || !isAskedAbout(context, about))) continue;
    yield couldNotTell(about ?? { ...accountResource(account), region }, error);
  }
}

function byTemplate(versions: readonly LaunchTemplateVersion[]): Map<string, LaunchTemplateVersion[]> {
  const templates = new Map<string, LaunchTemplateVersion[]>();
  for (const one of versions) templates.set(one.id, [...(templates.get(one.id) ?? []), one]);
  return templates;
}

/** Judges the versions that something is started from: a version that is both is printed once or twice. */
function judgeTemplate(
  ref: ResourceRef,
  all: readonly LaunchTemplateVersion[],
  values: Values,
): Judgement<KeyFinding> {
  const latest = Math.max(...all.map(({ version }) => version));
  const used = new Map(
    all
      .filter(({ version, isDefault }) => isDefault || version === latest)
      .map((one) => [one.version, one.userData]),
  );
  const places = [...used]
    .sort(([one], [other]) => one - other)
    .map(([version, found]) => [`version ${version}`, found] as const);
  const said = verdict(ref, launchTemplateVersions, places, values);
  if (said.compliance !== 'COMPLIANT' || all.some(({ isDefault }) => isDefault)) return said;
  return couldNotTell(
    ref,
    new AccountError(
      OWN_CODES.incomplete,
      'ec2:DescribeLaunchTemplateVersions',
      `ec2:DescribeLaunchTemplateVersions has no default version of ${ref.id}: ask for '$Latest' and '$Default'`,
      ref.id,
    ),
  );
}

const WHY = {
  notBase64: 'is no base64',
  tooLarge: 'is more than 1 MiB once it is unpacked',
  tooDeep: 'is packed more than three times',
  broken: 'has gzip in it that does not unpack',
};

/** A key that is found settles it, whatever else could not be looked into. */
function verdict(
  ref: ResourceRef,
  { api }: { readonly api: string },
  places: readonly (readonly [where: string, found: UserData])[],
  { ignoreKeyIds }: Values,
): Judgement<KeyFinding> {
  const ignored = new Set(ignoreKeyIds.map(sha256Of));
  const findings = places.flatMap(([where, { keys }]) =>
    keys
      .filter((one) => one.kind === 'secretKey' || !ignored.has(one.sha256))
      .map((one): KeyFinding => {
        const { line } = one;
        return one.kind === 'secretKey'
          ? { kind: one.kind, where, line }
          : { kind: one.kind, where, line, key: one.key };
      }),
  );
  if (findings.length > 0) return nonCompliant(ref, findings);
  for (const [where, { unread }] of places) {
    if (unread === undefined) continue;
    const message = `ec2:${api} of ${ref.id}: ${where} ${WHY[unread]}, and was not looked into`;
    return couldNotTell(ref, new AccountError(OWN_CODES.malformed, `ec2:${api}`, message, ref.id));
  }
  return compliant(ref);
}
