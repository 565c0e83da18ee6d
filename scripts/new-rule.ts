/** `npm run new-rule <id>`: the folder, pages and tests of a new rule. */
import { execFileSync } from 'node:child_process';
import { scaffold } from './scaffold.ts';

const [id] = process.argv.slice(2);
if (id === undefined) {
  console.error('usage: npm run new-rule <id>, for example: npm run new-rule vpc-flow-logs');
  process.exit(1);
}
try {
  const files = scaffold(id);
  const run = (...args: string[]) =>
    execFileSync('npx', ['--no', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  run('biome', 'check', '--write', ...files.filter((file) => file.endsWith('.ts')));
  run('tsx', 'scripts/docs.ts');
  console.log(
    `${files.join('\n')}\n\nNext: the situations in test/rules/${id}/situations.ts, then rules/${id}/rule.ts.`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
