/**
 * What others build on (docs/promises.md), as one file: a change of it stands in the diff, where a reviewer sees it. `npm run docs`
 * writes it.
 */
import * as z from 'zod/mini';
import { nameOf, pathOf, type Reading } from '../account/reading.ts';
import { READINGS } from '../account/services/index.ts';
import { documentText } from '../automation/rule-document.ts';
import { controls } from '../catalogue/index.ts';
import { documentName, functionName } from '../rules/names.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { AnyRule } from '../rules/rule.ts';
import { jsonContract } from './json-contract.ts';
import { loaded } from './pages.ts';

export const CONTRACT = 'docs/contract.json';

export const contract = (all: readonly AnyRule[]) => ({
  controls: controls.map(({ id }) => id).sort(),
  rules: Object.fromEntries([...all].sort(byId).map((rule) => [rule.id, ruleContract(rule)])),
  snapshot: Object.fromEntries(READINGS.map((reading) => [nameOf(reading), placeOf(reading)]).sort()),
  json: jsonContract(),
});

function placeOf(reading: Reading): string {
  const id = reading.about?.options.map(() => '<id>').join('/');
  return pathOf(reading, { region: '<Region>', ...(id !== undefined && { id }) });
}

const byId = (a: AnyRule, b: AnyRule) => (a.id < b.id ? -1 : 1);

function ruleContract(rule: AnyRule) {
  const document = loaded(documentText(rule), documentName(rule.id));
  return {
    parameters: parametersContract(rule.parameters),
    findings: Object.keys(rule.messages).sort(),
    function: functionName(rule.id),
    document: {
      name: documentName(rule.id),
      inputs: Object.fromEntries(
        Object.entries(document.parameters).map(([name, { type, default: value, allowedValues }]) => [
          name,
          [
            type,
            value === undefined ? 'required' : `default ${JSON.stringify(value)}`,
            ...(allowedValues ? [`one of ${allowedValues.join(', ')}`] : []),
          ].join('; '),
        ]),
      ),
      outputs: document.outputs,
    },
  };
}

const parametersContract = (parameters: Parameters) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { type, default: value }]) => [
      name,
      `default ${JSON.stringify(value)}; ${whatItTakes(type)}`,
    ]),
  );

/** A text that no parameter takes, unless it takes any text. */
const STRANGE = '\u0000';

/** What a parameter takes, by what it says of a value that it does not take: `a whole number from 1 to 3650`. */
function whatItTakes(type: z.ZodMiniType): string {
  const { error } = z.safeParse(type, STRANGE);
  const [said] = (error?.issues[0]?.message ?? 'expected any text').split(`, not "${STRANGE}"`);
  return (said as string).replace(/^expected /, '');
}
