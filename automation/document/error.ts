/** What is wrong with a document. `SchemaVersion`, for one, is SSM's InvalidDocumentSchemaVersion. */
export type ProblemCode =
  | 'TooLarge'
  | 'Syntax'
  | 'AmbiguousScalar'
  | 'SchemaVersion'
  | 'UnknownKey'
  | 'Missing'
  | 'InvalidValue'
  | 'InvalidName'
  | 'Duplicate'
  | 'UnknownAction'
  | 'UnknownStep'
  | 'Unreachable'
  | 'InfiniteLoop'
  | 'InvalidCondition'
  | 'InvalidSelector'
  | 'InvalidPattern'
  | 'InvalidPlaceholder'
  | 'UnknownReference'
  | 'LaterReference'
  | 'Streaming'
  | 'Contradiction';

export type Path = readonly (string | number)[];

export interface Problem {
  readonly code: ProblemCode;
  /** `mainSteps[2].outputs[0].Selector`; empty for the document as a whole. */
  readonly path: string;
  /** From 1. A key that is missing is blamed on the line of what should hold it. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Says that something at a path is wrong. */
export type Report = (code: ProblemCode, path: Path, message: string) => void;

/** A document that SSM would refuse (or might: what is unverified counts as refused). The first problem is the error's own. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code: ProblemCode;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly problems: readonly Problem[];

  constructor(where: string, problems: readonly [Problem, ...Problem[]]) {
    super(
      problems
        .map(
          ({ path, line, column, message }) => `${where}:${line}:${column}: ${path && `${path}: `}${message}`,
        )
        .join('\n'),
    );
    const [{ code, path, line, column }] = problems;
    this.code = code;
    this.path = path;
    this.line = line;
    this.column = column;
    this.problems = problems;
  }
}

export const formatPath = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[\w:-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text ? `${text}.${part}` : part;
  }, '');
