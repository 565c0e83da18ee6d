import type { ConfigFile, Missing } from './config-files.ts';
import { captureTimeOf, type Envelope, isDated } from './envelope.ts';
import type { AccountSurvey, Problem } from './survey.ts';

/** What a file's items are of, as far as it tells whose the resources are that it leaves out. */
export class Seen {
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  #first: number | undefined;
  #last: number | undefined;

  add(envelope: Envelope): void {
    const { accountId, region } = envelope;
    if (accountId !== '') this.#accounts.add(accountId);
    if (region !== '' && region !== 'global') this.#regions.add(region);
    if (!isDated(envelope)) return;
    this.#last = captureTimeOf(envelope).getTime();
    this.#first ??= this.#last;
  }

  /** The one account, where there is one alone. */
  get accountId(): string | undefined {
    return this.#accounts.size === 1 ? [...this.#accounts][0] : undefined;
  }

  get region(): string | undefined {
    return this.#regions.size === 1 ? [...this.#regions][0] : undefined;
  }

  /** Whether the items come in the order of time, so that what is newer comes later. */
  get isForward(): boolean {
    return this.#first !== undefined && this.#last !== undefined && this.#first < this.#last;
  }
}

/**
 * What it costs that an answer leaves resources out. One that a batch call did not answer is an error of its own. One that
 * goes on costs its lists their completeness; but a resource's history begins with the newest item, unless it was asked for
 * in the order of time, and needs no more than that.
 */
export function problemsOfMissing(
  file: ConfigFile,
  { unprocessed, goesOn, member }: Missing,
  seen: Seen,
  accountOf: (id: string) => AccountSurvey,
): Problem[] {
  const problems: Problem[] = [];
  for (const { type, id, ...of } of unprocessed) {
    const accountId = of.accountId ?? seen.accountId ?? file.accountId ?? '';
    const region = of.region ?? seen.region ?? file.region;
    if (accountId !== '') {
      const account = accountOf(accountId);
      account.types.add(type);
      if (region !== undefined && region !== 'global') account.regions.add(region);
    }
    const whose = accountId === '' ? ' (of which account, --account tells)' : '';
    const error = new Error(
      `${file.label}: AWS Config did not answer for ${type} ${id}${whose}: ask for it again with "aws configservice get-resource-config-history --resource-type ${type} --resource-id ${id} --limit 1"`,
    );
    problems.push({
      file,
      error,
      type,
      accountId,
      resource: { type, id, region: region ?? 'global' },
      isCut: true,
    });
  }
  const isHistory = member === 'configurationItems' || member === '';
  if (goesOn && (!isHistory || seen.isForward)) {
    const how = isHistory
      ? 'without --chronological-order Forward'
      : 'without --max-items, --max-results, --limit and --no-paginate';
    const error = new Error(
      `${file.label}: the answer goes on (${goesOn}), and the rest is not here. Ask for all of it: run the command ${how}`,
    );
    problems.push({ file, error, type: '', accountId: seen.accountId ?? '', isCut: true });
  }
  return problems;
}
