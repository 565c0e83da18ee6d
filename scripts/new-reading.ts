/** `npm run new-reading <service:Api>`: the declaration of a new reading, and how it is asked of AWS where the SDK's client is here. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { addReading } from './reading-scaffold.ts';
import { serviceIndexes } from './services.ts';

const [name] = process.argv.slice(2);
if (name === undefined) {
  console.error(
    'usage: npm run new-reading <service:Api>, for example: npm run new-reading ec2:DescribeVpcs',
  );
  process.exit(1);
}
try {
  const files = await addReading(name);
  execFileSync('npx', ['--no', 'biome', 'check', '--write', ...files], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const { path, derived } of serviceIndexes()) writeFileSync(path, derived);
  console.log(
    `${files.join('\n')}\n\nNext: its shape, what it is asked about, and the codes that mean "there is none" (CONTRIBUTING.md); then npm run docs.`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
