/** The CDK's feature flags, as they are when nobody says anything. */
import { CURRENT_VERSION_FLAG_DEFAULTS, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

/**
 * Said outright, so that the CDK's command line does not remind of them at each synth: the templates are the same, and
 * whether to take a flag up is for this project to decide, not for who deploys it.
 */
export const DEFAULT_FLAGS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.keys(CURRENTLY_RECOMMENDED_FLAGS).map((name) => [
    name,
    (CURRENT_VERSION_FLAG_DEFAULTS as Record<string, unknown>)[name] ?? false,
  ]),
);
