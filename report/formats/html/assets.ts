/**
 * What the page is made of: its template, its styles and its client, each whole and small. They are built when this module is
 * evaluated, which is while the command is built: what is packed has the values alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { PACKAGE_ROOT } from '../../../package.ts';

const FOLDER = join(PACKAGE_ROOT, 'report', 'formats', 'html');
/** Since May 2024 in all browsers: the first that have `light-dark()`. */
const TARGET = ['chrome123', 'firefox120', 'safari17.5'];
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

export const template: string = read('page.html');

export const style: string = bundled('styles/index.css', { loader: { '.css': 'css' } });

export const script: string = bundled('client/main.ts', { platform: 'browser', format: 'iife' });

function bundled(entry: string, options: BuildOptions): string {
  const built = { ...options, bundle: true, minify: true, write: false, target: TARGET } as const;
  const { outputFiles } = buildSync({ ...built, entryPoints: [join(FOLDER, entry)] });
  return (outputFiles[0]?.text ?? '').trim();
}
