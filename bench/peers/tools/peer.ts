import { readFileSync } from 'node:fs';
import { type Environment, prepareEnvironment, programIn } from '../../../scripts/moto.ts';

/** A tool of somebody else's, in a virtual environment of its own. */
export interface Peer {
  readonly environment: Environment;
  readonly version: string;
}

export function peer(id: string, of: string, packageName: string): Peer {
  const requirements = `bench/peers/tools/${id}.txt`;
  const version = new RegExp(`^${packageName}==(.+)$`, 'm').exec(readFileSync(requirements, 'utf8'))?.[1];
  if (!version) throw new Error(`${requirements} pins no version of ${packageName}`);
  return { environment: { folder: `.venv-peers/${id}`, requirements, of }, version };
}

/** @throws where it cannot be installed. */
export function install({ environment }: Peer): void {
  const failed = prepareEnvironment(environment);
  if (failed) throw new Error(failed);
}

export const program = ({ environment }: Peer, name: string) => programIn(environment, name);
