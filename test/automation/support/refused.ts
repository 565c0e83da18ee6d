import { DocumentError } from '../../../automation/document/error.ts';
import { loadDocument } from '../../../automation/document/load.ts';

export type Row = [situation: string, text: string, code: string, path: string, line?: number];

export const document = (mainSteps: string, rest = '') =>
  `schemaVersion: '0.3'\n${rest}mainSteps:\n${mainSteps.replace(/^\n/, '')}`;
export const api = (name: string, more = '') =>
  `- { name: ${name}, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: GetCallerIdentity }${more && `, ${more}`} }\n`;
export const step = (action: string, inputs: string, more = '') =>
  document(`- { name: a, action: 'aws:${action}', inputs: ${inputs}${more && `, ${more}`} }\n`);
export const parameter = (fields: string) => document(api('a'), `parameters:\n  P: ${fields}\n`);
export const output = (fields: string) => document(api('a', `outputs: [${fields}]`));
export const branch = (choice: string, more = '') =>
  document(
    `- { name: b, action: 'aws:branch', inputs: { Choices: [${choice}] ${more} } }\n${api('end')}`,
    'parameters:\n  P: { type: String }\n',
  );
export const loop = (inputs: string, more = '') =>
  document(`- { name: l, action: 'aws:loop', inputs: ${inputs}${more && `, ${more}`} }\n`);
export const inner = api('i').trim().slice(2);
export const refer = (placeholder: string, rest = '') =>
  document(
    `- { name: a, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: GetCallerIdentity, X: "${placeholder}" } }\n${api('later', 'outputs: [{ Name: Arn, Selector: $.Arn, Type: String }]')}`,
    rest,
  );

/** Holds documents that SSM would refuse, or might (unverified), against the interpreter's verdict. */
export function refuses(rows: readonly Row[]): void {
  test.each(rows)('refuses %s', (...[, text, code, path, line]) => {
    let error: unknown;
    try {
      loadDocument(text, 'doc.yaml');
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DocumentError);
    const refused = error as DocumentError;
    expect(refused.problems.map((problem) => `${problem.code} ${problem.path}`)).toContain(`${code} ${path}`);
    if (line !== undefined) {
      const blamed = refused.problems.find((problem) => problem.code === code && problem.path === path);
      expect(blamed?.line).toBe(line);
    }
    expect(refused.message).toMatch(/^doc\.yaml:\d+:\d+: \S/);
  });

  test('the situations differ', () => {
    expect(new Set(rows.map(([situation]) => situation)).size).toBe(rows.length);
  });
}
