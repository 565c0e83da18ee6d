import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  type AutomationDocument,
  documentName,
  functionName,
  permissionsOf,
} from '../../automation/index.ts';
import { documentText, openRuleDocument } from '../../automation/rule-document.ts';
import type { AwsOwnedDocument } from '../../remediation-docs/aws-owned.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { awsRoleId } from '../packs/index.ts';
import type { Settings } from '../settings/index.ts';
import { acknowledge } from './acknowledge.ts';
import { INLINE } from './function.ts';
import { namesOf } from './names.ts';
import { statementsFor, whyWide } from './resources.ts';
import { keyArnOf, roleSettings, useOfKey } from './shared.ts';

/** A document whose steps call the function by the name that it has here. */
function calling(content: unknown, from: string, to: string): unknown {
  if (Array.isArray(content)) return content.map((one) => calling(one, from, to));
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      key === 'FunctionName' && value === from ? to : calling(value, from, to),
    ]),
  );
}

/** Actions with a resource that is known here: the rule's own function, and the topic that the document is given. */
const OWN = ['lambda:InvokeFunction', 'sns:Publish'];

export interface RemediationDocumentProps {
  readonly rule: AnyRule;
  readonly settings: Settings;
  /** Of the rule's function. */
  readonly functionArn: string;
  /** The topics that the document is given, where it publishes to one. */
  readonly topicArns: readonly string[];
  /** The document's text, where it differs from its file: {@link documentContent}. */
  readonly content?: object;
}

/** A document's text as SSM gets it: with the function's name, and perhaps other defaults for some of its parameters. */
export function documentContent(
  rule: AnyRule,
  settings: Settings,
  defaults: Readonly<Record<string, unknown>> = {},
): object {
  const content = parsed.get(rule) ?? (parse(documentText(rule)) as Content);
  parsed.set(rule, content);
  const parameters = { ...content.parameters };
  for (const [name, value] of Object.entries(defaults)) {
    if (!parameters[name]) throw new Error(`${documentName(rule.id)} has no parameter ${name}`);
    parameters[name] = { ...parameters[name], default: value };
  }
  const own = namesOf(settings).function(rule.id);
  return calling({ ...content, parameters }, functionName(rule.id), own) as object;
}

interface Content {
  readonly parameters: Readonly<Record<string, object>>;
}
/** What the texts say, read once for all the Regions of a run. */
const parsed = new WeakMap<AnyRule, Content>();

interface RoleOf {
  /** What its name is made of. */
  readonly id: string;
  readonly document: string;
  readonly statements: readonly iam.PolicyStatement[];
}

/** The role that a document runs as, which Systems Manager assumes for executions of this account alone. */
function documentRole(scope: Construct, settings: Settings, { id, document, statements }: RoleOf): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    ...roleSettings(scope, settings),
    roleName: namesOf(settings).documentRole(id, Aws.REGION),
    description: `Runs the document ${document}`,
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/cross-service-confused-deputy-prevention.html
    assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: {
          'aws:SourceArn': `arn:${Aws.PARTITION}:ssm:*:${Aws.ACCOUNT_ID}:automation-execution/*`,
        },
      },
    }),
    inlinePolicies: { Document: new iam.PolicyDocument({ statements: [...statements] }) },
  });
  acknowledge(role, {
    ...INLINE,
    ...whyWide(
      statements.flatMap(({ resources }) => resources),
      'Whichever resource fails is the one that is fixed; held to the kind of resource where the action knows any',
    ),
  });
  return role;
}

export interface AwsDocumentRoleProps {
  readonly document: AwsOwnedDocument;
  readonly settings: Settings;
}

/** The role that a document of AWS's runs as, with the permissions for the calls that AWS publishes. */
export class AwsDocumentRole extends Construct {
  readonly role: iam.Role;

  /** @throws {Error} for a document of which AWS does not publish it. */
  constructor(scope: Construct, id: string, { document, settings }: AwsDocumentRoleProps) {
    super(scope, id);
    const { name, actions } = document;
    if (!actions) throw new Error(`AWS does not publish what ${name} calls: it needs a roleArn`);
    this.role = documentRole(this, settings, {
      id: awsRoleId(document),
      document: name,
      statements: statementsFor(actions, [], 'of AWS'),
    });
  }
}

/** A rule's document, and the role that it runs as, with the permissions for what its steps call and no others. */
export class RemediationDocument extends Construct {
  readonly document: AutomationDocument;
  /** The one parameter that has no default: the resource's id. */
  readonly resourceParameter: string;
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: RemediationDocumentProps) {
    super(scope, id);
    const { rule, settings, functionArn, topicArns } = props;
    const { content = documentContent(rule, settings) } = props;
    const names = namesOf(settings);
    const name = names.document(rule.id);
    const { document, resourceParameter } = openRuleDocument(rule);
    this.document = document;
    this.resourceParameter = resourceParameter;
    const actions = permissionsOf(this.document);
    const statements = [
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
      ...(actions.includes('sns:Publish') && topicArns.length > 0
        ? [
            new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [...topicArns] }),
            ...useOfKey(keyArnOf(this, settings)),
          ]
        : []),
      ...statementsFor(actions.filter((action) => !OWN.includes(action))),
    ];
    this.role = documentRole(this, settings, { id: rule.id, document: name, statements });
    new ssm.CfnDocument(this, 'Document', {
      name,
      documentType: 'Automation',
      documentFormat: 'JSON',
      content,
      // "Replace" cannot replace a document that has a name. The new version becomes the default.
      updateMethod: 'NewVersion',
    });
  }
}
