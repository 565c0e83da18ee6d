/** User data in the forms that people have it in. The keys are put together here, so that nothing takes them for real ones. */
import { gzipSync } from 'node:zlib';

export const ID = ['AKIA', 'Q3EGRIZTN5LJWXYZ'].join('');
export const TEMPORARY_ID = ['ASIA', 'Q3EGRIZTN5LJWXYZ'].join('');
export const SECRET = ['kF3h9LmQ2vXc7Tz1', 'Wp8Rb5Ny0Js6Dg4Ha2Ue7Mi9'].join('');
export const SHOWN = 'AKIA…WXYZ';

export const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
export const gzip64 = (text: string | Buffer) => base64(gzipSync(text));
export const utf16 = (text: string) => Buffer.from(text, 'utf16le');
export const wrapped = (text: string, width = 76) => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');

export const script = (...lines: string[]) => ['#!/bin/bash', ...lines, 'echo done', ''].join('\n');
export const EXPORTED = script(`export AWS_ACCESS_KEY_ID=${ID}`);

export const mime = (encoding: string, body: string) =>
  [
    'Content-Type: multipart/mixed; boundary="==B=="',
    'MIME-Version: 1.0',
    '',
    '--==B==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    body,
    '--==B==--',
    '',
  ].join('\r\n');
