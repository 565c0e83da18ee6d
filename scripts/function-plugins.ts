/** What the bundles of functions leave out, because no function comes to it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { VERSION } from '../package.ts';

/** No API that a rule asks answers with an event stream, and the machinery for them is not small. */
export const noEventStreams: Plugin = {
  name: 'no-event-streams',
  setup(context) {
    const module = '@smithy/core/event-streams';
    context.onResolve({ filter: new RegExp(`^${module}$`) }, () => ({ path: module, namespace: 'none' }));
    context.onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: `
        export class EventStreamSerde {}
        export const eventStreamSerdeProvider = () => { throw new Error('event streams are not bundled'); };
        export const resolveEventStreamSerdeConfig = (config) => config;`,
    }));
    // What signs their messages.
    context.onLoad({ filter: /@smithy[\\/]signature-v4[\\/].*[\\/]HeaderFormatter\.js$/ }, () => ({
      contents: `
        export class HeaderFormatter { format() { throw new Error('event streams are not bundled'); } }`,
    }));
  },
};

/** S3 on Outposts takes ARNs where a function asks by account and bucket only. */
export const noOutposts: Plugin = {
  name: 'no-outposts',
  setup(context) {
    context.onLoad({ filter: /[\\/]getProcessArnablesPlugin\.js$/ }, () => ({
      contents: 'export const getProcessArnablesPlugin = () => ({ applyToStack() {} });',
    }));
  },
};

/** Node has hashes of its own: the SDK's in JavaScript are for where it has none. */
export const nativeHashes: Plugin = {
  name: 'native-hashes',
  setup(context) {
    context.onLoad({ filter: /[\\/](?:Sha1|Sha256|Md5)Js\.js$/ }, ({ path }) => {
      const name = path.replace(/^.*[\\/]|\.js$/g, '');
      return {
        contents: `export class ${name} { constructor() { throw new Error('this Node.js has no node:crypto'); } }`,
      };
    });
  },
};

/**
 * A function is one file. What it may import later is then kept whole, and so are all clients, of which a static import leaves out
 * what nobody calls. None changes anything by these lists: the function of a rule has the changes of its own.
 */
export const asksAtOnce: Plugin = {
  name: 'asks-at-once',
  setup(context) {
    context.onLoad({ filter: /account[\\/]services[\\/]loaders\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const imports: string[] = [];
      const contents = source.replace(/\(\) => import\(('[^']+')\)/g, (_, module) => {
        imports.push(`import * as service${imports.length} from ${module};`);
        return `async () => service${imports.length - 1}`;
      });
      return { contents: `${imports.join('\n')}\n${contents}`, loader: 'ts' };
    });
    context.onLoad({ filter: /account[\\/]services[\\/]changes\.ts$/ }, () => ({
      contents: 'export const CHANGES = [];',
    }));
  },
};

/** A function has its version, and no package around it. */
export const noPackage: Plugin = {
  name: 'no-package',
  setup(context) {
    context.onLoad(
      { filter: new RegExp(`^${join(process.cwd(), 'package.ts').replace(/[\\.]/g, '\\$&')}$`) },
      () => ({
        contents: `export const VERSION = ${JSON.stringify(VERSION)};`,
      }),
    );
  },
};
