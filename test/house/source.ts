import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

/** The folders that a release is made of. */
export const SOURCE_FOLDERS = [
  'account',
  'automation',
  'bench',
  'catalogue',
  'cli',
  'config',
  'deploy',
  'lambda',
  'remediation-docs',
  'report',
  'rules',
  'scripts',
  'tasks',
  'waivers',
];

/** Every TypeScript file of the source folders that exist, relative to the root, with `/`. */
export function sourceFiles(root: string): string[] {
  const present = new Set(readdirSync(root));
  return SOURCE_FOLDERS.filter((folder) => present.has(folder))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The text without comments, so that prose about `new Date()` is not code. */
export const codeOf = (path: string): string =>
  readFileSync(path, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/(^|\s)\/\/.*$/gm, '');

/** What a file imports, types included unless that is said: packages as written, files relative to the root. */
export function importsOf(root: string, file: string, { types = true } = {}): string[] {
  const code = codeOf(join(root, file));
  const specifiers = (types ? code : code.replace(/\b(?:import|export) type [^;]*;/g, '')).matchAll(
    /\b(?:from|import)\s*\(?\s*'([^']+)'|\b(?:from|import)\s*\(?\s*"([^"]+)"/g,
  );
  return [...specifiers].map(([, single, double]) => {
    const specifier = (single ?? double) as string;
    return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
  });
}
