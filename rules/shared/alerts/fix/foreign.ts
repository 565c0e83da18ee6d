/** What an Undo of an alert refuses: parts that this fix does not make, whatever a `Before` says. */

import { globalRegionOf, partitionOf } from '../../../../account/reading.ts';
import { ruleTargets } from '../../../../account/services/events/readings.ts';
import type { ByFunction } from '../../../fix.ts';
import { matchesEvent } from '../event-pattern.ts';
import { type AlertView, lookAt } from './look.ts';
import { type Made, topicArnOf, topicNameOf } from './made.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What all alerts of a fix have in common. */
export interface Own {
  /** Of rules and topics that it makes. */
  readonly name: string;
  readonly regions: ByFunction['regions'];
  /** What the rules are for: one that matches none of it is not the fix's. */
  events(place: Place, asked: string | undefined): readonly Readonly<Record<string, unknown>>[];
}

const TEXTS = ['region', 'name', 'topicArn'] as const;
const MAYBE = ['email', 'rule', 'state', 'enabled', 'target', 'asked'] as const;
const FLAGS = ['topic', 'policy'] as const;

function isMade(value: unknown): value is Made {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as Readonly<Record<string, unknown>>;
  return (
    TEXTS.every((name) => typeof found[name] === 'string') &&
    MAYBE.every((name) => found[name] === undefined || typeof found[name] === 'string') &&
    FLAGS.every((name) => found[name] === undefined || found[name] === true)
  );
}

/** Why the run cannot have made it, a sentence each. */
export async function foreignIn(account: AlertView, made: unknown, own: Own): Promise<string[]> {
  if (!isMade(made)) return ['Before has something that this fix does not write.'];
  const { region, name, topicArn } = made;
  const [home = 'us-east-1'] = account.regions;
  const isPlace =
    own.regions === 'global'
      ? region === globalRegionOf(home)
      : /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region) && partitionOf(region) === partitionOf(home);
  if (!isPlace) return [`This fix makes nothing in ${region}.`];
  const topic = topicNameOf(topicArn);
  const isTopic = /^[\w-]{1,256}$/.test(topic) && topicArn === topicArnOf(region, account.id, topic);
  const why = [
    ...(name === own.name ? [] : [`Rule ${name} is none of this fix, which makes ${own.name}.`]),
    ...(isTopic ? [] : [`${topicArn} is no topic of this account in ${region}.`]),
    ...(made.topic && topic !== own.name
      ? [`Topic ${topic} is none of this fix, which makes ${own.name}.`]
      : []),
    ...(made.rule === undefined || isFor(made.rule, account, made, own)
      ? []
      : [`Rule ${name} is not for what this fix makes a rule for.`]),
  ];
  return why.length > 0 ? why : foreignTo(account, made, own);
}

const isFor = (pattern: string, { id }: AlertView, { region, asked }: Made, { events }: Own): boolean =>
  events({ accountId: id, region }, asked).some((event) => matchesEvent(pattern, event) === true);

/** By what there is: a rule that the run is said to have enabled. */
async function foreignTo(account: AlertView, made: Made, own: Own): Promise<string[]> {
  const { region, enabled } = made;
  if (enabled === undefined || enabled === own.name) return [];
  const { rules } = await lookAt(account, made);
  const rule = rules.find((one) => one.name === enabled && one.otherBus === undefined);
  if (!rule) return [];
  const targets = (await account.read(ruleTargets, { region, id: rule.name })) ?? [];
  const isOwn =
    isFor(rule.pattern ?? '', account, made, own) && targets.every(({ arn }) => arn.split(':')[2] === 'sns');
  return isOwn
    ? []
    : [`Rule ${enabled} stays: this fix enables only rules for what it tells of, and to topics alone.`];
}
