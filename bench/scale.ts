import { sizeOf } from '../deploy/account/sizes.ts';
import s3Public from '../rules/s3-public/rule.ts';
import { loopbackAws } from './aws/server.ts';
import { startContainer } from './container.ts';
import { periodicEvent } from './events.ts';
import { number, printTable, ratio } from './table.ts';

/** The rule whose periodic run makes most calls: two a bucket. */
const RULE = s3Public.id;
const BUCKETS = 10_000;
/** Milliseconds before each answer of AWS. */
const LATENCY = 50;

/** A periodic run over an account that is larger than most, with AWS as far away as it is: does it end in its time? */
export async function scale(): Promise<void> {
  const { timeoutSeconds } = sizeOf(s3Public);
  const aws = await loopbackAws(BUCKETS, LATENCY);
  const container = await startContainer(RULE, aws.url, { timeout: timeoutSeconds * 1000 });
  try {
    const seconds = (await container.invoke(periodicEvent(RULE))) / 1000;
    const { cpu, memory } = container.used;
    const calls = [...aws.calls.values()].reduce((sum, one) => sum + one, 0);
    printTable(
      `One periodic run of ${RULE} over ${number(BUCKETS)} buckets, each call answered after ${LATENCY} ms`,
      ['', 'measured', 'limit', 'of limit'],
      [
        ['seconds', number(seconds, 1), number(timeoutSeconds), ratio(seconds, timeoutSeconds)],
        ['… of processor time', number(cpu, 1), '', ''],
        ['memory, MB', number(memory), '', ''],
        ['AWS calls', number(calls), '', ''],
      ],
      {
        note: "The limit is the function's timeout. Lambda gives it a part of a core, so that its processor time takes longer there.",
      },
    );
  } finally {
    container.close();
    await aws.close();
  }
}
