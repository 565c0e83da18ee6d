/** What one account gets in one Region: functions, documents, and the conformance packs that rest on them. */
import { Aws, Fn } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';
import { type Control, DOMAINS, type Domain } from '../../catalogue/index.ts';
import type { AwsOwnedDocument } from '../../remediation-docs/aws-owned.ts';
import type { AnyRule } from '../../rules/rule.ts';
import {
  awsRoleId,
  controlsOf,
  fixOf,
  functionsIn,
  logicalId,
  packTemplate,
  packYaml,
  remediationSettings,
  remediations,
} from '../packs/index.ts';
import type { Settings } from '../settings/index.ts';
import { AwsDocumentRole, RemediationDocument } from './document.ts';
import { namesOf } from './names.ts';
import { Resolution, type Teller } from './resolution.ts';
import { RuleFunction } from './rule-function.ts';

/** Gives a function's code by its id: the rule's or the fix's. */
export type CodeOf = (id: string) => lambda.Code;

interface PackHere {
  readonly pack?: config.CfnConformancePack;
  readonly roles: ReadonlySet<AwsDocumentRole>;
}

export interface GroundrulesPackProps {
  readonly settings: Settings;
  /** The Region's code, which decides which controls there are. ARNs have the Region that the stack is deployed to. */
  readonly region: string;
  readonly code: CodeOf;
  /** Where events go that a function failed on. */
  readonly failures: sqs.IQueue;
  /** The topic that documents publish to, in the same account and Region. */
  readonly topicArn?: string;
}

/**
 * The rules of one account and Region: a function, a document and a role for each, and a conformance pack for each
 * domain. AWS Config has to record there; the construct does not turn it on.
 *
 * @throws {PackLimitError} when a pack is more than AWS Config takes.
 * @throws {SettingsError} for parameters that a rule or a document does not take.
 *
 * @example
 * new GroundrulesPack(stack, 'Pack', { settings: readSettings({}), region: 'us-east-1', code: bundledCode, failures: queue });
 */
export class GroundrulesPack extends Construct {
  /** By the rule's or the fix's id. */
  readonly functions: ReadonlyMap<string, lambda.Function>;
  readonly documents: ReadonlyMap<string, RemediationDocument>;
  /** By domain, without packs that are empty in this Region. */
  readonly packs: ReadonlyMap<Domain, config.CfnConformancePack>;

  constructor(scope: Construct, id: string, props: GroundrulesPackProps) {
    super(scope, id);
    const { settings, region, code, failures } = props;
    const functions = new Map<string, lambda.Function>();
    const documents = new Map<string, RemediationDocument>();
    /** What has to be there before a pack, by rule: its function with its permission, its document, its role. */
    const needed = new Map<string, IDependable[]>();
    for (const { rule, controls, isFixing } of functionsIn(settings, region)) {
      const made = new RuleFunction(this, `${logicalId(rule.id)}Function`, {
        rule,
        isFixing,
        named: namedIn(rule, controls, settings),
        code: code(rule.id),
        failures,
        settings,
      });
      functions.set(rule.id, made.function);
      needed.set(rule.id, [made]);
      if (!isFixing) continue;
      const document = new RemediationDocument(this, `${logicalId(rule.id)}Document`, {
        rule,
        settings,
        functionArn: made.function.functionArn,
        topicArns: topicsOf(controls, props),
      });
      documents.set(rule.id, document);
      needed.set(rule.id, [made, document]);
    }
    this.functions = functions;
    this.documents = documents;
    const tellers = tellersIn(settings, region, documents);
    if (tellers.length > 0) new Resolution(this, 'Resolution', { settings, tellers, failures });
    const packs = new Map<Domain, config.CfnConformancePack>();
    for (const domain of DOMAINS.filter((one) => settings.packs.includes(one))) {
      const { pack, roles } = this.#pack(domain, props);
      if (!pack) continue;
      pack.node.addDependency(...roles);
      const rules = controlsOf({ settings, domain, region }).flatMap((control) => fixOf(control) ?? []);
      pack.node.addDependency(...rules.flatMap((rule) => needed.get(rule.id) ?? []));
      // One after the other: AWS Config may refuse a pack while another one is in progress (ResourceInUseException).
      const before = [...packs.values()].at(-1);
      if (before) pack.addResourceDependency(before);
      packs.set(domain, pack);
    }
    this.packs = packs;
  }

