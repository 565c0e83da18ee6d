/**
 * `npm run sandbox`: an emulated AWS on this machine, with an account in it that breaks every rule, and the commands to
 * try on it. It lasts until Ctrl-C.
 */
import { AWAY, found, HOME, REGIONS } from './company.ts';
import { LIKE_AWS, MOTO_ACCOUNT, prepareMoto, startMoto } from './moto.ts';

/** The company's users and access keys were made this long ago. */
const AGE_DAYS = 120;

/** Python for what moto cannot be told over HTTP: that users and keys are old. */
const PREFACE = `
from datetime import timedelta
from moto.iam import models as iam

present = iam.utcnow
iam.utcnow = lambda: present() - timedelta(days=${AGE_DAYS})
`;

const CREDENTIALS = { accessKeyId: 'testing', secretAccessKey: 'testing' };
const rules = ['s3-public', 'sg-open-ports', 'access-key-age', 'trail-object-lock'];
const evaluate = `npx groundrules evaluate --live --rule root-mfa ${rules.join(' ')} --region ${REGIONS.join(' ')}`;

// Off, as for the command itself, because whoever tries it can do nothing about it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const missing = prepareMoto();
if (missing) {
  console.error(`The sandbox needs moto: ${missing}`);
  process.exit(1);
}
console.log('Starting …');
const moto = await startMoto(PREFACE + LIKE_AWS);
const parent = process.ppid;
const ended = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  // npm sends a signal only to the shell between it and this process, so this process looks whether its parent has
  // gone.
  setInterval(() => process.ppid !== parent && resolve(), 500);
});
try {
  await found((region) => ({ region, endpoint: moto.endpoint, credentials: CREDENTIALS }));
  console.log(`
Account ${MOTO_ACCOUNT}, emulated by moto at ${moto.endpoint}, breaks every rule that moto can play. Nothing leaves this machine.
In another terminal:

  export AWS_ENDPOINT_URL=${moto.endpoint} AWS_REGION=${HOME}
  export AWS_ACCESS_KEY_ID=${CREDENTIALS.accessKeyId} AWS_SECRET_ACCESS_KEY=${CREDENTIALS.secretAccessKey}
  ${evaluate} --format json --output results.json
  npx groundrules remediate s3-public moonjar-dublin
  npx groundrules remediate --from results.json --rule ${rules.join(' ')} --apply
  ${evaluate}

Status 1 says that something is left, which is so to the end: root-mfa is left out of the fixes, because moto has no
OpsItems for its document to open, and one trail's fix is refused, with the reason. The second command only looks at one
fix closely, of a bucket in ${AWAY}. Take a fix back with
  npx groundrules remediate --undo groundrules-executions/<record>.json

Ctrl-C ends the sandbox.`);
  await ended;
} finally {
  await moto.stop();
}
process.exit(0);
