/**
 * `Fn::ForEach` among a template's resources, written out: `[identifier, collection, { key: resource }]`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html).
 */
import { type Fields, isFields, type Json, LARGEST } from './parse.ts';
import { type Given, Resolver } from './resolve.ts';
import type { Value } from './unknown.ts';

/** A template's resource as it is declared. */
export interface Declared {
  readonly id: string;
  readonly declared: Json;
  /** Where the template declares it, or the loop that makes it. */
  readonly path: readonly (string | number)[];
}

export interface WrittenOut {
  readonly resources: readonly Declared[];
  /** The keys of what makes resources and is not written out. */
  readonly left: readonly string[];
}

/** CloudFormation makes no more of one template (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
const MOST_RESOURCES = 500;
/** Characters and values that loops may come to: a template is no larger once CloudFormation has written it out. */
const MOST_WRITTEN = LARGEST;
const LOOP = 'Fn::ForEach::';
const EXTENSIONS = 'AWS::LanguageExtensions';

/** A loop that is not as CloudFormation has it, over what is not known, or of too much. */
class NotWrittenOut extends Error {
  override readonly name = 'NotWrittenOut';
  readonly code = 'NotWrittenOut';
}

/** The resources of a template, those of its loops among them where the lists of these are known. */
export function writtenOut(root: Fields, given: Given): WrittenOut {
  const resources: Declared[] = [];
  const left: string[] = [];
  const all = root.Resources as Fields;
  const ids = new Set(Object.keys(all));
  const loops = new Loops(root, given);
  for (const [id, declared] of Object.entries(all)) {
    const path = ['Resources', id];
    if (!id.startsWith('Fn::')) resources.push({ id, declared, path });
    else {
      const made = id.startsWith(LOOP) ? loops.resources(declared, path) : undefined;
      // Two of the same id: CloudFormation refuses the template.
      const isWhole =
        made !== undefined && new Set([...ids, ...made.map((one) => one.id)]).size === ids.size + made.length;
      if (!isWhole) left.push(id);
      else {
        resources.push(...made);
        for (const one of made) ids.add(one.id);
      }
    }
  }
  return { resources, left };
}

class Loops {
  readonly #root: Fields;
  readonly #given: Given;
  readonly #isOn: boolean;
  #written = 0;

  constructor(root: Fields, given: Given) {
    const { Transform: transform } = root;
    this.#root = root;
    this.#given = given;
    this.#isOn = (Array.isArray(transform) ? transform : [transform]).includes(EXTENSIONS);
  }

  /** What a loop makes; `undefined` where nobody can tell. */
  resources(loop: Json, path: Declared['path']): Declared[] | undefined {
    if (!this.#isOn) return undefined;
    const made: Declared[] = [];
    try {
      this.#run(loop, path, made);
    } catch (error) {
      if (error instanceof NotWrittenOut) return undefined;
      throw error;
    }
    return made;
  }

  #run(loop: Json, path: Declared['path'], made: Declared[]): void {
    const [identifier, collection, output] = Array.isArray(loop) ? (loop as readonly Json[]) : [];
    if (typeof identifier !== 'string' || collection === undefined || !isFields(output ?? null)) {
      throw new NotWrittenOut();
    }
    for (const text of this.#texts(collection)) {
      this.#count(1);
      for (const [key, declared] of Object.entries(output as Fields)) {
        const id = inText(key, identifier, text);
        const at = [...path, 2, key];
        const own = this.#replaced(declared, identifier, text);
        if (key.startsWith(LOOP)) this.#run(own, at, made);
        else if (made.length >= MOST_RESOURCES || !/^[A-Za-z0-9]+$/.test(id)) throw new NotWrittenOut();
        else made.push({ id, declared: own, path: at });
      }
    }
  }

  #count(written: number): void {
    this.#written += written;
    if (this.#written > MOST_WRITTEN) throw new NotWrittenOut();
  }

  /** With the element in place of the identifier, in keys as in values, and of a Ref to it. */
  #replaced(value: Json, identifier: string, by: string): Json {
    this.#count(typeof value === 'string' ? value.length : 1);
    if (typeof value === 'string') return inText(value, identifier, by);
    if (Array.isArray(value)) return value.map((one) => this.#replaced(one, identifier, by));
    if (!isFields(value)) return value;
    const names = Object.keys(value);
    if (names.length === 1 && value.Ref === identifier) return by;
    const fields: Record<string, Json> = Object.create(null);
    for (const name of names) {
      fields[inText(name, identifier, by)] = this.#replaced(value[name] as Json, identifier, by);
    }
    return fields;
  }

  /** The elements of a list that is known: written there, or a parameter's. */
  #texts(collection: Json): string[] {
    const resolver = new Resolver(this.#root, this.#given, new Map(), () => undefined);
    const all: Value = resolver.resolve(collection);
    if (!Array.isArray(all)) throw new NotWrittenOut();
    return (all as readonly Value[]).flat().map((one) => {
      if (typeof one !== 'string' && typeof one !== 'number') throw new NotWrittenOut();
      return String(one);
    });
  }
}

/** `${Name}` is the element, and `&{Name}` its letters and digits. */
const inText = (text: string, identifier: string, by: string): string =>
  text
    .replaceAll(`\${${identifier}}`, () => by)
    .replaceAll(`&{${identifier}}`, () => by.replace(/[^A-Za-z0-9]/g, ''));
