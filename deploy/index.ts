/** `groundrules/deploy`: the parts for a CDK app of your own. */

export { bundledCode } from './account/code.ts';
export {
  AwsDocumentRole,
  type AwsDocumentRoleProps,
  RemediationDocument,
  type RemediationDocumentProps,
} from './account/document.ts';
export { PackFunction, type PackFunctionProps } from './account/function.ts';
export { Alarms, type AlarmsProps, Dashboard, FailureQueue, Notifications } from './account/monitoring.ts';
export { type CodeOf, GroundrulesPack, type GroundrulesPackProps } from './account/pack.ts';
export {
  DEFAULT_PREFIX,
  type PlainDeployment,
  type PlainFile,
  type PlainRegion,
  plainDeployment,
} from './account/plain.ts';
export { RuleFunction, type RuleFunctionProps } from './account/rule-function.ts';
export { AccountStack, type AccountStackProps } from './account/stack.ts';
export { LapsedAttestations, type LapsedAttestationsProps } from './attestations/construct.ts';
export {
  AuditStack,
  type AuditStackProps,
  addOrganization,
  CodeStack,
  type CodeStackProps,
  ManagementStack,
  type ManagementStackProps,
  OrganizationError,
  StackSetsStack,
  type StackSetsStackProps,
} from './organization/index.ts';
export { PackLimitError } from './packs/limits.ts';
export { SecurityHubBridge, type SecurityHubBridgeProps } from './security-hub/construct.ts';
export {
  loadSettings,
  type RemediationSettings,
  readSettings,
  type Settings,
  SettingsError,
  type SettingsInput,
} from './settings/index.ts';
