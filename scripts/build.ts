/**
 * `npm run build`: the command (dist/cli/) and one self-contained bundle a rule (dist/lambda/<rule-id>/index.mjs), its
 * source map apart (dist/maps/<rule-id>.mjs.map) so that it is not deployed. `npm run build cli` makes the command alone,
 * `npm run build functions root-mfa` these functions, `npm run build deploy` what the deployment needs (dist/deploy/, its types in dist/types/).
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { minify, parse, print } from '@swc/core';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { DECLARED_CHANGES } from '../account/services/changes.ts';
import { DECLARED } from '../account/services/index.ts';
import { ITEM_READERS } from '../config/items/readers.ts';
import type { AnyRule } from '../rules/rule.ts';
import { asksAtOnce, nativeHashes, noEventStreams, noOutposts, noPackage } from './function-plugins.ts';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The ES module builds of the dependencies, which can be tree-shaken.
  mainFields: ['module', 'main'],
  // Their remaining CommonJS modules load Node's own modules with `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  charset: 'utf8',
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
      return { contents: literalKeys(await readFile(path, 'utf8')), loader: 'js' };
    });
  },
};

/**
 * The error classes of some services, of which a function would carry two hundred for one call. An error that is not
 * registered has the same name and message, and the service's own base class.
 */
const noErrorClasses: Plugin = {
  name: 'no-error-classes',
  setup(context) {
    context.onLoad(
      {
        filter:
          /client-(?:cloudtrail|config-service|eventbridge|guardduty|organizations|rds|s3|s3-control|securityhub|sns|ssm)[\\/].*[\\/]schemas_\d+\.js$/,
      },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return {
          contents: literalKeys(source).replace(/^n0_registry\.registerError\(.*$/gm, ''),
          loader: 'js',
        };
      },
    );
  },
};

function literalKeys(source: string): string {
  const names = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, literal]) => [name, literal]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name) => (names.has(name) ? `${names.get(name)}:` : key));
}

/** Clients tell AWS their version, and carry the whole of their package.json for it. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup(context) {
    context.onLoad({ filter: /@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
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

/** Functions do not need the texts in two languages, which are for pages and the command. */
const noPages: Plugin = {
  name: 'no-pages',
  setup(context) {
    const files = /rules[\\/][^\\/]+[\\/](?:rule|fix)\.ts$/;
    context.onLoad({ filter: files }, async ({ path }) => {
      const program = await parse(await readFile(path, 'utf8'), { syntax: 'typescript', target: 'es2022' });
      const { code } = await print(withoutTexts(program));
      return { contents: code, loader: 'ts' };
    });
  },
};

/** The program with empty texts in the place of those of the members `en` and `ko`. */
function withoutTexts<T>(node: T): T {
  if (Array.isArray(node)) return node.map(withoutTexts) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { type, key, value } = node as {
    type?: string;
    key?: { value?: unknown };
    value?: { type?: string };
  };
  const isText = value?.type === 'StringLiteral' || value?.type === 'TemplateLiteral';
  if (type === 'KeyValueProperty' && isText && (key?.value === 'en' || key?.value === 'ko')) {
    const { span } = value as { span?: unknown };
    return { ...node, value: { type: 'StringLiteral', span, value: '', raw: "''" } };
  }
  return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, withoutTexts(one)])) as T;
}

