import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AnyRule } from '../../rules/rule.ts';
import type { Settings } from '../settings/index.ts';
import { type CarryingOut, carryingOut } from './carrying-out.ts';
import { documentContent } from './document.ts';
import { PackFunction } from './function.ts';
import { actionsEverywhere, functionActions } from './function-actions.ts';
import { namesOf, prefixVariable } from './names.ts';
import { statementsFor } from './resources.ts';
import { sizeOf } from './sizes.ts';

export interface RuleFunctionProps {
  readonly rule: AnyRule;
  readonly code: lambda.Code;
  readonly failures: sqs.IQueue;
  readonly settings: Settings;
  /** Whether the rule's document is there, too. */
  readonly isFixing: boolean;
  /** The ARNs that the settings give its fix to change, by option. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
}

/** A rule's function: AWS Config may invoke it, for rules of this account only. */
export class RuleFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: RuleFunctionProps) {
    super(scope, id);
    const { rule, code, failures, settings, isFixing } = props;
    const isJudge = rule.triggers.length > 0;
    const names = namesOf(settings);
    const { environment, statements } = carriedOutBy(props);
    const made = new PackFunction(this, 'Function', {
      functionName: names.function(rule.id),
      description: isJudge ? `AWS Config rule ${rule.id}` : `Plans the fix for ${rule.detectedBy ?? rule.id}`,
      code,
      statements: [...statementsFor(functionActions(rule, isFixing), actionsEverywhere(rule)), ...statements],
      wide: 'It reads the whole account, which is what it judges; held to the kind of resource where the action knows any',
      environment: {
        GROUNDRULES_HOME_REGION: settings.homeRegion,
        ...prefixVariable(settings),
        ...environment,
      },
      ...sizeOf(rule),
      failures,
      settings,
    });
    this.function = made.function;
    if (isJudge) {
      this.function.addPermission('Config', {
        principal: new iam.ServicePrincipal('config.amazonaws.com'),
        // The rule's own ARN is not known before the pack makes it, and the pack needs the permission first.
        sourceAccount: Aws.ACCOUNT_ID,
      });
    }
  }
}

/** For a fix whose changes the function makes, where its document is there. */
function carriedOutBy({ rule, isFixing, settings, named = {} }: RuleFunctionProps): CarryingOut {
  if (!isFixing || !rule.fix.byFunction) return { environment: {}, statements: [] };
  const document = {
    name: namesOf(settings).document(rule.id),
    content: documentContent(rule, settings),
  };
  return carryingOut({ rule, settings, document, named });
}
