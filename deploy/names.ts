/** Names that the account stack gives, and that others go by. */

/** `Groundrules-eu-west-1`: the account stack of a Region. */
export const stackName = (region: string): string => `Groundrules-${region}`;

export const TOPIC_NAME = 'groundrules-notifications';
export const FAILURES_NAME = 'groundrules-failures';
export const DASHBOARD_NAME = 'Groundrules';