/** The entry of a rule's function: the rule, how to ask for what it and its fix read, and how to read items of its types. */
async function entryOf(folder: string): Promise<string> {
  const { default: rule } = (await import(pathToFileURL(`${folder}/rule.ts`).href)) as { default: AnyRule };
  const reads = new Set([...rule.reads, ...rule.fix.reads].filter(({ byHand }) => !byHand));
  const asks = DECLARED.filter(({ reading }) => reads.has(reading)).map((one, index) => ({
    ...one,
    as: `ask${index}`,
  }));
  const made = Object.keys(rule.fix.byFunction?.changes ?? {}).map((api, index) => {
    const found = DECLARED_CHANGES.find(({ change }) => change.api === api);
    if (!found) throw new Error(`${rule.id}: nothing in account/services/ changes ${api}`);
    return { ...found, as: `change${index}` };
  });
  const isTold = rule.triggers.some(({ kind }) => kind === 'change');
  const items = isTold ? await itemReaders(rule.resourceTypes) : [];
  const options = [
    ...(items.length > 0 ? [`items: [${items.map(({ name }) => name).join(', ')}]`] : []),
    ...(rule.fix.byFunction ? ['findRun: findRunIn(ssmRuns())'] : []),
    ...(rule.triggers.length > 0 ? ['waivers: deployedWaivers(import.meta.url)'] : []),
    ...(rule.fix.notifies ? ['korean'] : []),
  ];
  return `
    import { lambdaSource } from './lambda/source.ts';
    import { ruleHandler } from './lambda/handler.ts';
    import { deployedWaivers } from './lambda/waivers.ts';
    import { findRunIn } from './tasks/run.ts';
    import { ssmRuns } from './tasks/ssm-runs.ts';
    import rule from './${folder}/rule.ts';
    ${rule.fix.notifies ? `import { messages as korean } from './${folder}/findings.ko.ts';` : ''}
    ${asks.map((one) => `import { ${one.name} as ${one.as} } from './account/services/${one.folder}/live.ts';`).join('\n')}
    ${made.map((one) => `import { ${one.name} as ${one.as} } from './account/services/${one.folder}/changes.ts';`).join('\n')}
    ${items.map(({ name, file }) => `import { ${name} } from './config/items/${file}';`).join('\n')}
    const source = lambdaSource([${asks.map(({ as }) => as).join(', ')}], [${made.map(({ as }) => as).join(', ')}]);
    export const handler = ruleHandler(rule, source, { ${options.join(', ')} });`;
}

/** The readers of configuration items of these types, by the modules that export them. */
async function itemReaders(types: readonly string[]): Promise<{ name: string; file: string }[]> {
  const files = (await readdir('config/items')).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(async (file) => ({
      file,
      exported: (await import(pathToFileURL(`config/items/${file}`).href)) as Record<string, unknown>,
    })),
  );
  return modules.flatMap(({ file, exported }) =>
    Object.entries(exported).flatMap(([name, value]) =>
      ITEM_READERS.some((reader) => reader === value && types.includes(reader.type)) ? [{ name, file }] : [],
    ),
  );
}

/**
 * Modules that are evaluated now, so that a function has their values without what they are computed from: the
 * catalogue, every rule, and the checks of both.
 */
const VALUES = /(?:deploy[\\/]attestations[\\/]review-days|report[\\/]asff[\\/]controls)\.ts$/;
/** So that what writes the HTML report has its page without what that is built with. */
const PAGE = /report[\\/]formats[\\/]html[\\/]assets\.ts$/;
/** The catalogue, so that the command need not read and check it at each start. */
const CATALOGUE = /catalogue[\\/](?:every|known)\.ts$/;
const RULE_PAGES = /deploy[\\/]fleet[\\/]report[\\/]rule-pages\.ts$/;
/** The functions that say what a fix changes, as pages do. */
const WITH_TEXTS = ['fleet-report'];
/** @param areParsed as JSON, which JavaScript takes less time for than for itself, where there is much of it. */
const asValues = (filter: RegExp, areParsed = false): Plugin => ({
  name: 'as-values',
  setup(context) {
    context.onLoad({ filter }, async ({ path }) => {
      const values: object = await import(pathToFileURL(path).href);
      const exported = Object.entries(values).map(
        ([name, value]) => `export const ${name} = ${areParsed ? parsing(value) : JSON.stringify(value)};`,
      );
      return { contents: exported.join('\n') };
    });
  },
});

const parsing = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

/**
 * A client that is loaded as a whole, whose operations are known only when it runs (a runbook's), is a module apart from what
 * asks for readings: esbuild would have one file of both, and judging security groups would load all 2 MB of EC2.
 */
const wholeClients: Plugin = {
  name: 'whole-clients',
  setup(context) {
    const namespace = 'whole-client';
    const apart = { namespace, sideEffects: false };
    context.onResolve({ filter: /^@aws-sdk\/client-/ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === apart) return undefined;
      const found = await context.resolve(path, { kind, resolveDir, pluginData: apart });
      return found.errors.length > 0 ? found : { path: found.path, ...apart };
    });
    context.onResolve({ filter: /^\./, namespace }, async ({ kind, path, importer }) => {
      const found = await context.resolve(path, { kind, resolveDir: dirname(importer) });
      return found.errors.length > 0 ? found : { path: found.path, ...apart };
    });
    context.onLoad({ filter: /.*/, namespace }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: path.endsWith('.json') ? 'json' : 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** What is wrong with a value is said in words of our own, and in English: zod brings 40 other languages. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup(context) {
    context.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: join(process.cwd(), 'node_modules/zod/v4/locales'),
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
    // Node.js takes longer to read a file that is longer. Names stay, for whoever reads a stack.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [
      wholeClients,
      englishOnly,
      literalSchemaKeys,
      versionOnly,
      asValues(PAGE),
      asValues(CATALOGUE, true),
    ],
  });
}

