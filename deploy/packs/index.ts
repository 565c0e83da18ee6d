/** The conformance packs: which controls are in them, their templates, and what AWS Config takes. */
export { controlsOf, leftOut, type Place, placementOf, remediationSettings } from './controls.ts';
export * from './limits.ts';
export { controlsIn, type FunctionHere, functionsIn } from './region.ts';
export {
  awsRoleId,
  fixOf,
  type NoRemediation,
  type Remediation,
  type RemediationPlace,
  remediationFor,
  remediations,
} from './remediation.ts';
export {
  FUNCTIONS,
  logicalId,
  type PackOptions,
  type PackParameter,
  type PackTemplate,
  packTemplate,
  parameterName,
} from './template.ts';
export { type Values, valuesOf } from './values.ts';
export { packYaml } from './yaml.ts';
