/**
 * How the functions' code gets to an organization: a bucket in each Region, since Lambda takes code from its own Region only
 * (https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html), which every account of the organization can read.
 */
import {
  AssetManifestBuilder,
  AssetStaging,
  Aws,
  CfnParameter,
  type DockerImageAssetLocation,
  type FileAssetLocation,
  FileAssetPackaging,
  type FileAssetSource,
  FileSystem,
  Fn,
  type ISynthesisSession,
  RemovalPolicy,
  Stack,
  type StackProps,
  StackSynthesizer,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../account/acknowledge.ts';
import { tagAll } from '../account/shared.ts';
import type { Settings } from '../settings/index.ts';

/** What the buckets' names begin with, `-<Region>` follows. */
const prefixOf = ({ namePrefix }: Settings, account: string) => `${namePrefix}-code-${account}`;

/** The parameter of a member's template that says where the code is: {@link prefixOf} of the account that administers StackSets. */
export const CODE_BUCKETS = 'CodeBuckets';

/** Its value in a stack of that account. */
export const codeBuckets = (settings: Settings): string => prefixOf(settings, Aws.ACCOUNT_ID);

/** A function's code, as it is in the bucket of whatever Region the function is in. */
export class ReleasedCode extends lambda.Code {
  readonly isInline = false;
  /** Named by its content: what a member runs changes with its stack, and with nothing else. */
  readonly objectKey: string;

  /** @param folder of the bundle. */
  constructor(readonly folder: string) {
    super();
    this.objectKey = `${FileSystem.fingerprint(folder)}.zip`;
  }

  override bind(scope: Construct): lambda.CodeConfig {
    const stack = Stack.of(scope);
    const buckets =
      (stack.node.tryFindChild(CODE_BUCKETS) as CfnParameter | undefined) ??
      new CfnParameter(stack, CODE_BUCKETS, {
        description: 'What the names of the buckets with the code begin with; the Region follows',
        allowedPattern: '^[a-z0-9-]{3,48}$',
      });
    return {
      s3Location: {
        bucketName: Fn.join('-', [buckets.valueAsString, Aws.REGION]),
        objectKey: this.objectKey,
      },
    };
  }
}

export interface CodeStackProps extends StackProps {
  /** With an organization, whose accounts may read. */
  readonly settings: Settings;
  readonly region: string;
}

/** The bucket of a Region, in the account that administers StackSets: the management account, or its delegated administrator. */
export class CodeStack extends Stack {
  constructor(scope: Construct, id: string, { settings, region, ...props }: CodeStackProps) {
    if (!settings.organization) throw new Error('organization is off: nobody would read the code');
    const { organizationId, delegatedAdministratorAccountId: account } = settings.organization;
    super(scope, id, {
      description: "Groundrules: the functions' code, for the accounts of the organization",
      ...props,
      env: { ...(account !== undefined && { account }), ...props.env, region },
    });
    tagAll(this, settings);
    const bucket = new s3.Bucket(this, 'Code', {
      bucketName: `${prefixOf(settings, Aws.ACCOUNT_ID)}-${region}`,
      // A customer key would have to be shared with every account, and AWS's key cannot be.
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      // Whoever deletes the stack deletes the bucket by hand; members' functions do not need it once they are made. A
      // bucket of a failed deployment is deleted again, because it is empty and the next attempt needs its name.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // Lambda reads the code as whoever makes the function ("make sure your request credentials have permission to
    // GetObject", says its error). In a member that is CloudFormation with the role stacksets-exec-*, whose organization
    // is this one (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html).
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'OrganizationReads',
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      }),
    );
    const published = 'It holds code that is published and templates, and only the deployment writes to it';
    acknowledge(bucket, {
      'AwsSolutions-S1': `${published}: the data events of a trail tell who read it.`,
      'NIST.800.53.R5-S3BucketLoggingEnabled': `${published}: the data events of a trail tell who read it.`,
      'NIST.800.53.R5-S3BucketReplicationEnabled': `${published}, again at any time: each Region has its own.`,
      'NIST.800.53.R5-S3DefaultEncryptionKMS': `${published}. A key would have to be shared with every account.`,
    });
  }
}

/**
 * Uploads the code to the buckets of all Regions, and templates to the home Region's, before its stack is deployed
 * and after the stacks that it depends on are, with the credentials of the command itself.
 *
 * The CDK's BucketDeployment would need a function in the management account that may write the code of every
 * account. This way only the person who deploys may, and no function stays behind.
 */
export class ReleaseSynthesizer extends StackSynthesizer {
  readonly #manifest = new AssetManifestBuilder();

  /** @param region the home Region: where the stack is, and the templates go. */
  constructor(
    readonly region: string,
    readonly settings: Settings,
  ) {
    super();
  }

  /** Uploads a function's code to the bucket of a Region. It is copied into the assembly, which may be deployed elsewhere. */
  release({ folder, objectKey }: ReleasedCode, region: string): void {
    const stack = this.boundStack;
    const id = `Code-${objectKey}`;
    const staged =
      (stack.node.tryFindChild(id) as AssetStaging | undefined) ??
      new AssetStaging(stack, id, { sourcePath: folder });
    this.#manifest.addFileAsset(
      stack,
      `${objectKey}-${region}`,
      { path: staged.relativeStagedPath(stack), packaging: FileAssetPackaging.ZIP_DIRECTORY },
      { bucketName: this.#bucketIn(region), objectKey, region },
    );
  }

  override addFileAsset({ sourceHash, fileName, packaging }: FileAssetSource): FileAssetLocation {
    if (!fileName || packaging !== FileAssetPackaging.FILE) {
      throw new Error('a stack of the organization uploads templates and released code, and nothing else');
    }
    const destination = {
      bucketName: this.#bucketIn(this.region),
      objectKey: `${sourceHash}.json`,
      region: this.region,
    };
    this.#manifest.addFileAsset(
      this.boundStack,
      sourceHash,
      { path: fileName, packaging: FileAssetPackaging.FILE },
      destination,
    );
    return this.cloudFormationLocationFromFileAsset(destination);
  }

  /** The CDK fills in the account that it deploys to. */
  #bucketIn(region: string): string {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CDK's own placeholder
    return `${prefixOf(this.settings, '${AWS::AccountId}')}-${region}`;
  }

  override addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('a stack of the organization uploads no images');
  }

  override synthesize(session: ISynthesisSession): void {
    const template = this.addFileAsset(this.synthesizeTemplate(session));
    const manifest = this.#manifest.emitManifest(this.boundStack, session);
    this.emitArtifact(session, {
      additionalDependencies: [manifest],
      ...(template.s3ObjectUrlWithPlaceholders && {
        stackTemplateAssetObjectUrl: template.s3ObjectUrlWithPlaceholders,
      }),
    });
  }
}
