/** What the modules of the services export, in one list: `index.ts`, `live.ts` and `changes.ts` of `services/` are made with these. */
import type { LiveAsk, LiveChange } from '../live/service.ts';
import type { Reading } from '../reading.ts';

/** A reading, and where it is declared. */
export interface Declared {
  readonly reading: Reading;
  /** The folder in `account/services/`. */
  readonly folder: string;
  /** The name that it is exported by. */
  readonly name: string;
}

/** A change, and where it is. */
export interface DeclaredChange {
  readonly change: LiveChange;
  readonly folder: string;
  readonly name: string;
}

type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isReading = (value: unknown): value is Reading =>
  isObject(value) && typeof value.api === 'string' && typeof value.shape === 'function';

const isAsk = (value: unknown): value is LiveAsk =>
  isObject(value) && typeof value.ask === 'function' && isReading(value.reading);

const isChange = (value: unknown): value is LiveChange =>
  isObject(value) && typeof value.api === 'string' && typeof value.make === 'function';

/** Every reading that the modules declare. */
export const readingsIn = (modules: Modules): Declared[] =>
  Object.entries(modules).flatMap(([folder, module]) =>
    Object.entries(module).flatMap(([name, reading]) =>
      isReading(reading) ? [{ reading, folder, name }] : [],
    ),
  );

/** Every ask that the modules declare. */
export const asksIn = (modules: Modules): LiveAsk[] =>
  Object.values(modules).flatMap((module) => Object.values(module).filter(isAsk));

/** Every change that the modules declare. */
export const changesIn = (modules: Modules): DeclaredChange[] =>
  Object.entries(modules).flatMap(([folder, module]) =>
    Object.entries(module).flatMap(([name, change]) => (isChange(change) ? [{ change, folder, name }] : [])),
  );
