/**
 * A path that cannot be judged at all: it is not there, or it is not what a snapshot looks like. The message says what
 * was expected. (A single reading that cannot be had is an AccountError, and costs only what rests on it.)
 */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: SnapshotErrorCode;

  constructor(code: SnapshotErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type SnapshotErrorCode =
  /** There is nothing at the path, or it may not be read. */
  | 'NotFound'
  /** A folder, a pipe, a device, or a link that leads out of the snapshot, where a file is expected. */
  | 'NotAFile'
  /** More than the limits allow (`limits.ts`). */
  | 'TooLarge'
  /** Something else than a snapshot folder or one of the files that can be judged. */
  | 'NotASnapshot'
  /** The right kind of file, but broken; the message names the place. */
  | 'Malformed'
  /** Nothing in it to judge. */
  | 'Empty';
