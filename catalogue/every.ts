/**
 * The controls, read from their files. The command has them as they are when it is built (scripts/build.ts), without what reads and
 * checks them.
 */
import { controlRows, fixes, rules } from '../rules/index.ts';
import { type Control, readControls, readOwnControls } from './control.ts';
import attestations from './controls/attestations.json' with { type: 'json' };
import cost from './controls/cost.json' with { type: 'json' };
import identity from './controls/identity.json' with { type: 'json' };
import logging from './controls/logging.json' with { type: 'json' };
import root from './controls/root.json' with { type: 'json' };
import workloads from './controls/workloads.json' with { type: 'json' };
import { DOMAINS } from './domains.ts';

const files = { root, identity, logging, cost, workloads, attestations };

const own = [...rules, ...fixes].flatMap((rule) =>
  controlRows.has(rule.id) ? readOwnControls(rule, controlRows.get(rule.id)) : [],
);

/** In the order of the packs. In each come first those that a rule or a fix of ours is for, worst first. */
export const controls: readonly Control[] = DOMAINS.flatMap((domain) => [
  ...own.filter((control) => control.domain === domain),
  ...readControls(domain, files[domain]),
]);
