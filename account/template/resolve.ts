/** What the functions of a template give, as far as that is known before it is deployed. */
import { partitionOf } from '../reading.ts';
import { Conditions, type World } from './conditions.ts';
import { type Fields, isFields, type Json, splitOnce } from './parse.ts';
import { hasUnknown, hole, isUnknown, joined, Unknown, type Value } from './unknown.ts';

/** What is known besides the template. */
export interface Given {
  readonly accountId?: string;
  readonly region?: string;
  /** By the parameter's name: `--parameter-overrides`. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** What a reference to a resource gives, or to one of its attributes; `undefined` where AWS decides it. */
export type References = (logicalId: string, attribute: string | undefined) => Value | undefined;

/** `AWS::NoValue`: the property, or the element, is not there. */
const NOTHING = Symbol('AWS::NoValue');
type Resolved = Value | typeof NOTHING;

const DYNAMIC = /\{\{resolve:(\w[\w-]*)/;

export class Resolver {
  readonly conditions: Conditions;
  readonly #template: Fields;
  readonly #given: Given;
  readonly #references: References;

  /** @param world how the comparisons turn out that nobody can make yet. */
  constructor(template: Fields, given: Given, world: World, references: References) {
    this.#template = template;
    this.#given = given;
    this.#references = references;
    this.conditions = new Conditions(template.Conditions, world, (value) => this.resolve(value));
  }

  /** The value; `undefined` for `AWS::NoValue`. */
  resolve(value: Json): Value {
    const found = this.#resolve(value);
    return found === NOTHING ? null : found;
  }

  #resolve(value: Json): Resolved {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) {
      return value.map((one) => this.#resolve(one)).filter((one): one is Value => one !== NOTHING);
    }
    return isFields(value) ? this.#map(value) : (value as Value);
  }

  /** A dynamic reference is looked up when the template is deployed. */
  #text(value: string): Value {
    const [, service] = DYNAMIC.exec(value) ?? [];
    return service === undefined
      ? value
      : new Unknown(`{{resolve:${service}:…}} is looked up when the template is deployed`, {
          text: value.replaceAll(/\{\{resolve:[^}]*\}\}/g, (one) => hole(one)),
        });
  }

  #map(value: Fields): Resolved {
    const names = Object.keys(value);
    const call = names.find((name) => name === 'Ref' || name.startsWith('Fn::'));
    if (call !== undefined && names.length === 1) return this.#call(call, value[call] as Json);
    if (call !== undefined && call !== 'Ref') return this.#whole(call);
    const entries = names
      .map((name) => [name, this.#resolve(value[name] as Json)] as const)
      .filter((entry): entry is readonly [string, Value] => entry[1] !== NOTHING);
    const map: Record<string, Value> = Object.create(null);
    for (const [name, one] of entries) map[name] = one;
    return map;
  }

  #whole = (name: string): Unknown =>
    name.startsWith('Fn::ForEach::')
      ? new Unknown('Fn::ForEach makes it, which is not carried out here')
      : new Unknown(`${name} makes it, which only CloudFormation runs`);

  #call(name: string, argument: Json): Resolved {
    switch (name) {
      case 'Ref':
        return typeof argument === 'string'
          ? this.#ref(argument)
          : new Unknown('a Ref of something computed');
      case 'Fn::If':
        return this.#if(argument);
      case 'Fn::GetAtt':
        return this.#attribute(argument);
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::ImportValue':
        return new Unknown(`Fn::ImportValue takes ${this.#named(argument)} from another stack`);
      case 'Fn::GetAZs':
      case 'Fn::Cidr':
        return new Unknown(`${name} is worked out when the template is deployed`, { isFree: false });
      case 'Fn::FindInMap':
        return this.#lookUp(argument);
    }
    const compute = PLAIN[name];
    return compute ? compute(this.resolve(argument)) : this.#whole(name);
  }

