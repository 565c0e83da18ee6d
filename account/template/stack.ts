/** A template's resources in one world: which of them it makes, with the properties that they get, as far as these are known. */
import { partitionOf } from '../reading.ts';
import type { World } from './conditions.ts';
import { isFields, type Json } from './parse.ts';
import { type Given, Resolver } from './resolve.ts';
import type { Template, TemplateResource } from './template.ts';
import { isMap, isUnknown, type Known, shown, textOf, type Value } from './unknown.ts';

/** The account of a template that does not say it. */
export const NO_ACCOUNT = '000000000000';
/** The Region of a template that does not say it, as of a resource without one. */
export const NO_REGION = 'global';

/** What a reference to a resource of this type gives, and by which property people name it. */
interface Kind {
  readonly name?: string;
  /** What Ref gives: the name (else the logical id stands for it), the ARN, or the logical id in place of an id that AWS makes. */
  readonly ref: 'name' | 'arn' | 'id';
  /** The ARN's last part: `role{path}{name}`. */
  readonly arn?: { readonly service: string; readonly of: string };
  /** Attributes that are the id as well. */
  readonly ids?: readonly string[];
  /** Attributes that only repeat a property. */
  readonly same?: readonly string[];
}

const iam = (of: string) => ({ service: 'iam', of });

const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::S3::Bucket': { name: 'BucketName', ref: 'name', arn: { service: 's3', of: '{name}' } },
  'AWS::EC2::SecurityGroup': { name: 'GroupName', ref: 'id', ids: ['GroupId', 'Id'] },
  'AWS::EC2::PrefixList': { name: 'PrefixListName', ref: 'id', ids: ['PrefixListId'] },
  'AWS::EC2::LaunchTemplate': { name: 'LaunchTemplateName', ref: 'id', ids: ['LaunchTemplateId'] },
  'AWS::EC2::Instance': { ref: 'id', ids: ['InstanceId'] },
  'AWS::EC2::VPC': { ref: 'id', ids: ['VpcId'], same: ['CidrBlock'] },
  'AWS::EC2::Subnet': { ref: 'id', ids: ['SubnetId'], same: ['CidrBlock', 'Ipv6CidrBlock'] },
  'AWS::IAM::Role': { name: 'RoleName', ref: 'name', arn: iam('role{path}{name}') },
  'AWS::IAM::User': { name: 'UserName', ref: 'name', arn: iam('user{path}{name}') },
  'AWS::IAM::Group': { name: 'GroupName', ref: 'name', arn: iam('group{path}{name}') },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', ref: 'arn', arn: iam('policy{path}{name}') },
  'AWS::IAM::InstanceProfile': {
    name: 'InstanceProfileName',
    ref: 'name',
    arn: iam('instance-profile{path}{name}'),
  },
  'AWS::CloudTrail::Trail': {
    name: 'TrailName',
    ref: 'name',
    arn: { service: 'cloudtrail', of: 'trail/{name}' },
  },
  'AWS::RDS::DBInstance': { name: 'DBInstanceIdentifier', ref: 'name' },
  'AWS::RDS::DBCluster': { name: 'DBClusterIdentifier', ref: 'name' },
  'AWS::DocDB::DBInstance': { name: 'DBInstanceIdentifier', ref: 'name' },
  'AWS::DocDB::DBCluster': { name: 'DBClusterIdentifier', ref: 'name' },
  'AWS::Neptune::DBInstance': { name: 'DBInstanceIdentifier', ref: 'name' },
  'AWS::Neptune::DBCluster': { name: 'DBClusterIdentifier', ref: 'name' },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    ref: 'arn',
    arn: { service: 'secretsmanager', of: 'secret:{name}' },
    ids: [],
  },
};

/** The services whose ARNs have neither Region nor account, or no Region. */
const WHERE: Readonly<Record<string, (region: string, account: string) => string>> = {
  s3: () => ':',
  iam: (_, account) => `:${account}`,
};

