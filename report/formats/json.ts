import type { Writable } from 'node:stream';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';
import type { Header, Report, ResultError, Summary } from '../result.ts';

/** The `json` format (fixed, additive changes only): one result a line, written as it comes. */
export function jsonReport(out: Writable): Report {
  const print = lines(out);
  const errors: ResultError[] = [];
  let separator = '';

  return {
    begin({ generatedAt, accountIds, rules, now, sample, settings, controls }: Header) {
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
      };
      return print(`${jsonText(head).slice(0, -1)},\n"results":[`);
    },
    result(result) {
      const line = `${separator}\n${jsonText(result)}`;
      separator = ',';
      return print(line);
    },
    error(error) {
      errors.push(error);
    },
    end(summary: Summary) {
      const rows = errors.map((error) => `\n${jsonText(error)}`).join(',');
      return print(`\n],\n"errors":[${rows}\n],\n"summary":${jsonText(summary)}}\n`);
    },
  };
}
