import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PYTHON } from './moto.ts';

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

/** As the command `cfn-lint`, which would look for garbage an eighth of its time. */
const CFN_LINT = 'import gc; gc.disable(); from cfnlint.runner import main; main()';

/** What cfn-lint says of templates: errors, warnings, and things with data that do not say what becomes of it (I3011). */
export async function cfnLint(region: string, ...files: readonly string[]): Promise<string[]> {
  const args = ['--format', 'json', '--include-checks', 'I3011', '--regions', region, '--', ...files];
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', CFN_LINT, ...args]).catch((error) => {
    // It ends with a status of its own where it says something.
    if (typeof error.code === 'number' && error.stdout) return error;
    throw error;
  });
  return (JSON.parse(stdout) as Finding[]).map(
    ({ Rule, Message, Location }) => `${Rule.Id} ${Message} ${Location.Path?.join('/')}`,
  );
}
