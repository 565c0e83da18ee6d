/** `groundrules/deploy`: what a CDK app of your own can be made of. */
export { AccountStack, type AccountStackProps } from './account-stack.ts';
export { LapsedAttestations, type LapsedAttestationsProps } from './attestations/construct.ts';
export { bundledCode } from './code.ts';
export {
  AwsDocumentRole,
  type AwsDocumentRoleProps,
  RemediationDocument,
  type RemediationDocumentProps,
} from './document.ts';
export { PackFunction, type PackFunctionProps } from './function.ts';
export { Alarms, type AlarmsProps, Dashboard, FailureQueue, Notifications } from './monitoring.ts';
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
export { type CodeOf, GroundrulesPack, type GroundrulesPackProps } from './pack.ts';
export { PackLimitError } from './packs/limits.ts';
export {
  DEFAULT_PREFIX,
  type PlainDeployment,
  type PlainFile,
  type PlainRegion,
  plainDeployment,
} from './plain.ts';
export { RuleFunction, type RuleFunctionProps } from './rule-function.ts';
export { SecurityHubBridge, type SecurityHubBridgeProps } from './security-hub/construct.ts';
export {
  loadSettings,
  type RemediationSettings,
  readSettings,
  type Settings,
  SettingsError,
  type SettingsInput,
} from './settings/index.ts';
