import { parseItem, readItem } from '../../config/item.ts';
import type { ResourceRef } from '../account.ts';
import { AccountError, OWN_CODES } from '../errors.ts';
import { LiveError } from '../live/failures.ts';
import type { SecurityGroup } from '../services/ec2/readings.ts';
import { type ConfigFile, itemOf } from './config-files.ts';
import { captureTimeOf, type Envelope, readEnvelope } from './envelope.ts';
import { SnapshotError } from './errors.ts';
import type { JsonElement } from './json-stream.ts';
import {
  type AccountSurvey,
  isThere,
  keyOf,
  locate,
  type Newest,
  type Place,
  readable,
  resourceOf,
  type Survey,
  survey,
} from './survey.ts';
import { SECURITY_GROUP } from './types.ts';

/** What AWS Config's newest item says of a security group, and when it was captured. */
export interface RecordedGroup {
  readonly id: string;
  readonly group: SecurityGroup | AccountError;
  readonly at: Date;
}

/** The items of one type, newest only. */
export interface ItemList {
  readonly items: readonly Newest[];
  /** Whether AWS Config recorded this type at all, so that no item means no resource. */
  readonly recorded: boolean;
  /** Why there may be items that are not in the list. */
  readonly problems: readonly AccountError[];
  /** By resource, why an item of it cannot be read that is alone in its file: of no meaning where anything else tells of it. */
  readonly unread: ReadonlyMap<string, AccountError>;
}

/** An answer of AWS's about a resource. */
export interface Answered {
  /** Nothing: there is none. */
  at(): Date | undefined | Promise<Date | undefined>;
  about(): ResourceRef | Promise<ResourceRef>;
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