  #named(argument: Json): string {
    const name = this.resolve(argument);
    return typeof name === 'string' ? name : 'a value';
  }

  #ref(name: string): Resolved {
    if (name === 'AWS::NoValue') return NOTHING;
    if (name.startsWith('AWS::')) return this.#pseudo(name);
    const parameters = this.#template.Parameters;
    if (isFields(parameters) && Object.hasOwn(parameters, name)) {
      return this.#parameter(name, parameters[name] as Json);
    }
    return this.#ofResource(name, undefined);
  }

  #pseudo(name: string): Value {
    const { accountId, region } = this.#given;
    // The commercial partition, unless a Region says otherwise: rules go by none.
    const partition = partitionOf(region ?? 'us-east-1');
    const option = { 'AWS::AccountId': '--account', 'AWS::Region': '--region' }[name];
    const said = {
      'AWS::AccountId': accountId,
      'AWS::Region': region,
      'AWS::Partition': partition,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    }[name];
    if (said !== undefined) return said;
    const why = option
      ? `${name} is not known: give ${option}`
      : `${name} is not known before it is deployed`;
    return new Unknown(why, { text: hole(name), isFree: false });
  }

  #parameter(name: string, declared: Json): Value {
    const fields = isFields(declared) ? declared : {};
    const type = String(fields.Type ?? 'String');
    const unknown = (why: string) => new Unknown(why, { text: hole(name) });
    if (type.startsWith('AWS::SSM::Parameter::')) {
      return unknown(`parameter ${name} is looked up in Parameter Store when the template is deployed`);
    }
    const { overrides } = this.#given;
    const said = Object.hasOwn(overrides, name) ? overrides[name] : fields.Default;
    if (said === undefined || said === null || typeof said === 'object') {
      return unknown(`parameter ${name} has no value: give --parameter-overrides ${name}=…`);
    }
    const text = this.#text(String(said));
    if (isUnknown(text)) return text;
    const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
    return isList && typeof text === 'string' ? text.split(',').map((one) => one.trim()) : text;
  }

  #attribute(argument: Json): Value {
    const [name, attribute] = (
      typeof argument === 'string' ? splitOnce(argument) : argument
    ) as readonly Json[];
    if (typeof name !== 'string' || attribute === undefined)
      return new Unknown('a GetAtt of something computed');
    const said = this.resolve(attribute);
    return typeof said === 'string'
      ? this.#ofResource(name, said)
      : new Unknown('a GetAtt of something computed');
  }

  #ofResource(name: string, attribute: string | undefined): Value {
    const known = this.#references(name, attribute);
    if (known !== undefined) return known;
    const what = attribute === undefined ? name : `${name}.${attribute}`;
    return new Unknown(`${what} is not known before it is deployed`, {
      text: hole(what),
      isFree: !this.#isMadeUp(name, attribute),
    });
  }

  /** Whether AWS makes it up: of a resource of the template's, but for what a person, a function or another template says by it. */
  #isMadeUp(name: string, attribute: string | undefined): boolean {
    const { Resources: resources } = this.#template;
    if (!isFields(resources) || !Object.hasOwn(resources, name)) return false;
    const resource = resources[name];
    const type = isFields(resource) && typeof resource.Type === 'string' ? resource.Type : '';
    return !(ANYTHING.test(type) || (attribute !== undefined && SAID.test(type)));
  }

  #sub(argument: Json): Value {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof text !== 'string') return new Unknown('an Fn::Sub of something computed');
    const values = isFields(own) ? own : {};
    const parts: Value[] = [];
    let from = 0;
    for (const found of text.matchAll(/\$\{([^}]*)\}/g)) {
      parts.push(text.slice(from, found.index));
      from = found.index + found[0].length;
      parts.push(this.#variable(found[1] as string, values));
    }
    parts.push(text.slice(from));
    const whole = joined(parts);
    return typeof whole === 'string' ? this.#text(whole) : whole;
  }

  #variable(written: string, values: Fields): Value {
    if (written.startsWith('!')) return `\${${written.slice(1)}}`;
    const name = written.trim();
    if (Object.hasOwn(values, name)) return this.resolve(values[name] as Json);
    const found = name.includes('.') ? this.#attribute(splitOnce(name)) : this.#ref(name);
    return found === NOTHING ? '' : found;
  }

  #if(argument: Json): Resolved {
    if (!Array.isArray(argument) || argument.length !== 3) {
      return new Unknown('an Fn::If that is not as CloudFormation has it');
    }
    const [name, yes = null, no = null] = argument as readonly Json[];
    if (typeof name !== 'string') return new Unknown('an Fn::If that is not as CloudFormation has it');
    const holds = this.conditions.holds(name);
    if (holds !== undefined) return this.#resolve(holds ? yes : no);
    const either = [this.resolve(yes), this.resolve(no)];
    return new Unknown(`condition ${name} is not known`, { either });
  }

  #lookUp(argument: Json): Value {
    const [map, first, second, options] = Array.isArray(argument) ? argument : [];
    const keys = [map, first, second].map((key) => this.resolve(key ?? null));
    const open = keys.find(isUnknown);
    if (open) return new Unknown(open.why);
    const fallback = isFields(options) ? options.DefaultValue : undefined;
    let at: Json | undefined = this.#template.Mappings;
    for (const key of keys) {
      at = isFields(at) && Object.hasOwn(at, String(key)) ? at[String(key)] : undefined;
    }
    const found = at ?? fallback;
    if (found !== undefined) return this.resolve(found);
    return new Unknown(`Mappings has no ${keys.map(String).join('.')}`);
  }
}

