import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A remediation document's file in the repository. */
export interface DocumentFile {
  readonly id: string;
  /** `rules/s3-public/remediation.yaml` */
  readonly path: string;
  readonly text: string;
}

const ROOT = join(__dirname, '../..');

/** Every document there is. */
export const documentFiles: readonly DocumentFile[] = readdirSync(join(ROOT, 'rules'))
  .map((id) => ({ id, path: `rules/${id}/remediation.yaml` }))
  .filter(({ path }) => existsSync(join(ROOT, path)))
  .map((file) => ({ ...file, text: readFileSync(join(ROOT, file.path), 'utf8') }));
