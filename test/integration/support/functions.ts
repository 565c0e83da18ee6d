import { fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ResourceRef } from '../../../account/account.ts';
import type { RunSummary } from '../../../config/run.ts';
import { built, environment } from '../../support/command.ts';

interface Flat {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
}

/** How an invocation ended: with one of the two. */
export interface Outcome {
  readonly answer?: RunSummary;
  readonly error?: Flat & { readonly unjudged?: readonly { resource: ResourceRef; error: Flat }[] };
}

export interface Container {
  /** Invokes the rule's function, as `npm run build` wrote it, with one event at a time. */
  invoke(ruleId: string, event: object): Promise<Outcome>;
  stop(): void;
}

/**
 * A process that runs built functions, as AWS Lambda would.
 *
 * @param env what AWS Lambda sets: the Region, credentials; and where AWS is.
 * @param ahead how far its clock is ahead of the machine's, in milliseconds.
 */
export function startContainer(env: Readonly<Record<string, string>>, ahead = 0): Container {
  const child = fork(join(__dirname, 'container.mjs'), [String(ahead)], {
    env: environment({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env }),
    execArgv: [],
    // What functions log is AWS CloudWatch's.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let answer: (outcome: Outcome) => void = () => {};
  let fail: (error: Error) => void = () => {};
  child.on('message', (outcome: Outcome) => answer(outcome));
  child.once('exit', (code) => fail(new Error(`the container ended with status ${code}`)));
  return {
    async invoke(ruleId, event) {
      const bundle = join(process.cwd(), 'dist', 'lambda', ruleId, 'index.mjs');
      built(bundle, 'functions');
      const outcome = new Promise<Outcome>((resolve, reject) => {
        answer = resolve;
        fail = reject;
      });
      child.send({ url: pathToFileURL(bundle).href, event });
      return outcome;
    },
    stop: () => void child.kill(),
  };
}
