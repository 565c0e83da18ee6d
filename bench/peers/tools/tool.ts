import type { Right, Rule, Verdict } from '../account/account.ts';

/** What a tool says of a resource: nothing, where it has no result of it. */
export type Said = Verdict | 'nothing';

/** The verdicts of a tool, by {@link keyOf}. */
export type Verdicts = ReadonlyMap<string, Verdict>;

export const keyOf = (rule: Rule, resource: string) => `${rule} ${resource}`;

/** Names of what has ids that AWS makes. */
export interface Made {
  readonly groups: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, string>>;
}

export interface Tool {
  readonly id: ToolId;
  /** As its makers write it. */
  readonly name: string;
  readonly version: string;
  /** The statuses with which it ends when all is well. */
  readonly endsWith: readonly number[];
  /** @param folder where it is to write. */
  command(folder: string): {
    readonly program: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  /**
   * Reads what it has written.
   *
   * @param asked what there are right answers for.
   * @throws where it is not there, or says that something could not be judged.
   */
  verdicts(folder: string, made: Made, asked: readonly Right[]): Verdicts;
}

export const TOOL_IDS = ['groundrules', 'custodian', 'prowler'] as const;
export type ToolId = (typeof TOOL_IDS)[number];
