import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { readBytes, readText, readTextSync, spool } from '../../../account/snapshot/files.ts';
import { setLimits } from '../../../account/snapshot/limits.ts';
import { folderOf, removeFolders } from './support.ts';

afterEach(() => setLimits());
afterAll(removeFolders);

const TEXT = '{"Users":[{"UserName":"김민서"}]}';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
/** The three ways there are to read a file: all of them, one behind the other, or where they differ. */
async function read(file: string, within?: string): Promise<string> {
  const options = within === undefined ? {} : { within };
  const said = await Promise.all(
    [
      () => readText(file, 'the file', options),
      async () => readTextSync(file, 'the file', options),
      async () => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of readBytes(file, 'the file', options)) chunks.push(chunk);
        return Buffer.concat(chunks).toString();
      },
    ].map((work) => work().catch((error: Error & { code?: string }) => `${error.code}: ${error.message}`)),
  );
  return [...new Set(said)].join('\n');
}

describe('a file is read whatever its text is encoded in', () => {
  const encodings: [situation: string, bytes: Buffer | string][] = [
    ['UTF-8', TEXT],
    ['UTF-8 with a byte order mark', `\uFEFF${TEXT}`],
    ['UTF-16, as Windows PowerShell writes it', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['big-endian UTF-16', utf16be(`\uFEFF${TEXT}`)],
    ['big-endian UTF-16 without a mark', utf16be(TEXT)],
  ];
  test.each(encodings)('%s', async (_, bytes) => {
    const folder = await folderOf({ plain: bytes, 'packed.gz': bytes });
    expect(await read(join(folder, 'plain'))).toBe(TEXT);
    expect(await read(join(folder, 'packed.gz'))).toBe(TEXT);
  });

  test('a text of many chunks, cut within a character', async () => {
    const text = `["${'a한'.repeat(900_000)}"]`;
    const folder = await folderOf({ le: Buffer.from(`\uFEFF${text}`, 'utf16le'), be: utf16be(text), text });
    for (const name of ['le', 'be', 'text']) expect((await read(join(folder, name))) === text).toBe(true);
  });

  test('a gzip file of several members, the first of which is two bytes long', async () => {
    const bytes = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');
    const packed = Buffer.concat([bytes.subarray(0, 2), bytes.subarray(2)].map((part) => gzipSync(part)));
    const folder = await folderOf({ packed });
    expect(await read(join(folder, 'packed'))).toBe(TEXT);
  });

  test.each([
    ['nothing', ''],
    ['one byte', '7'],
    ['three bytes', '[7]'],
  ])('%s', async (_, text) => {
    expect(await read(join(await folderOf({ file: text }), 'file'))).toBe(text);
  });

  test.each([
    [
      'UTF-32',
      Buffer.from('fffe00007b000000', 'hex'),
      /^Malformed: the file: UTF-32 text, or no text at all/,
    ],
    [
      'UTF-16 that ends within a character',
      Buffer.from('fffe7b007d', 'hex'),
      /^Malformed: the file: broken UTF-16/,
    ],
    [
      'a gzip file that ends early',
      gzipSync(TEXT).subarray(0, 20),
      /^Malformed: the file: a broken gzip file/,
    ],
  ])('%s: an error', async (_, bytes, message) => {
    const said = await read(join(await folderOf({ file: bytes }), 'file'));
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
  });
});

describe('what is no file is an error, and never waited for', () => {
  const made: [situation: string, make: (path: string) => void, message: RegExp][] = [
    ['nothing at all', () => {}, /^NotFound: the file: there is no such file or folder$/],
    ['a folder', (path) => mkdirSync(path), /^NotAFile: the file: a folder, where a file is expected$/],
    [
      'a pipe that nobody writes into',
      (path) => execFileSync('mkfifo', [path]),
      /^NotAFile: the file: a pipe, where a file is expected; .* standard input, as -$/,
    ],
    ['a device', (path) => symlinkSync('/dev/zero', path), /^NotAFile: the file: a device, where a file/],
    [
      'a link to itself',
      (path) => symlinkSync(path, path),
      /^NotAFile: the file: a link that leads back to itself/,
    ],
    [
      'a link to nowhere',
      (path) => symlinkSync('/nowhere/at/all', path),
      /^NotFound: the file: there is no such/,
    ],
  ];
  test.each(made)('%s', async (_, make, message) => {
    const path = join(await folderOf({}), 'made');
    make(path);
    const said = await read(path);
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
  });

  test('a socket', async () => {
    const path = join(await folderOf({}), 'socket');
    const server = createServer().listen(path);
    await new Promise((done) => server.once('listening', done));
    expect(await read(path)).toMatch(/^NotAFile: the file: a socket, where a file is expected$/);
    server.close();
  });

  // Root may read everything.
  const asRoot = process.getuid?.() === 0;
  test(`a file that may not be read${asRoot ? ' (as root: it may)' : ''}`, async () => {
    const path = join(await folderOf({ file: TEXT }), 'file');
    chmodSync(path, 0);
    expect(await read(path)).toMatch(asRoot ? TEXT : /^NotFound: the file: may not be read \(EACCES\)$/);
  });
});

describe('links of a snapshot', () => {
  test('are followed within it, and refused where they lead out of it', async () => {
    const folder = await folderOf({ 'in/file': TEXT, out: 'secret', 'in-too/file': 'secret' });
    const within = join(folder, 'in');
    symlinkSync('file', join(within, 'inside'));
    symlinkSync(join(folder, 'out'), join(within, 'outside'));
    symlinkSync('../in-too', join(within, 'beside'));
    symlinkSync(within, join(folder, 'another-name'));
    expect(await read(join(within, 'inside'), within)).toBe(TEXT);
    expect(await read(join(folder, 'another-name/file'), join(folder, 'another-name'))).toBe(TEXT);
    for (const name of ['outside', 'beside/file']) {
      expect(await read(join(within, name), within)).toMatch(
        /^NotAFile: the file: a link that leads out of the snapshot, [^\n]*$/,
      );
    }
  });
});

describe('a file is read up to the limits', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

  test('a gzip file that holds far more than it seems to', async () => {
    const path = join(await folderOf({ bomb }), 'bomb');
    setLimits({ 'file-size': 1024 ** 2 });
    await expect(readText(path, 'the file')).rejects.toMatchObject({
      code: 'TooLarge',
      message:
        'the file: more than 1 MB when decompressed; if that is meant, raise the limit with --limit file-size=2MB',
    });
  });

  test('a value', async () => {
    const path = join(await folderOf({ bomb }), 'bomb');
    setLimits({ 'value-size': 1024 ** 2 });
    expect(await read(path)).toMatch(
      /^TooLarge: the file: more than 1 MB.* too much for one value; .* --limit value-size=2MB\n/,
    );
  });

  test('standard input', async () => {
    setLimits({ 'file-size': 1000 });
    await expect(spool(Readable.from([Buffer.alloc(999), Buffer.alloc(2)]))).rejects.toMatchObject({
      code: 'TooLarge',
      message: expect.stringMatching(/^standard input: more than 1 KB/),
    });
  });
});
