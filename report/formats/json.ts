import type { Writable } from 'node:stream';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';
import type { Header, Report, Summary } from '../result.ts';
import { spill } from '../spill.ts';

/** The `json` format (fixed, additive changes only): one result a line, written as it comes. */
export function jsonReport(out: Writable): Report {
  const print = lines(out);
  const errors = spill();
  let separator = '';
  let errorSeparator = '';

  return {
    begin(header: Header) {
      const { generatedAt, accountIds, rules, now, sample, settings, controls } = header;
      const head = {
        schemaVersion: '1.0',
        generatedAt: generatedAt.toISOString(),
        accountId: accountIds[0] ?? null,
        accountIds,
        now: now?.toISOString() ?? null,
        rules,
        sample,
        settings,
        controls,
        ...(header.inputs && {
          inputs: header.inputs.map((input) => ({ ...input, asOf: input.asOf.toISOString() })),
        }),
        ...(header.accounts && { accounts: header.accounts }),
        ...(header.parameters && { parameters: header.parameters }),
      };
      return print(`${jsonText(head).slice(0, -1)},\n"results":[`);
    },
    result(result) {
      const line = `${separator}\n${jsonText(result)}`;
      separator = ',';
      return print(line);
    },
    error(error) {
      errors.add(`${errorSeparator}\n${jsonText(error)}`);
      errorSeparator = ',';
    },
    async end(summary: Summary) {
      await print('\n],\n"errors":[');
      await errors.flow(print);
      await print(`\n],\n"summary":${jsonText(summary)}}\n`);
    },
  };
}
