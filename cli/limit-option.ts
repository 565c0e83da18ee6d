import { type Command, InvalidArgumentError } from 'commander';
import { readLimits, setLimits } from '../account/snapshot/limits.ts';

/** `--limit file-size=16GB`, for the commands that read files which may be large. In force as soon as it is read. */
export const withLimits = (command: Command): Command =>
  command.option(
    '--limit <name=value>',
    'read more than is usual: file-size=16GB (decompressed), value-size=500MB (one value), depth=400, files=2000000; may be given several times',
    (value: string, before: readonly string[] = []) => {
      const all = [...before, value];
      try {
        setLimits(readLimits(all));
      } catch (error) {
        throw new InvalidArgumentError((error as Error).message);
      }
      return all;
    },
  );
