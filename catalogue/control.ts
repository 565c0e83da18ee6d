import * as z from 'zod';
import type { AnyRule } from '../rules/rule.ts';
import { DOMAINS, type Domain, FRAMEWORKS, type Framework } from './domains.ts';

const frameworks = Object.keys(FRAMEWORKS) as [Framework, ...Framework[]];

const text = z.string().min(1);
const bilingual = z.strictObject({ en: text, ko: text });

const common = {
  /** The name everywhere: Config rule, pack entry, attestation, Security Hub finding. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)+$/),
  title: bilingual,
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  /** Why the control is off unless somebody turns it on: it is paid for, or contested. */
  off: bilingual.optional(),
  remediation: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('own-document'),
      why: text,
      /** What the document would do whose rule is still to be built. */
      would: bilingual.optional(),
    }),
    z.strictObject({
      kind: z.literal('aws-owned-document'),
      document: z.string().regex(/^AWS(ConfigRemediation|Support)?-\w+$/),
      why: text,
    }),
    z.strictObject({ kind: z.literal('notify-only'), why: text }),
    z.strictObject({ kind: z.literal('none'), why: text }),
  ]),
  /** What of each framework it helps with, and who says so: a published mapping, or our own judgement (`manual`). */
  frameworks: z.partialRecord(
    z.enum(frameworks),
    z.strictObject({ ids: z.array(text).min(1), source: text }),
  ),
  notes: text.optional(),
};

const detective = {
  /** As AWS Config keeps them: a flat map of texts. What is left out of a managed rule's is not checked. */
  parameters: z.record(z.string(), z.string()).optional(),
};
const trigger = z.enum(['change', 'periodic', 'hybrid']);
const resourceTypes = z.array(z.string().regex(/^AWS::\w*::\w+$/)).min(1);

/** A rule of ours. Until its folder is there, the control is planned: resource types and trigger are then what it will have. */
const custom = z.strictObject({
  ...common,
  ...detective,
  kind: z.literal('custom'),
  rule: text,
  resourceTypes: resourceTypes.optional(),
  trigger: trigger.optional(),
});

const managed = z.strictObject({
  ...common,
  ...detective,
  kind: z.literal('managed'),
  /** The SourceIdentifier. */
  identifier: z.string().regex(/^[A-Z0-9_]+$/),
  /** Whether we have seen something that deploys it, not only its documentation. */
  verified: z.boolean(),
  identifierSource: text,
  resourceTypes,
  trigger,
  /** Where it runs: in every Region, in the home Region alone, or in us-east-1 alone. */
  placement: z.enum(['regional', 'home', 'us-east-1']),
});

const processCheck = z.strictObject({
  ...common,
  kind: z.literal('process-check'),
  /** How long an attestation holds. */
  reviewEveryDays: z.int().min(1),
  /** What counts as evidence. */
  evidence: text.optional(),
});

/** A control in the controls.json beside its rule: what does not follow from the rule. */
const beside = z.strictObject({
  /** The pack that has it. */
  domain: z.enum(DOMAINS),
  /** The rule's own id and severity, unless one rule answers for several controls. */
  id: common.id.optional(),
  severity: common.severity.optional(),
  title: common.title,
  off: common.off,
  ...detective,
  remediation: z.strictObject({ why: text }),
  frameworks: common.frameworks,
  notes: common.notes,
  /** Of the AWS managed rule that reports in this one's place (`detectedBy`). */
  managed: managed
    .pick({ verified: true, identifierSource: true, trigger: true, placement: true })
    .optional(),
});

const control = z.discriminatedUnion('kind', [custom, managed, processCheck]);
type Stored = z.output<typeof control>;

/** One control of the baseline: its rule, severity, remediation, frameworks and titles. */
export type Control = Stored & { readonly domain: Domain };
export type CustomControl = Extract<Control, { kind: 'custom' }>;
export type ManagedControl = Extract<Control, { kind: 'managed' }>;
export type ProcessCheck = Extract<Control, { kind: 'process-check' }>;

/**
 * Reads the controls of one domain that no rule of ours judges yet.
 *
 * @throws {Error} that names the file, the control and the field.
 */
export function readControls(domain: Domain, data: unknown): Control[] {
  return read(z.array(control), data, `catalogue/controls/${domain}.json`).map((one) => ({ ...one, domain }));
}

/**
 * Reads the controls of a rule, which are in its folder.
 *
 * @throws {Error} that names the file, the control and the field.
 */
export function readOwnControls(rule: AnyRule, data: unknown): Control[] {
  const where = `rules/${rule.id}/controls.json`;
  const rows = read(z.array(beside).min(1), data, where);
  return rows.map(({ domain, managed: detected, ...row }) => {
    const whole = {
      ...row,
      id: row.id ?? rule.id,
      severity: row.severity ?? rule.severity,
      remediation: { ...row.remediation, kind: rule.fix.notifies ? 'notify-only' : 'own-document' },
      ...(detected
        ? { ...detected, kind: 'managed', identifier: rule.detectedBy, resourceTypes: rule.resourceTypes }
        : { kind: 'custom', rule: rule.id }),
    };
    const [one] = read(z.tuple([control]), [whole], where);
    return { ...one, domain };
  });
}

function read<T extends z.ZodType>(type: T, data: unknown, where: string): z.output<T> {
  const parsed = type.safeParse(data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [index, ...field], message }) => {
    const id = (data as { id?: string }[])[Number(index)]?.id ?? `entry ${String(index)}`;
    return `${id}: ${field.join('.')}: ${message}`;
  });
  throw new Error(`${where}: ${problems.join('; ')}`);
}