/** @param ids of some functions; all, unless told. */
async function buildFunctions(ids: readonly string[]) {
  const made = ['dist/lambda', 'dist/maps'];
  if (ids.length === 0) await Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true })));
  await mkdir('dist/maps', { recursive: true });
  for (const [id, folder] of await functions()) {
    if (ids.length > 0 && !ids.includes(id)) continue;
    const { outputFiles } = await build({
      ...common,
      ...(existsSync(`${folder}/rule.ts`)
        ? {
            stdin: {
              contents: await entryOf(folder),
              resolveDir: process.cwd(),
              sourcefile: `${id}.ts`,
              loader: 'ts',
            },
          }
        : { entryPoints: [`${folder}/lambda.ts`] }),
      outfile: `dist/lambda/${id}/index.mjs`,
      sourcemap: 'external',
      plugins: [
        ...(WITH_TEXTS.includes(id) ? [] : [noPages]),
        noErrorClasses,
        literalSchemaKeys,
        noEventStreams,
        nativeHashes,
        noOutposts,
        versionOnly,
        credentialsFromEnvironment,
        asValues(VALUES),
        asValues(PAGE),
        asValues(RULE_PAGES),
        asksAtOnce,
        noPackage,
      ],
      write: false,
    });
    const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
    // swc's minifier: its bundles are 3 % smaller than esbuild's.
    const { code, map } = await minify(text('.mjs'), {
      module: true,
      compress: { passes: 3, toplevel: true, hoist_props: true, ecma: 2020 },
      mangle: true,
      ecma: 2020,
      // The types do not know it, but a map of the input is composed with the minifier's own.
      sourceMap: { content: text('.map') } as unknown as boolean,
    });
    await mkdir(`dist/lambda/${id}`, { recursive: true });
    await writeFile(`dist/lambda/${id}/index.mjs`, code);
    await writeFile(`dist/maps/${id}.mjs.map`, map as string);
  }
}

/** The functions that are no rule's, with the folder that each is in. */
const DEPLOYED: readonly [id: string, folder: string][] = [
  ['fleet-accounts', 'deploy/fleet/accounts'],
  ['fleet-judge', 'deploy/fleet/judge'],
  ['fleet-report', 'deploy/fleet/report'],
  ['lapsed-attestations', 'deploy/attestations'],
  ['organization-summary', 'deploy/organization'],
  ['security-hub-bridge', 'deploy/security-hub'],
];

/** Each rule's folder, and each other one that has a Lambda entry, by the id that is its name. */
async function functions(): Promise<Map<string, string>> {
  const folders = (await readdir('rules', { recursive: true }))
    .map((file) => file.split(/[\\/]/))
    .filter((parts) => parts.length === 2 && parts[1] === 'rule.ts')
    .map(([id = '']): [string, string] => [id, `rules/${id}`]);
  return new Map([...folders, ...DEPLOYED].sort());
}

/**
 * The CDK app and what `groundrules/deploy` exports, with the types of the latter. The CDK is the user's own, and the other
 * packages are installed with this one: nothing of them is bundled.
 */
async function buildDeployment() {
  await Promise.all(
    ['dist/deploy', 'dist/types'].map((folder) => rm(folder, { recursive: true, force: true })),
  );
  await build({
    ...common,
    banner: {},
    entryPoints: { app: 'deploy/app.ts', index: 'deploy/index.ts' },
    outdir: 'dist/deploy',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    packages: 'external',
  });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'deploy'], {
    stdio: 'inherit',
  });
}

const [only, ...ids] = process.argv.slice(2);
if (!only || only === 'cli') await buildCommand();
if (!only || only === 'functions') await buildFunctions(ids);
if (!only || only === 'deploy') await buildDeployment();
