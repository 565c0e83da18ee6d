/** Options that several commands have. What is declared here is loaded with every command: it imports nothing large. */
import { options } from '../program/define.ts';
import { regions } from './words.ts';

export const FORMATS = ['table', 'json'] as const;

/** What the aws command line has, too. */
export const ENDPOINT = options(
  { flags: '--profile <name>', what: 'credentials and Region of this profile' },
  { flags: '--endpoint-url <url>', what: 'send requests here instead of to AWS (also: AWS_ENDPOINT_URL)' },
);

export const LIVE = options(...ENDPOINT, {
  flags: '--region <region...>',
  what: 'these Regions only (default: all that are enabled)',
  offers: regions,
});

/** Evaluation, collection and remediation go by what the functions are deployed with. */
export const SETTINGS = options(
  {
    flags: '--config <file>',
    what: 'follow these settings (default: groundrules.config.json, if it is here)',
  },
  { flags: '--no-config', what: 'leave groundrules.config.json alone' },
);

/** For the commands that read files which may be large. */
export const LIMIT = options({
  flags: '--limit <name=value>',
  what: 'read more than is usual: file-size=16GB (decompressed), value-size=500MB (one value), depth=400, files=2000000; may be given several times',
  many: true,
});

export const FORMAT = options({
  flags: '--format <format>',
  what: 'how to print',
  choices: FORMATS,
  default: 'table',
});
