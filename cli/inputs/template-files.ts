/** Which files of a folder are CloudFormation templates, and what the CDK says of each. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SnapshotError } from '../../account/snapshot/errors.ts';
import { readText } from '../../account/snapshot/files.ts';
import { readTemplate, type Template } from '../../account/template/template.ts';

export interface TemplateFile {
  /** What is in it, or why that cannot be read. */
  readonly template: Template | BrokenTemplate;
  /** As the CDK has it for a stack with an environment. */
  readonly accountId?: string;
  readonly region?: string;
}

export interface BrokenTemplate {
  readonly file: string;
  readonly why: SnapshotError;
}

/** More than a template can have; what is larger is something else. */
const MOST_BYTES = 8 * 1024 * 1024;
const NAME = /\.(?:ya?ml|json|template)$/i;
const LEFT_OUT = /^(?:node_modules|\..*)$/;
const DEEPEST = 8;

/** The template in a file, with line and column of what is wrong where it cannot be read; `undefined` where it is something else. */
export async function templateIn(file: string, label = file): Promise<Template | BrokenTemplate | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > MOST_BYTES) return undefined;
  const text = await readText(file, label);
  return readOr(label, () => readTemplate(text, label));
}

/** What is read, or why it cannot be. */
export function readOr<T>(file: string, read: () => T): T | BrokenTemplate {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return { file, why: error };
  }
}

/** The templates in a folder and in those below it, by path. Of what `cdk synth` writes only what it says is a template. */
export async function templatesIn(folder: string): Promise<TemplateFile[]> {
  const files: TemplateFile[] = [];
  const environments = await environmentsOf(folder);
  const look = async (at: string, entries: readonly Dirent[], depth: number): Promise<void> => {
    const isAssembly =
      entries.some(({ name }) => name === 'cdk.out') && entries.some(({ name }) => name === 'manifest.json');
    for (const entry of [...entries].sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        // Assets are what functions run, not what is deployed.
        if (LEFT_OUT.test(entry.name) || /^asset\./.test(entry.name) || depth >= DEEPEST) continue;
        await look(path, await readdir(path, { withFileTypes: true }), depth + 1);
      } else if (
        entry.isFile() &&
        (isAssembly ? entry.name.endsWith('.template.json') : NAME.test(entry.name))
      ) {
        const template = await templateIn(path);
        if (template) files.push({ template, ...environments.get(entry.name) });
      }
    }
  };
  await look(folder, await readdir(folder, { withFileTypes: true }), 0);
  return files;
}

/** Whether `cdk synth` has written a folder: it puts its version into a file `cdk.out` there. */
export const isCdkOut = async (folder: string): Promise<boolean> =>
  ((await stat(join(folder, 'manifest.json')).catch(() => undefined))?.isFile() ?? false) &&
  ((await stat(join(folder, 'cdk.out')).catch(() => undefined))?.isFile() ?? false);

type Environment = Pick<TemplateFile, 'accountId' | 'region'>;

/** Account and Region of the stacks that have them, by the template's name: `aws://123456789012/eu-west-1`. */
async function environmentsOf(folder: string): Promise<ReadonlyMap<string, Environment>> {
  if (!(await isCdkOut(folder))) return new Map();
  const manifest = JSON.parse(await readText(join(folder, 'manifest.json'))) as {
    readonly artifacts?: Readonly<
      Record<
        string,
        { readonly environment?: string; readonly properties?: { readonly templateFile?: string } }
      >
    >;
  };
  return new Map(
    Object.values(manifest.artifacts ?? {}).flatMap(({ environment, properties }) => {
      const [, accountId, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
      const name = properties?.templateFile;
      if (name === undefined) return [];
      const known: Environment = {
        ...(accountId !== undefined && /^\d{12}$/.test(accountId) && { accountId }),
        ...(region !== undefined && !region.startsWith('unknown-') && { region }),
      };
      return [[name, known] as const];
    }),
  );
}
