import { parseItem, readItem } from '../../config/item.ts';
import type { SecurityGroup } from '../account.ts';
import { AccountError, OWN_CODES } from '../errors.ts';
import type { ReadName } from '../reads.ts';
import { type ConfigFile, itemOf, itemsOf } from './config-files.ts';
import { readEnvelope } from './envelope.ts';
import { SnapshotError } from './errors.ts';
import {
  type AccountSurvey,
  keyOf,
  locate,
  type Newest,
  SECURITY_GROUP,
  type Survey,
  survey,
} from './survey.ts';

/** A security group and when AWS Config captured it. */
export interface RecordedGroup {
  readonly group: SecurityGroup;
  readonly at: Date;
}

/** The items of one type, newest only. */
export interface ItemList {
  readonly items: readonly Newest[];
  /** Whether AWS Config recorded this type at all, so that no item means no resource. */
  readonly recorded: boolean;
  /** Items that could not be read: the list is not complete. */
  readonly problem?: AccountError;
}

export interface ConfigItemsOptions {
  readonly accountId: string;
  /** Where the files belong to an account's folder: the only Regions that items may be of. */
  readonly regions?: readonly string[];
}

/** What Config files say of one account. Nothing is read before it is asked for, and no file more than three times. */
export class ConfigItems {
  readonly #survey: () => Promise<Survey>;
  readonly #options: ConfigItemsOptions;

  constructor(surveyed: () => Promise<Survey>, options: ConfigItemsOptions) {
    this.#survey = surveyed;
    this.#options = options;
  }

  /** The resource's newest item. `api` is the reading it stands in for, which errors name. */
  async newest(api: ReadName, type: string, id: string, region = 'global'): Promise<Newest | undefined> {
    return (await this.#account(api)).newest.get(keyOf(type, id, region));
  }

  async list(api: ReadName, type: string, region?: string): Promise<ItemList> {
    const account = await this.#account(api);
    const items = [...account.newest.values()].filter(
      ({ resource }) => resource.type === type && (region === undefined || resource.region === region),
    );
    // An account's folder may lack a Region's file; a Config file on its own is all there is.
    const everywhere = region === undefined || this.#options.regions === undefined;
    const recorded =
      type === SECURITY_GROUP && !everywhere
        ? account.groupRegions.has(region)
        : items.length > 0 || (everywhere && account.types.has(type));
    const problem = await this.#problem(api, type);
    return { items, recorded, ...(problem && { problem }) };
  }

  /**
   * The Region's security groups, in the order of the files.
   *
   * @throws {AccountError} after the last one, when there were items that cannot be read.
   */
  async *groups(api: ReadName, region: string): AsyncGenerator<RecordedGroup> {
    const { accountId } = this.#options;
    await this.#account(api);
    const { filesWithGroups, isNewest } = await this.#survey();
    const problems: Error[] = [];
    for (const file of filesWithGroups(accountId, region)) {
      for await (const elements of wrapped(api, itemsOf(file))) {
        for (const element of elements) {
          const envelope = readEnvelope(element.bytes);
          if (
            envelope.type !== SECURITY_GROUP ||
            envelope.region !== region ||
            envelope.accountId !== accountId
          )
            continue;
          if (envelope.status !== 'OK' && envelope.status !== 'ResourceDiscovered') continue;
          if (!isNewest(file, element, envelope)) continue;
          try {
            const item = parseItem(itemOf(file, element));
            const { securityGroup } = readItem(item);
            if (securityGroup) yield { group: securityGroup, at: item.captureTime };
          } catch (error) {
            problems.push(locate(file, element, error));
          }
        }
      }
    }
    const problem = summary(api, problems) ?? (await this.#problem(api, SECURITY_GROUP));
    if (problem) throw problem;
  }

  async #account(api: ReadName): Promise<AccountSurvey> {
    let accounts: Survey['accounts'];
    try {
      accounts = (await this.#survey()).accounts;
    } catch (error) {
      throw asAccountError(api, error);
    }
    const { accountId, regions } = this.#options;
    const account = accounts.get(accountId) ?? NOTHING;
    // Leaving such items out would look like an account without problems.
    const stranger = regions && [...accounts.keys()].find((id) => id !== accountId);
    if (stranger !== undefined) {
      throw asAccountError(
        api,
        new Error(`a Config file in the folder of account ${accountId} is of ${stranger}`),
      );
    }
    const elsewhere = regions && [...account.groupRegions].find((region) => !regions.includes(region));
    if (elsewhere !== undefined) {
      const where = `${accountId}/${elsewhere}/config/`;
      throw asAccountError(api, new Error(`a Config file has items of ${elsewhere}: put it in ${where}`));
    }
    return account;
  }

  async #problem(api: ReadName, type: string): Promise<AccountError | undefined> {
    const { unreadable } = await this.#survey();
    const mine = unreadable.filter(
      (item) =>
        (item.type === type || item.type === '') &&
        (item.accountId === this.#options.accountId || item.accountId === ''),
    );
    return summary(
      api,
      mine.map(({ error }) => error),
    );
  }
}

const NOTHING: AccountSurvey = {
  types: new Set(),
  regions: new Set(),
  groupRegions: new Set(),
  newest: new Map(),
};

/** Whether the newest item says that the resource is no more, as opposed to no longer recorded. */
export const isDeleted = ({ status }: Newest): boolean =>
  status === 'ResourceDeleted' || status === 'ResourceDeletedNotRecorded';

/** A survey that is made when it is first asked for, and remembered. */
export function surveyOnce(files: readonly ConfigFile[]): () => Promise<Survey> {
  let made: Promise<Survey> | undefined;
  return () => {
    made ??= survey(files);
    return made;
  };
}

async function* wrapped<T>(api: ReadName, values: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* values;
  } catch (error) {
    throw asAccountError(api, error);
  }
}

function summary(api: ReadName, problems: readonly Error[]): AccountError | undefined {
  const [first] = problems;
  if (!first) return undefined;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more that cannot be read)` : '';
  return new AccountError(OWN_CODES.malformed, api, `${first.message}${more}`, undefined, { cause: first });
}

const asAccountError = (api: ReadName, error: unknown): AccountError => {
  const code = error instanceof SnapshotError && error.code === 'NotFound' ? error.code : OWN_CODES.malformed;
  return new AccountError(code, api, (error as Error).message, undefined, { cause: error });
};
