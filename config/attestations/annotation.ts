/**
 * What an attestation says, in the 256 characters that AWS Config keeps for it (PutExternalEvaluation,
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ExternalEvaluation.html). AWS Config keeps nothing else
 * of an attestation, so the lapse function and `groundrules attest --status` read all they know of it from this text.
 */
import { MAX_ANNOTATION } from '../../rules/judgement.ts';
import { isDate } from './date.ts';

/**
 * - `until`: it holds up to this date, the whole day in UTC;
 * - `lapsed`: it held up to this date, and nobody has attested it again;
 * - `not met`: on this date somebody said that the control is not met.
 */
export type Mark = 'until' | 'lapsed' | 'not met';

export interface Attestation {
  readonly mark: Mark;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Who attested it: {@link callerName}. */
  readonly by: string;
  /** The evidence: a text or a link. */
  readonly evidence: string;
}

/** The most characters that the name of who attested it may take. The rest is for the evidence. */
const LONGEST_NAME = 80;

/**
 * The annotation. Mark, date and name are always whole; what does not fit is the end of the evidence, cut between
 * characters. White space becomes single spaces, and a semicolon in the name a comma, as semicolons part the fields.
 *
 * @returns 1 to 256 UTF-16 code units, so no more than 256 characters however AWS counts them.
 *
 * @example
 * writeAttestation({ mark: 'until', date: '2027-11-22', by: 'Admin/alice', evidence: 'https://wiki/ir-plan' })
 * // 'until 2027-11-22; by Admin/alice; https://wiki/ir-plan'
 */
export function writeAttestation({ mark, date, by, evidence }: Attestation): string {
  const head = `${mark} ${date}; by ${nameOf(by)}; `;
  return head + cut(oneLine(evidence), MAX_ANNOTATION - head.length);
}

/** Whether nothing of the evidence is cut. */
export const isKeptWhole = (attestation: Attestation): boolean =>
  readAttestation(writeAttestation(attestation))?.evidence === oneLine(attestation.evidence);

/** Reads what {@link writeAttestation} wrote; `undefined` for any other text, such as one from AWS's own console. */
export function readAttestation(annotation: string): Attestation | undefined {
  const found = /^(until|lapsed|not met) (\d{4}-\d{2}-\d{2}); by ([^;]*); (.*)$/su.exec(annotation);
  const [, mark, date = '', by = '', evidence = ''] = found ?? [];
  return found && isDate(date) ? { mark: mark as Mark, date, by, evidence } : undefined;
}

/**
 * Who a caller is, in short: the ARN of sts:GetCallerIdentity without what says the same in every account.
 *
 * @example
 * callerName('arn:aws:sts::123456789012:assumed-role/Admin/alice') // 'Admin/alice'
 * callerName('arn:aws:iam::123456789012:user/people/bob') // 'user/people/bob'
 */
export const callerName = (arn: string): string =>
  arn.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '').replace(/^assumed-role\//, '');

/** Control characters and lone surrogates are no text that every reader can show. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();

/** The end of a name says most: an assumed role's session, a user below its path. */
function nameOf(by: string): string {
  const name = oneLine(by).replaceAll(';', ',');
  if (name.length <= LONGEST_NAME) return name;
  const end = name.slice(1 - LONGEST_NAME);
  return `…${isLow(end.charCodeAt(0)) ? end.slice(1) : end}`;
}

function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const start = text.slice(0, room - 1);
  const whole = isHigh(start.charCodeAt(start.length - 1)) ? start.slice(0, -1) : start;
  return `${whole.trimEnd()}…`;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
