/** The CDK's feature flags, with their default values. */
import { CURRENT_VERSION_FLAG_DEFAULTS, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

/**
 * They are written out, so that the CDK's command line does not list them at each synth: the templates are the same,
 * and this project decides on a flag, not the person who deploys.
 */
export const DEFAULT_FLAGS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.keys(CURRENTLY_RECOMMENDED_FLAGS).map((name) => [
    name,
    (CURRENT_VERSION_FLAG_DEFAULTS as Record<string, unknown>)[name] ?? false,
  ]),
);
