import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { readTextSync } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import { UNIT_ID } from '../../account/unit-id.ts';
import { regions } from '../../catalogue/availability.ts';
import { closest, didYouMean, suggestion } from '../../report/closest.ts';
import { rules as allRules } from '../../rules/index.ts';
import { InvalidParametersError, parseParameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { UsageError } from '../program/errors.ts';

/** Rule parameters by rule id, as AWS Config would hold them. */
export type GivenParameters = Readonly<Record<string, unknown>>;

/**
 * `--rule` and `--region` take one or more values, so that a path after them looks like another value. Words that
 * cannot be values of the option are given back to the arguments.
 */
export function splitValues(values: readonly string[] = [], isValue: (value: string) => boolean) {
  const all = values.flatMap((value) => (existsSync(value) ? [value] : value.split(',')));
  const isPath = (value: string) => value === '-' || /^s3:/i.test(value) || existsSync(value);
  const wanted = (value: string) => isValue(value) || !isPath(value);
  return {
    values: all.filter((v) => v !== '' && wanted(v)),
    paths: all.filter((v) => v !== '' && !wanted(v)),
  };
}

export const isRegion = (value: string) => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value);
export const isRuleId = (value: string) => allRules.some(({ id }) => id === value);

/** The rules of these ids, of those there are; all of them when none is named. */
export function chooseRules(ids: readonly string[], among = allRules): readonly AnyRule[] {
  const unknown = ids.find((wanted) => !among.some(({ id }) => id === wanted));
  if (unknown !== undefined) {
    const known = among.map(({ id }) => id);
    throw new UsageError({
      en: `there is no rule ${JSON.stringify(unknown)}${suggestion(unknown, known)}`,
      ko: `${JSON.stringify(unknown)} 규칙은 없습니다${suggestion(unknown, known, 'ko')}`,
    });
  }
  return ids.length === 0 ? among : among.filter(({ id }) => ids.includes(id));
}

/** Of the Regions that only some customers see, which AWS Config's page does not list: us-iso-east-1, us-isob-east-1. */
const APART = ['iso', 'isob', 'isoe', 'isof'];

/**
 * Regions that were named.
 *
 * @throws {UsageError} for what is none. One that AWS has opened since (known words, a number that is not known) is let through.
 */
export function checkRegions(named: readonly string[]): readonly string[] {
  const known = Object.keys(regions);
  const words = new Set([...known.flatMap((region) => region.split('-')), ...APART]);
  for (const region of named) {
    const near = didYouMean(region, known);
    if (!isRegion(region)) {
      throw new UsageError({
        en: `--region ${region}: not an AWS Region such as us-east-1`,
        ko: `--region ${region}: us-east-1 같은 AWS 리전이 아닙니다`,
      });
    }
    const isStrange = region.split('-').some((word) => !/^\d+$/.test(word) && !words.has(word));
    if (isStrange && near !== '')
      throw new UsageError({
        en: `--region ${region}: there is no such Region${near}`,
        ko: `--region ${region}: 그런 리전은 없습니다${didYouMean(region, known, 'ko')}`,
      });
  }
  return named;
}

/** @throws {UsageError} for `--rule ''`: an option that names nothing would mean everything. */
export function refuseEmpty(
  option: string,
  given: readonly string[] | undefined,
  { values, paths }: ReturnType<typeof splitValues>,
): void {
  const isEmpty =
    given?.some((value) => value.trim() === '') || (given && values.length + paths.length === 0);
  if (isEmpty)
    throw new UsageError({
      en: `${option}: the value is empty: name one, or leave ${option} out`,
      ko: `${option}: 값이 비어 있습니다. 값을 적거나 ${option}을(를) 빼십시오`,
    });
}

export const isAccountId = (value: string) => /^\d{12}$/.test(value);

/** Of an organizational unit, or of the root. */
export const isUnitId = (value: string) => UNIT_ID.test(value);

/** Reads `--account`. */
export function checkAccounts(accounts: readonly string[]): void {
  const account = accounts.find((one) => !isAccountId(one));
  if (account === undefined) return;
  throw new UsageError({
    en: `--account ${account}: not an account id of twelve digits, such as 123456789012`,
    ko: `--account ${account}: 123456789012 같은 12자리 계정 ID가 아닙니다`,
  });
}

