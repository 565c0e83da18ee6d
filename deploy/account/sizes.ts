/** Memory and timeout of a rule's function, unless the settings say otherwise. `groundrules cost` uses them, too. */
export interface Size {
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/**
 * docs/benchmarks.md: a function loads within 60 ms and judges an event within 5 ms of a whole core, of which 512 MB have a
 * third; 100,000 groups take 138 MB.
 */
const USUAL: Size = { memoryMegabytes: 512, timeoutSeconds: 300 };
/** Functions that need more. */
const SIZES: Readonly<Record<string, Size>> = {
  // A periodic run makes two calls a bucket (2,112 for 1,000), and S3 throttles by account.
  's3-public': { memoryMegabytes: 1024, timeoutSeconds: 900 },
  'trail-object-lock': { memoryMegabytes: 512, timeoutSeconds: 900 },
  // All groups of a Region, in pages of 1,000.
  'sg-open-ports': { memoryMegabytes: 1024, timeoutSeconds: 600 },
  // IAM may take minutes to write the credential report.
  'access-key-age': { memoryMegabytes: 512, timeoutSeconds: 600 },
};

/** @param rule id of a rule or a fix. */
export const sizeOf = (rule: string): Size => (Object.hasOwn(SIZES, rule) ? SIZES[rule] : undefined) ?? USUAL;
