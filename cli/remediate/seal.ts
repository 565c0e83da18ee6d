/** Signs records, so that one which a run wrote can be told from one that somebody wrote or changed. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Both } from '../../report/both.ts';
import type { RecordKey } from './key.ts';

const ALGORITHM = 'HMAC-SHA256';
/** The beginning of the hash of each part of the record. It proves nothing, but finds the part that was changed. */
type Parts = Readonly<Record<string, string>>;
type Content = Readonly<Record<string, unknown>>;

const signature = z.strictObject({
  algorithm: z.literal(ALGORITHM),
  /** {@link RecordKey.id} */
  key: z.string(),
  parts: z.record(z.string(), z.string()),
  value: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/** A record's text: its content, and the signature over all of it as the last member. */
export function sealed(content: Content, key: RecordKey): string {
  const value = createHmac('sha256', key.bytes).update(textOf(content)).digest('hex');
  const signature = { algorithm: ALGORITHM, key: key.id, parts: partsOf(content), value };
  return textOf({ ...content, signature });
}

/** One form for one content: what is signed is text, and the same text comes of it when it is read again. */
const textOf = (content: Content): string => `${JSON.stringify(content, null, 2)}\n`;

/**
 * What is wrong with a record's signature, naming the field; `undefined` when the record is, byte for byte, what a run
 * with this key wrote.
 *
 * @param bytes of the file: a byte that is no UTF-8 would be lost in its text.
 * @param content what it says, the signature included.
 */
export function doubt(bytes: Buffer, content: Content, key: RecordKey | undefined): Both | undefined {
  const { signature: given, ...rest } = content;
  if (given === undefined) {
    return {
      en: 'signature is missing: nothing says who wrote it',
      ko: 'signature가 없어 누가 썼는지 알 수 없습니다',
    };
  }
  const parsed = z.safeParse(signature, given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ['signature', ...(issue?.path ?? [])].join('.');
    return { en: `${place}: ${issue?.message}`, ko: `${place}: 형식이 올바르지 않습니다` };
  }
  const by = parsed.data.key;
  if (!key) {
    return {
      en: `signature.key is ${by}, and you have no key: somebody else wrote it`,
      ko: `signature.key는 ${by}인데 내 키가 없습니다: 다른 사람이 쓴 것입니다`,
    };
  }
  if (by !== key.id) {
    return {
      en: `signature.key is ${by}, yours is ${key.id}: it was written by somebody else, or on another machine`,
      ko: `signature.key는 ${by}, 내 키는 ${key.id}: 다른 사람이나 다른 컴퓨터에서 쓴 것입니다`,
    };
  }
  const expected = sealed(rest, key);
  if (bytes.equals(Buffer.from(expected))) return undefined;
  const { value, parts } = (JSON.parse(expected) as { readonly signature: z.output<typeof signature> })
    .signature;
  if (timingSafeEqual(Buffer.from(value, 'hex'), Buffer.from(parsed.data.value, 'hex'))) {
    const line = firstLine(expected, bytes.toString());
    return JSON.stringify(parts) === JSON.stringify(parsed.data.parts)
      ? {
          en: `line ${line}: the file was changed since it was signed`,
          ko: `${line}행: 서명한 뒤에 파일이 바뀌었습니다`,
        }
      : {
          en: 'signature.parts was changed since it was signed',
          ko: '서명한 뒤에 signature.parts가 바뀌었습니다',
        };
  }
  const changed = differences(parsed.data.parts, partsOf(rest));
  return changed.length > 0
    ? {
        en: `${changed.map(({ en }) => en).join(', ')} since it was signed`,
        ko: `서명한 뒤에 ${changed.map(({ ko }) => ko).join(', ')}`,
      }
    : { en: 'signature.value is not of this content', ko: 'signature.value가 이 내용의 것이 아닙니다' };
}

/** `outputs.Plan.Before`, `steps[2]`: the members, and where a member has some, theirs. */
function partsOf(content: Content): Parts {
  const parts = Object.entries(content).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value) && value.length > 0) {
      return value.map((one, index): [string, unknown] => [`${name}[${index}]`, one]);
    }
    const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return members.length > 0 ? members.map(([key, one]) => [`${name}.${key}`, one]) : [[name, value]];
  });
  return Object.fromEntries(
    parts.map(([name, value]) => [
      name,
      createHash('sha256')
        .update(String(JSON.stringify(value)))
        .digest('hex')
        .slice(0, 12),
    ]),
  );
}

const SHOWN = 5;

function differences(signed: Parts, found: Parts): Both[] {
  const names = [...new Set([...Object.keys(signed), ...Object.keys(found)])];
  const changed = names.flatMap((name) => {
    if (!Object.hasOwn(found, name)) return [{ en: `${name} was removed`, ko: `${name} 삭제됨` }];
    if (!Object.hasOwn(signed, name)) return [{ en: `${name} was added`, ko: `${name} 추가됨` }];
    return signed[name] === found[name] ? [] : [{ en: `${name} was changed`, ko: `${name} 변경됨` }];
  });
  const more = changed.length - SHOWN;
  return more > 0 ? [...changed.slice(0, SHOWN), { en: `and ${more} more`, ko: `외 ${more}개` }] : changed;
}

function firstLine(expected: string, found: string): number {
  const lines = found.split('\n');
  const at = expected.split('\n').findIndex((line, index) => line !== lines[index]);
  return (at < 0 ? lines.length : at) + 1;
}
