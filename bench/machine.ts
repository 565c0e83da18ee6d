/** When and on what something is measured: figures of different machines are not to be compared. */
import { cpus } from 'node:os';

/** `2026-11-29`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** `2 × AMD EPYC, Node.js v20.20.2`. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node.js ${process.version}`;