export class Stack {
  readonly resolver: Resolver;
  readonly accountId: string;
  readonly region: string;
  /** Those that this world makes. */
  readonly resources: readonly TemplateResource[];
  readonly #properties = new Map<string, Value>();
  readonly #names = new Map<string, string>();
  readonly #open = new Set<string>();
  readonly #byId: ReadonlyMap<string, TemplateResource>;

  /** @param isLookedAt by its type: the conditions of other resources are nobody's business. */
  constructor(template: Template, given: Given, world: World, isLookedAt: (type: string) => boolean) {
    this.accountId = given.accountId ?? NO_ACCOUNT;
    this.region = given.region ?? NO_REGION;
    this.#byId = new Map(template.resources.map((one) => [one.id, one]));
    this.resolver = new Resolver(template.root, given, world, (id, attribute) =>
      this.#reference(id, attribute),
    );
    const { conditions } = this.resolver;
    this.resources = template.resources.filter(
      ({ type, condition }) =>
        isLookedAt(type) && (condition === undefined || conditions.holds(condition) !== false),
    );
  }

  ofType(...types: readonly string[]): TemplateResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** A resource's properties; those that are not known as a whole are none. */
  properties({ id, properties }: TemplateResource): Known {
    const made = this.#properties.get(id) ?? this.resolver.resolve(properties);
    this.#properties.set(id, made);
    return isMap(made) ? made : {};
  }

  /** Why nothing is known of a resource's properties, where a macro makes all of them. */
  whole({ id, properties }: TemplateResource): Value {
    const made = this.#properties.get(id) ?? this.resolver.resolve(properties);
    this.#properties.set(id, made);
    return made;
  }

  /** What names a resource here: its own name as far as it is said, else its logical id. */
  nameOf({ id, type, properties }: TemplateResource): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const { name: property } = KINDS[type] ?? {};
    const given = property !== undefined && isFields(properties) ? properties[property] : undefined;
    const said = this.#once(id, () => (given === undefined ? null : this.resolver.resolve(given as Json)));
    const text = textOf(said) ?? (isUnknown(said) ? shown(said) : undefined);
    const name = text === undefined || text === '' ? id : text;
    this.#names.set(id, name);
    return name;
  }

  /** The name that it will have, where that is known. */
  knownName(resource: TemplateResource): string | undefined {
    const { name: property } = KINDS[resource.type] ?? {};
    const given =
      property !== undefined && isFields(resource.properties) ? resource.properties[property] : undefined;
    const said = given === undefined ? undefined : this.resolver.resolve(given as Json);
    return typeof said === 'string' && said !== '' ? said : undefined;
  }

  arnOf(resource: TemplateResource): string {
    const { service, of } = KINDS[resource.type]?.arn ?? { service: 'unknown', of: '{name}' };
    const path = isFields(resource.properties) ? resource.properties.Path : undefined;
    const said = typeof path === 'string' && path.startsWith('/') ? path : '/';
    const last = of.replace('{path}', () => said).replace('{name}', () => this.nameOf(resource));
    const where = WHERE[service]?.(this.region, this.accountId) ?? `${this.region}:${this.accountId}`;
    return `arn:${partitionOf(this.region)}:${service}:${where}:${last}`;
  }

  #reference(id: string, attribute: string | undefined): Value | undefined {
    const resource = this.#byId.get(id);
    const kind = resource && KINDS[resource.type];
    if (!resource || !kind) return undefined;
    if (attribute === undefined) {
      if (kind.ref === 'id') return id;
      return kind.ref === 'arn' ? this.arnOf(resource) : this.nameOf(resource);
    }
    if (kind.ids?.includes(attribute)) return id;
    if (attribute === 'Arn' && kind.arn) return this.arnOf(resource);
    if (!kind.same?.includes(attribute) || !isFields(resource.properties)) return undefined;
    const said = resource.properties[attribute];
    return said === undefined ? undefined : this.#once(id, () => this.resolver.resolve(said));
  }

  /** A name that is made of itself is none. */
  #once(id: string, resolve: () => Value): Value {
    if (this.#open.has(id)) return null;
    this.#open.add(id);
    try {
      return resolve();
    } finally {
      this.#open.delete(id);
    }
  }
}
