import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PACKAGE_ROOT } from '../../package.ts';

/** A function's code has not been built. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
  readonly code = 'NotBuilt';
}

/**
 * A function's code as `npm run build` bundled it, and as the package brings it along.
 *
 * @param id folder in `dist/lambda`: a rule, a fix, or a function of the deployment's own.
 * @throws {NotBuiltError}
 */
export function bundledCode(id: string): lambda.Code {
  const folder = join(PACKAGE_ROOT, 'dist', 'lambda', id);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new NotBuiltError(`${join(folder, 'index.mjs')} is missing: npm run build makes it`);
  }
  return lambda.Code.fromAsset(folder);
}