  /** A pack that is not empty here, and the roles that it needs for documents of AWS's. */
  #pack(domain: Domain, { settings, region, topicArn }: GroundrulesPackProps): PackHere {
    const roles = new Set<AwsDocumentRole>();
    const find = remediations({
      settings,
      account: ACCOUNT,
      region,
      makesRoles: true,
      ...(topicArn && { topicArn: TOPIC }),
    });
    const names = namesOf(settings);
    const template = packTemplate({
      settings,
      domain,
      region,
      functionArn: (rule) => `arn:${PARTITION}:lambda:${REGION}:${ACCOUNT}:function:${names.function(rule)}`,
      remediationOf: (control, chosen) => {
        const found = find(control, chosen);
        const id = found?.roleFor ? awsRoleId(found.roleFor) : found?.own ? fixOf(control)?.id : undefined;
        if (!found || id === undefined) return found;
        if (found.roleFor) roles.add(this.#roleFor(found.roleFor, settings));
        const role = `${settings.rolePath}${names.documentRole(id, REGION)}`;
        return { ...found, roleArn: `arn:${PARTITION}:iam::${ACCOUNT}:role${role}` };
      },
    });
    if (!template) return { roles };
    const values: Readonly<Record<string, string>> = {
      [ACCOUNT]: Aws.ACCOUNT_ID,
      [REGION]: Aws.REGION,
      [PARTITION]: Aws.PARTITION,
      [TOPIC]: topicArn ?? '',
    };
    const parts = packYaml(template).split(MARKS);
    const pack = new config.CfnConformancePack(this, `${logicalId(domain)}Pack`, {
      conformancePackName: names.pack(domain),
      templateBody: Fn.join(
        '',
        parts.map((part) => values[part] ?? part),
      ),
    });
    return { pack, roles };
  }

  /** One a document, whichever packs have it. */
  #roleFor(document: AwsOwnedDocument, settings: Settings): AwsDocumentRole {
    const id = `${logicalId(awsRoleId(document))}Role`;
    const known = this.node.tryFindChild(id) as AwsDocumentRole | undefined;
    return known ?? new AwsDocumentRole(this, id, { document, settings });
  }
}

/** The ARNs that the controls' settings give a fix to change, by option. */
function namedIn(rule: AnyRule, controls: readonly Control[], settings: Settings): Record<string, string[]> {
  const options = Object.keys(rule.fix.byFunction?.named ?? {});
  const given = (option: string) =>
    controls.flatMap(({ id }) => settings.controls[id]?.remediation?.parameters?.[option] || []);
  return Object.fromEntries(options.map((option) => [option, [...new Set(given(option))]]));
}

/** The topics that the controls give a rule's document, one for each control. */
function topicsOf(
  controls: readonly Control[],
  { settings, topicArn }: Pick<GroundrulesPackProps, 'settings' | 'topicArn'>,
): string[] {
  const topics = controls.map(
    (control) => remediationSettings(control, settings).parameters.TopicArn || topicArn,
  );
  return [...new Set(topics.filter((topic) => topic !== undefined))];
}

/** The documents that only tell people, with the controls whose verdicts they follow. */
function tellersIn(
  settings: Settings,
  region: string,
  documents: ReadonlyMap<string, RemediationDocument>,
): Teller[] {
  return functionsIn(settings, region).flatMap(({ rule, controls }) => {
    const document = rule.fix.notifies && documents.get(rule.id);
    return document ? [{ ruleId: rule.id, controls: controls.map(({ id }) => id), document }] : [];
  });
}

// A template is text, and the roles' ARNs in it have to be literal by the time that AWS Config reads it.
// These stand for values that CloudFormation fills in, and are at least as long, so that the size check holds
// for the real ones.
const ACCOUNT = '@ACCOUNT-ID@';
const REGION = '@REGION-REGION@';
const PARTITION = '@PARTITION@';
/** As long as the ARN of the account stack's own topic. */
const TOPIC = '@TOPIC-OF-NOTIFICATIONS-IN-THE-SAME-ACCOUNT-AND-THE-SAME-REGION-AS-THE-PACK@';
const MARKS = new RegExp(`(${[ACCOUNT, REGION, PARTITION, TOPIC].join('|')})`);
