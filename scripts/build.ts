/**
 * `npm run build`: the command (dist/cli/) and one self-contained bundle a rule (dist/lambda/<rule-id>/index.mjs), its
 * source map apart (dist/maps/<rule-id>.mjs.map) so that it is not deployed. `npm run build cli` makes the command alone.
 */
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The ES module builds of the dependencies, which can be tree-shaken.
  mainFields: ['module', 'main'],
  // What is left of CommonJS in them asks for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * The SDK's schema tables have computed keys (`{ [_xN]: … }`), which esbuild must take for a side effect, so that the
 * whole of EC2 would stay in a bundle that makes one EC2 call. Written as literals they can be left out.
 */
const literalSchemaKeys: Plugin = {
  name: 'literal-schema-keys',
  setup(context) {
    context.onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const names = new Map(
        [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, literal]) => [name, literal]),
      );
      const contents = source.replace(/\[(\w+)\]:/g, (key, name) =>
        names.has(name) ? `${names.get(name)}:` : key,
      );
      return { contents, loader: 'js' };
    });
  },
};

/** Lambda gives a function its credentials in the environment: the other providers need not be loaded. */
const credentialsFromEnvironment: Plugin = {
  name: 'credentials-from-environment',
  setup(context) {
    const module = '@aws-sdk/credential-provider-node';
    context.onResolve({ filter: new RegExp(`^${module}$`) }, () => ({ path: module, namespace: 'lambda' }));
    context.onLoad({ filter: /.*/, namespace: 'lambda' }, () => ({
      contents: `import { fromEnv } from '@aws-sdk/credential-provider-env'; export const defaultProvider = fromEnv;`,
      resolveDir: join(process.cwd(), 'node_modules/@aws-sdk/client-config-service'),
    }));
  },
};

async function buildCommand() {
  await rm('dist/cli', { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: { groundrules: 'cli/groundrules.ts' },
    outdir: 'dist/cli',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    banner: { js: `${common.banner.js}` },
    plugins: [literalSchemaKeys],
  });
}

async function buildFunctions() {
  await Promise.all(
    ['dist/lambda', 'dist/maps'].map((folder) => rm(folder, { recursive: true, force: true })),
  );
  await mkdir('dist/maps', { recursive: true });
  for (const id of await ruleIds()) {
    const outfile = `dist/lambda/${id}/index.mjs`;
    await build({
      ...common,
      entryPoints: [`rules/${id}/lambda.ts`],
      outfile,
      minify: true,
      sourcemap: 'external',
      plugins: [literalSchemaKeys, credentialsFromEnvironment],
    });
    await rename(`${outfile}.map`, `dist/maps/${id}.mjs.map`);
  }
}

/** Folders of rules/ that have a Lambda entry. */
async function ruleIds(): Promise<string[]> {
  const files = await readdir('rules', { recursive: true });
  return files
    .map((file) => file.split(/[\\/]/))
    .filter((parts) => parts.length === 2 && parts[1] === 'lambda.ts')
    .map(([id]) => id as string)
    .sort();
}

if (process.argv[2] !== 'functions') await buildCommand();
if (process.argv[2] !== 'cli') await buildFunctions();
