import { fork } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { lambdaEnvironment } from './aws/server.ts';

export interface Container {
  /** Invokes the function and gives the milliseconds that it took, measured inside. */
  invoke(event: unknown): Promise<number>;
  /** What the container has used since it started, as of its last answer. */
  readonly used: Used;
  close(): void;
}

export interface Used {
  /** Seconds of processor time. */
  readonly cpu: number;
  /** The largest resident set, in MB. */
  readonly memory: number;
}

interface Message {
  readonly milliseconds?: number;
  readonly usage?: NodeJS.ResourceUsage;
  readonly error?: string;
}

/**
 * Starts a process with a rule's built function in it, as Lambda does, with AWS at the given address. With `replay` it goes
 * there only for what it has not asked before; with `timeout`, an invocation may take that many milliseconds.
 */
export async function startContainer(
  ruleId: string,
  awsUrl: string,
  { replay = false, timeout }: { readonly replay?: boolean; readonly timeout?: number } = {},
): Promise<Container> {
  const child = fork(
    new URL('measured/container.mjs', import.meta.url),
    [bundleUrl(ruleId), ...(timeout === undefined ? [] : [String(timeout)])],
    {
      execArgv: replay ? ['--import', new URL('measured/replay.mjs', import.meta.url).href] : [],
      env: lambdaEnvironment(awsUrl),
      // The function's log goes nowhere, but is written.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const answer = async (): Promise<Message> => {
    const gone = new AbortController();
    const [message] = await Promise.race([
      once(child, 'message', gone),
      once(child, 'exit', gone).then(([code]) => [{ error: `its process ended with ${code}` }]),
    ]).finally(() => gone.abort());
    if (message.error) throw new Error(`${ruleId}: ${message.error}`);
    return message;
  };
  await answer();
  let used: Used = { cpu: 0, memory: 0 };
  return {
    async invoke(event) {
      child.send(event as object);
      const { milliseconds, usage } = await answer();
      if (usage) {
        used = { cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, memory: usage.maxRSS / 1024 };
      }
      return milliseconds as number;
    },
    get used() {
      return used;
    },
    close: () => child.kill(),
  };
}

/** A rule's built function, as a file and for `import`. */
export const bundle = (ruleId: string) => `dist/lambda/${ruleId}/index.mjs`;
export const bundleUrl = (ruleId: string) => pathToFileURL(bundle(ruleId)).href;
