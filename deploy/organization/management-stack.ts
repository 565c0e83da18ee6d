import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import rule from '../../rules/member-root-credentials/rule.ts';
import { acknowledge } from '../account/acknowledge.ts';
import { carryingOut, EXECUTIONS } from '../account/carrying-out.ts';
import { deployedCode } from '../account/code.ts';
import { documentContent, RemediationDocument } from '../account/document.ts';
import { PackFunction } from '../account/function.ts';
import { functionActions } from '../account/function-actions.ts';
import { namesOf } from '../account/names.ts';
import type { CodeOf } from '../account/pack.ts';
import { statementsFor, whyWide } from '../account/resources.ts';
import { tagAll } from '../account/shared.ts';
import type { Settings } from '../settings/index.ts';

/** The task policies of root sessions that the document's page names. */
const TASKS = ['IAMAuditRootUserCredentials', 'IAMDeleteRootUserCredentials', 'IAMCreateRootUserPassword'];
const ASSUME_ROOT = 'sts:AssumeRoot';

export interface ManagementStackProps extends StackProps {
  readonly settings: Settings;
  readonly code?: CodeOf;
}

/**
 * What only the management account can do, in its home Region: delete the root credentials of members, when somebody starts
 * the document and somebody else approves. Members get neither the function nor the role.
 *
 * The management account's own rules are in its account stack, whose queue this one uses: StackSets do not reach it.
 */
export class ManagementStack extends Stack {
  readonly document: RemediationDocument;

  constructor(
    scope: Construct,
    id: string,
    { settings, code = deployedCode(settings), ...props }: ManagementStackProps,
  ) {
    super(scope, id, {
      description: "Groundrules: the fix for member accounts' root credentials",
      ...props,
      env: { ...props.env, region: settings.homeRegion },
    });
    tagAll(this, settings);
    const names = namesOf(settings);
    const arn = `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${names.other('failures')}`;
    const looks = statementsFor(functionActions(rule).filter((action) => action !== ASSUME_ROOT));
    const approvers = settings.organization ? settings.organization.rootCredentialApprovers : [];
    // The people whom the document asks by default. The function takes from here whose approval counts.
    const content = documentContent(rule, settings, { Approvers: approvers });
    const document = { name: names.document(rule.id), content };
    const { environment, statements } = carryingOut({ rule, settings, document, approvers });
    const members = `arn:${Aws.PARTITION}:iam::*:root`;
    const made = new PackFunction(this, 'Function', {
      functionName: names.function(rule.id),
      description: "Plans and makes the deletion of a member account's root credentials",
      code: code(rule.id),
      environment,
      statements: [
        ...looks,
        ...statements,
        new iam.PolicyStatement({
          actions: [ASSUME_ROOT],
          resources: [members],
          conditions: {
            StringEquals: {
              'sts:TaskPolicyArn': TASKS.map(
                (task) => `arn:${Aws.PARTITION}:iam::aws:policy/root-task/${task}`,
              ),
            },
          },
        }),
      ],
      memoryMegabytes: 512,
      timeoutSeconds: 300,
      failures: sqs.Queue.fromQueueArn(this, 'Failures', arn),
      settings,
    });
    acknowledge(made.role, {
      ...whyWide(
        looks.flatMap(({ resources }) => resources),
        'It looks at whichever member it is asked about; the rest of what it reads knows no resources',
      ),
      ...whyWide([EXECUTIONS], 'Whichever execution it is invoked for, to find who approved it'),
      ...whyWide([members], 'Whichever member it is asked about, for three tasks of AWS alone'),
    });
    this.document = new RemediationDocument(this, 'Document', {
      rule,
      settings,
      content,
      functionArn: made.function.functionArn,
      // The topic is a parameter of each run, and SSM takes topics for approvals by this name only.
      topicArns: [`arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:Automation*`],
    });
    made.function.addPermission('Document', { principal: new iam.ArnPrincipal(this.document.role.roleArn) });
  }
}
