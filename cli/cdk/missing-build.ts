import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.ts';
import type { Both } from '../../report/both.ts';
import { UsageError } from '../program/errors.ts';

/** What the CDK app consists of, by the argument of `npm run build` that makes it. */
const PARTS = { deploy: 'dist/deploy/app.mjs', functions: 'dist/lambda' } as const;

/**
 * Builds what the CDK app needs and a fresh clone does not have yet: `npm ci` builds the command alone, because it is all
 * that most people run.
 *
 * @param say tells that it is being done, as it takes a while.
 * @throws {UsageError} where there is nothing to build it from, or the build fails.
 */
export function buildWhatIsMissing(say: (line: Both) => void, root = PACKAGE_ROOT): void {
  const missing = Object.entries(PARTS).filter(([, file]) => !existsSync(join(root, file)));
  if (missing.length === 0) return;
  const script = join(root, 'scripts', 'build.ts');
  if (!existsSync(script)) {
    const files = missing.map(([, file]) => join(root, file));
    throw new UsageError({
      en: `${files.join(' and ')} is missing from the package: install groundrules again`,
      ko: `패키지에 ${files.join(', ')}이(가) 없습니다. groundrules를 다시 설치하십시오`,
    });
  }
  for (const [part, file] of missing) {
    say({
      en: `${file} is not built yet: running npm run build ${part} …`,
      ko: `${file}이(가) 아직 빌드되지 않았습니다. npm run build ${part} 실행 중 …`,
    });
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', script, part], {
      cwd: root,
      // Standard output is the command's own.
      stdio: ['ignore', process.stderr, process.stderr],
    });
    if (status !== 0)
      throw new UsageError({
        en: `npm run build ${part} failed in ${root}: it says why`,
        ko: `${root}에서 npm run build ${part}이(가) 실패했습니다. 이유는 위에 있습니다`,
      });
  }
}