/** A name that is none of these, but near one. Of others the rule's own message says which there are. */
function refuseMisspelt(where: string, names: readonly string[], known: readonly string[]): void {
  const name = names.find((one) => !known.includes(one) && closest(one, known));
  if (name === undefined) return;
  throw new UsageError({
    en: `${where}: there is no parameter ${JSON.stringify(name)}${suggestion(name, known)}`,
    ko: `${where}: ${JSON.stringify(name)} 파라미터는 없습니다${suggestion(name, known, 'ko')}`,
  });
}

/** Reads `--parameters`: JSON, or a file of it; every name and value is checked at once. */
export async function readParameters(option: string | undefined, among = allRules): Promise<GivenParameters> {
  if (option === undefined) return {};
  const inline = option.trimStart().startsWith('{');
  const where = inline ? '--parameters' : `--parameters ${option}`;
  let given: unknown;
  let text: string;
  try {
    text = inline ? option : readTextSync(option, where);
    given = parseJson(text);
  } catch (error) {
    const why = (error as Error).message.replace(`${where}: `, '');
    throw new UsageError(
      {
        en: `${where}: ${why}. Give a JSON file, or JSON such as '{"sg-open-ports":{"allowedTcpPorts":"443"}}'`,
        ko: `${where}: ${why}. JSON 파일이나 '{"sg-open-ports":{"allowedTcpPorts":"443"}}' 같은 JSON을 지정하십시오`,
      },
      { quotes: why },
    );
  }
  // With the parser of YAML, for which nobody waits who gives none.
  const { placesIn } = await import('../../waivers/places.ts');
  const [twice] = placesIn(text).repeated;
  if (twice) {
    throw new UsageError({
      en: `${where}:${twice.at}: ${twice.key}: is there a second time`,
      ko: `${where}:${twice.at}: ${twice.key}: 같은 키가 앞에 이미 있습니다`,
    });
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new UsageError({
      en: `${where}: expected a JSON object from rule ids to their parameters`,
      ko: `${where}: 규칙 ID별로 파라미터를 적은 JSON 객체여야 합니다`,
    });
  }
  for (const [id, parameters] of Object.entries(given)) {
    const [rule] = chooseRules([id], among) as [AnyRule];
    refuseMisspelt(`${where}: ${id}`, Object.keys(parameters ?? {}), Object.keys(rule.parameters));
    try {
      parseParameters(rule, parameters);
    } catch (error) {
      if (!(error instanceof InvalidParametersError)) throw error;
      const { message } = error;
      throw new UsageError({ en: `${where}: ${message}`, ko: `${where}: ${message}` }, { quotes: message });
    }
  }
  return given as GivenParameters;
}

/** With a day that the month has, which `new Date` alone would carry over into the next. */
const ISO_8601 = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]);

/** Reads `--now`. */
export function readNow(option: string | undefined): Date | undefined {
  if (option === undefined) return undefined;
  if (!z.safeParse(ISO_8601, option).success) {
    throw new UsageError({
      en: `--now ${option}: not an ISO 8601 time such as 2026-11-22T09:00:00Z`,
      ko: `--now ${option}: 2026-11-22T09:00:00Z 같은 ISO 8601 시각이 아닙니다`,
    });
  }
  // Without a zone it is UTC, as AWS's own times are: the verdict is the same on every machine.
  const hasZone = !option.includes('T') || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(option);
  return new Date(hasZone ? option : `${option}Z`);
}

/**
 * Reads `--parameter-overrides`, whose values may have commas in them. A path after them looks like another value.
 *
 * @throws {UsageError} for what is neither `Key=Value` nor a path.
 */
export function readOverrides(given: readonly string[] = []): {
  readonly values: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
} {
  const values: Record<string, string> = {};
  const paths: string[] = [];
  for (const one of given) {
    const [, key, value] = /^([A-Za-z0-9]+)=(.*)$/s.exec(one) ?? [];
    if (key !== undefined && value !== undefined) values[key] = value;
    else if (one === '-' || existsSync(one)) paths.push(one);
    else {
      throw new UsageError({
        en: `--parameter-overrides ${one}: expected Key=Value, as the template names the parameter`,
        ko: `--parameter-overrides ${one}: 템플릿의 파라미터 이름으로 Key=Value처럼 지정하십시오`,
      });
    }
  }
  return { values, paths };
}
