import type { Writable } from 'node:stream';
import { fragment } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';
import { lines } from '../lines.ts';
import { printable } from '../printable.ts';
import type { Header, Report, Result, ResultError, Subject } from '../result.ts';
import { spill } from '../spill.ts';
import { waivedText } from '../waived.ts';

/**
 * The `junit` format, which CI systems show as tests: a test case for each resource that a rule judged. NON_COMPLIANT is a
 * failure, "could not tell" an error, NOT_APPLICABLE and what is waived skipped. The numbers come first, and are known last: until then the
 * cases are kept in a file.
 */
export function junitReport(out: Writable): Report {
  const cases = spill();
  let header: Header;
  return {
    async begin(given) {
      header = given;
    },
    result: (result) => cases.add(`${resultCase(result)}\n`),
    error: (error) => cases.add(`${errorCase(error)}\n`),
    async end({ compliant, nonCompliant, notApplicable, errors, waived }) {
      const suite = junitSuite(out, header);
      await suite.begin({
        tests: compliant + nonCompliant + notApplicable + errors,
        failures: nonCompliant - waived,
        errors,
        skipped: notApplicable + waived,
      });
      await cases.flow(suite.print);
      await suite.end();
    },
  };
}

/** The one suite of a file, whose numbers come first. */
export function junitSuite(out: Writable, { accountIds, generatedAt }: Header) {
  const print = lines(out);
  return {
    async begin(
      counts: Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>>,
    ): Promise<void> {
      const suite = {
        name: `Groundrules, ${accountIds.join(', ')}`,
        tests: `${counts.tests}`,
        failures: `${counts.failures}`,
        errors: `${counts.errors}`,
        skipped: `${counts.skipped}`,
        timestamp: generatedAt.toISOString().slice(0, 19),
      };
      const { name, tests, failures, errors } = suite;
      const whole = { name, tests, failures, errors };
      await print(`<?xml version="1.0" encoding="UTF-8"?>\n${opening('testsuites', whole)}\n`);
      await print(`${opening('testsuite', suite)}\n`);
    },
    /** Test cases, a line each. */
    print,
    end: (): Promise<void> => print('</testsuite>\n</testsuites>\n'),
  };
}

/** A start tag, made as a whole element: what is to be escaped is the library's business. */
const opening = (name: string, attributes: Readonly<Record<string, string>>): string =>
  fragment().ele(name, attributes).up().toString({ allowEmptyTags: true }).replace(`></${name}>`, '>');

function resultCase(result: Result): string {
  const test = testCase(result);
  if (result.compliance === 'NOT_APPLICABLE') test.ele('skipped').txt(printable(result.annotation));
  if (result.waivers)
    test.ele('skipped').txt(`${printable(result.annotation)}; ${result.waivers.map(waivedText).join('; ')}`);
  else if (result.compliance === 'NON_COMPLIANT') {
    test
      .ele('failure', { type: result.severity, message: printable(result.annotation) })
      .txt(details(result.fix ?? '', result.page, result.findingId));
  }
  return test.toString();
}

function errorCase(error: ResultError): string {
  const test = testCase(error);
  test
    .ele('error', { type: printable(error.code), message: printable(error.message) })
    .txt(details(error.api ?? '', error.findingId));
  return test.toString();
}

const details = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => printable(part))
    .join('\n');

export function testCase({
  rule,
  accountId,
  region,
  resourceType,
  resourceId,
  resourceName,
  location,
}: Subject): XMLBuilder {
  const resource = resourceName === undefined ? resourceId : `${resourceName} (${resourceId})`;
  return fragment().ele('testcase', {
    classname: rule,
    name: printable(`${resourceType} ${resource} in ${location?.file ?? `${accountId} ${region}`}`),
    ...(location && { file: printable(location.file), line: `${location.line}` }),
  });
}