/** A function of somebody's answers for a custom resource, and an access key's id is half of a secret. */
const ANYTHING = /^(?:Custom::.*|AWS::CloudFormation::CustomResource|AWS::IAM::AccessKey)$/;
/** Their attributes are another template's outputs, a text of somebody's, what a machine has signalled. */
const SAID = /^(?:AWS::CloudFormation::(?:Stack|WaitCondition)|AWS::SSM::Parameter)$/;

/** The functions that need nothing but their argument. */
const PLAIN: Readonly<Record<string, (argument: Value) => Value>> = {
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Base64': base64,
  'Fn::Length': (list) =>
    Array.isArray(list) ? list.length : isUnknown(list) ? list : new Unknown('an Fn::Length of no list'),
  'Fn::ToJsonString': (value) => {
    const [open] = openIn(value);
    return open ?? JSON.stringify(value);
  },
};

const openIn = (value: Value): Unknown[] => (hasUnknown(value) ? [firstIn(value)] : []);
function firstIn(value: Value): Unknown {
  if (isUnknown(value)) return new Unknown(value.why);
  const inner = Object.values(value as object).find((one) => hasUnknown(one as Value)) as Value;
  return firstIn(inner);
}

function join(argument: Value): Value {
  const [delimiter, list] = Array.isArray(argument) ? argument : [];
  if (isUnknown(list)) return new Unknown(list.why);
  if (typeof delimiter !== 'string' || !Array.isArray(list)) {
    return new Unknown('an Fn::Join that is not as CloudFormation has it');
  }
  // A list in it (a parameter of the type List) is one of its texts.
  const texts: Value[] = list.flat();
  return joined(texts.flatMap((one, index) => (index === 0 ? [one] : [delimiter, one])));
}

function select(argument: Value): Value {
  const [index, list] = Array.isArray(argument) ? argument : [];
  if (isUnknown(index)) return new Unknown(index.why, Array.isArray(list) ? { either: list } : {});
  if (isUnknown(list)) return new Unknown(list.why, { isFree: list.isFree });
  const found = Array.isArray(list) && /^\d+$/.test(String(index)) ? list[Number(index)] : undefined;
  return found ?? new Unknown(`Fn::Select finds nothing at ${index}`);
}

function split(argument: Value): Value {
  const [delimiter, text] = Array.isArray(argument) ? argument : [];
  if (isUnknown(text)) return new Unknown(text.why, { isFree: text.isFree });
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string') {
    return new Unknown('an Fn::Split that is not as CloudFormation has it');
  }
  return text.split(delimiter);
}

function base64(argument: Value): Value {
  if (typeof argument === 'string') return Buffer.from(argument).toString('base64');
  // The text stays as it is, for whoever can look into the part that is known.
  return isUnknown(argument) ? argument : new Unknown('an Fn::Base64 of no text');
}
