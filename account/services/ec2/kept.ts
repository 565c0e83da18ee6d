/** The two forms of an answer with user data: as AWS prints it, and as `collect` keeps it, with what was found in its place. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import { type EmbeddedKey, lookInto, type Unread, type UserData } from './user-data.ts';

export type TemplateData = UserData;

/** Where what was found stands, beside where the user data stood. */
const DIGEST = 'UserDataDigest';
const NOTHING: UserData = { keys: [] };

const key = () =>
  z.pipe(
    z.union(
      [
        z.object({ Kind: z.literal('accessKey'), Line: z.int(), Key: text, Sha256: text }),
        z.object({ Kind: z.literal('secretKey'), Line: z.int() }),
      ],
      'is no key that was found',
    ),
    z.transform(
      (one): EmbeddedKey =>
        one.Kind === 'accessKey'
          ? { kind: one.Kind, line: one.Line, key: one.Key, sha256: one.Sha256 }
          : { kind: one.Kind, line: one.Line },
    ),
  );

// A union of literals, because what an enumeration does not know is quoted.
const unread = () =>
  z.union(
    (['notBase64', 'tooLarge', 'tooDeep', 'broken'] as const satisfies readonly Unread[]).map((one) =>
      z.literal(one),
    ),
    'is no reason that is known',
  );

const digest = () =>
  z.pipe(
    z.object({ Keys: z.array(key()), Unread: z.nullish(unread()) }),
    z.transform(({ Keys, Unread }): UserData => ({ keys: Keys, ...(Unread && { unread: Unread }) })),
  );

/** As `collect` writes it. */
const printed = ({ keys, unread }: UserData) => ({
  Keys: keys.map((one) =>
    one.kind === 'accessKey'
      ? { Kind: one.kind, Line: one.line, Key: one.key, Sha256: one.sha256 }
      : { Kind: one.kind, Line: one.line },
  ),
  ...(unread && { Unread: unread }),
});

/** No message may hold what is there instead of a text. */
const base64 = () => z.nullish(z.string('expected a text'));
const found = (value: string | null | undefined): UserData => (value ? lookInto(value) : NOTHING);

/** AWS prints an empty object where there is no user data. */
export const userDataIn = () =>
  z.pipe(
    z.union([field(DIGEST, digest()), field('UserData', z.object({ Value: base64() }))]),
    z.transform((value): UserData => ('keys' in value ? value : found(value.Value))),
  );

export const templateData = () =>
  z.pipe(
    z.object({ UserData: base64(), [DIGEST]: z.optional(digest()) }),
    z.transform((value): UserData => value[DIGEST] ?? found(value.UserData)),
  );

type Json = Readonly<Record<string, unknown>>;

export function keptUserData(answer: object): object {
  const { UserData, ...rest } = answer as { readonly UserData?: { readonly Value?: string } };
  return UserData?.Value ? { ...rest, [DIGEST]: printed(lookInto(UserData.Value)) } : answer;
}

export function keptTemplates(answer: object): object {
  const { LaunchTemplateVersions: versions = [] } = answer as { LaunchTemplateVersions?: readonly Json[] };
  return { ...answer, LaunchTemplateVersions: versions.map(keptTemplate) };
}

function keptTemplate(version: Json): Json {
  const { UserData, ...rest } = (version.LaunchTemplateData ?? {}) as { readonly UserData?: string };
  if (!UserData) return version;
  return { ...version, LaunchTemplateData: { ...rest, [DIGEST]: printed(lookInto(UserData)) } };
}