  async newest(type: string, id: string, region = 'global'): Promise<Newest | undefined> {
    return (await this.#account()).newest.get(keyOf(type, id, region));
  }

  /** `api` is the reading that the list stands in for, which errors name. */
  async list(api: string, type: string, region?: string): Promise<ItemList> {
    const account = await this.#account();
    const items = [...account.newest.values()].filter(
      ({ resource }) => resource.type === type && (region === undefined || resource.region === region),
    );
    // An account's folder may lack a Region's file; a Config file on its own is all there is.
    const everywhere = region === undefined || this.#options.regions === undefined;
    const recorded =
      type === SECURITY_GROUP && !everywhere
        ? account.groupRegions.has(region)
        : items.length > 0 || (everywhere && account.types.has(type));
    const found = await this.#problems(api, type, region);
    const unread = new Map(found.flatMap(({ error, one }) => (one === undefined ? [] : [[one, error]])));
    const problems = found.flatMap(({ error, one }) => (one === undefined ? [error] : []));
    return { items, recorded, problems, unread };
  }

  /**
   * Why an answer of AWS's does not tell how the resource is now: a file that may have a newer item of it cannot be read. An
   * item that is no older than that file settles it, because nothing has changed since.
   *
   * @param item the newest of the resource, if there is one.
   */
  async outdated(api: string, item: Newest | undefined, answer: Answered): Promise<AccountError | undefined> {
    const { outdated, isWhole } = await this.#survey();
    if (isWhole || (item && !item.error)) return undefined;
    const [at, resource] = await Promise.all([answer.at(), answer.about()]);
    if (!at) return undefined;
    const homes = (await this.#account()).homes.get(resource.type);
    const error = outdated({ accountId: this.#options.accountId, resource, at, homes });
    return error && malformed(api, error, resource);
  }

  /** Whether there is an item of a security group in the Region: every Region that is in use has one. */
  async hasGroups(region: string): Promise<boolean> {
    return (await this.#account()).groupRegions.has(region);
  }

  /** The Region's security groups, in the order of the files. */
  async *groups(api: string, region: string): AsyncGenerator<RecordedGroup> {
    const { accountId } = this.#options;
    const { filesWithGroups, isNewest, isBroken, outdated } = await this.#survey();
    for (const file of filesWithGroups(accountId, region)) {
      try {
        for await (const elements of readable(file, isBroken(file))) {
          for (const element of elements) {
            const envelope = readEnvelope(element.bytes);
            const isOurs =
              envelope.type === SECURITY_GROUP &&
              envelope.region === region &&
              envelope.accountId === accountId;
            if (isOurs && isThere(envelope) && isNewest(file, element, envelope)) {
              const one = { accountId, resource: resourceOf(envelope), file, at: captureTimeOf(envelope) };
              const error = outdated(one);
              yield error
                ? { id: envelope.id, group: malformed(api, error, one.resource), at: one.at }
                : recordedGroup(api, file, element, envelope);
            }
          }
        }
      } catch (error) {
        // It could be read a moment ago: what it has further on is not known to be gone.
        const about = { type: 'AWS::::Account', id: accountId, region };
        yield { id: '', group: malformed(api, error as Error, about), at: new Date(0) };
      }
    }
  }

  async #account(): Promise<AccountSurvey> {
    return (await this.#survey()).accounts.get(this.#options.accountId) ?? NOTHING;
  }

  async #problems(
    api: string,
    type: string,
    region?: string,
  ): Promise<{ readonly error: AccountError; readonly one: string | undefined }[]> {
    const { accountId, regions } = this.#options;
    const { problems, isToldOnce } = await this.#survey();
    const homes = (await this.#account()).homes.get(type);
    const isNeedless = ({ isAbsent, region = '' }: ConfigFile) =>
      isAbsent && isToldOnce(accountId, type) && !homes?.has(region);
    return problems
      .filter((problem) => problem.type === type || problem.type === '')
      .filter(({ file }) => !isNeedless(file))
      .filter((problem) => problem.accountId === accountId || problem.accountId === '')
      .map(({ file, error, resource, isCut, isBroken }) => {
        const isInView = resource && (!regions || regions.includes(resource.region));
        const where = isInView ? resource.region : (file.region ?? 'global');
        const about = resource ?? { type: 'AWS::::Account', id: accountId, region: where };
        const problem = malformed(api, error, about);
        const one = isBroken && resource?.id;
        return { where, error: isCut ? cut(api, problem) : problem, one: one || undefined };
      })
      .filter(({ where }) => region === undefined || where === region || where === 'global')
      .map(({ error, one }) => ({ error, one }));
  }
}

const NOTHING: AccountSurvey = {
  types: new Set(),
  regions: new Set(),
  groupRegions: new Set(),
  homes: new Map(),
  newest: new Map(),
  latest: 0,
};

/** Whether the newest item says that the resource is no more, as opposed to no longer recorded. */
export const isDeleted = ({ status }: Newest): boolean =>
  status === 'ResourceDeleted' || status === 'ResourceDeletedNotRecorded';

/** A survey that is made when it is first asked for, and remembered. */
export function surveyOnce(files: readonly ConfigFile[], place?: Place): () => Promise<Survey> {
  let made: Promise<Survey> | undefined;
  return () => {
    made ??= survey(files, place);
    return made;
  };
}

/** The error of a newest item that cannot be read, as one of the reading that it would stand in for. */
export const unreadable = (api: string, { resource, error }: Newest): AccountError | undefined =>
  error && malformed(api, error, resource);

function recordedGroup(
  api: string,
  file: ConfigFile,
  element: JsonElement,
  envelope: Envelope,
): RecordedGroup {
  const { id } = envelope;
  try {
    const item = parseItem(itemOf(file, element));
    const { securityGroup } = readItem(item);
    if (securityGroup) return { id, group: securityGroup, at: item.captureTime };
    throw new Error('says nothing of a group');
  } catch (error) {
    const group = malformed(api, locate(file, element, error), resourceOf(envelope));
    return { id, group, at: captureTimeOf(envelope) };
  }
}

/** The list lacks what the answer left out. */
const cut = (api: string, { message, cause, about }: AccountError): AccountError =>
  new AccountError(OWN_CODES.cut, api, message, undefined, { cause, ...(about && { about }) });

const malformed = (api: string, error: Error, about: ResourceRef): AccountError => {
  const isCall = error instanceof LiveError;
  const isAbsent = error instanceof SnapshotError && error.code === 'NotFound';
  const code = isCall || isAbsent ? error.code : OWN_CODES.malformed;
  return new AccountError(code, api, error.message, undefined, { cause: error, about });
};
