import { Aws } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { namesOf } from '../account/names.ts';
import { keyArnOf } from '../account/shared.ts';
import { fleetOf } from '../settings/fleet.ts';
import type { Settings } from '../settings/index.ts';
import { FOLDERS } from './layout.ts';
import { type Column, QUESTIONS, RESULT_COLUMNS, RUN_COLUMNS, VIEWS, type View } from './tables.ts';

export interface QueriesProps {
  readonly settings: Settings;
  readonly bucketName: string;
}

const catalogued = (columns: readonly Column[]) =>
  columns.map(([name, type]) => ({ name: name.toLowerCase(), type }));

/** The database over a fleet's bucket, with views, and a work group to ask it in. Nothing crawls: days are projected. */
export class Queries extends Construct {
  constructor(scope: Construct, id: string, { settings, bucketName }: QueriesProps) {
    super(scope, id);
    const fleet = fleetOf(settings);
    if (!fleet) throw new Error('organization.fleet is off');
    // Names in SQL that need no quotes.
    const name = settings.namePrefix.replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name, description: 'Groundrules: what came of judging the organization' },
    });
    const table = (of: string, folder: string, columns: readonly Column[]) =>
      this.#table(database, of, `s3://${bucketName}/${folder}`, columns, fleet.retentionDays);
    const tables = [
      table('results', FOLDERS.results, RESULT_COLUMNS),
      table('runs', FOLDERS.runs, RUN_COLUMNS),
    ];
    for (const view of VIEWS) this.#view(database, name, view).node.addDependency(...tables);
    this.#workGroup(settings, bucketName, name, database);
  }

  /** https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html, https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html */
  #table(
    database: CfnDatabase,
    name: string,
    location: string,
    columns: readonly Column[],
    days: number,
  ): CfnTable {
    return new CfnTable(this, `Table-${name}`, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string' }],
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': `NOW-${days}DAYS,NOW`,
          'projection.day.interval': '1',
          'projection.day.interval.unit': 'DAYS',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena's own placeholder
          'storage.location.template': `${location}day=${'${day}'}/`,
        },
        storageDescriptor: {
          columns: catalogued(columns),
          location,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
            parameters: { 'case.insensitive': 'true' },
          },
        },
      },
    });
  }

  /** As Athena itself keeps a view in the catalogue. */
  #view(database: CfnDatabase, schema: string, { name, description, sql, columns }: View): CfnTable {
    const content = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema,
      columns: columns.map(([column, type]) => ({ name: column, type: trinoType(type) })),
    };
    return new CfnTable(this, `View-${name}`, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name,
        description,
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(content)).toString('base64')} */`,
        viewExpandedText: '/* Presto View */',
        partitionKeys: [],
        storageDescriptor: { columns: catalogued(columns), location: '', serdeInfo: {} },
      },
    });
  }

  #workGroup(settings: Settings, bucketName: string, database: string, made: CfnDatabase): void {
    const keyArn = keyArnOf(this, settings);
    const name = namesOf(settings).other('fleet');
    const limit = fleetOf(settings)?.queryLimitGigabytes ?? 0;
    const group = new CfnWorkGroup(this, 'WorkGroup', {
      name,
      description: 'Groundrules: questions about the organization',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: limit * 1024 ** 3,
        resultConfiguration: {
          outputLocation: `s3://${bucketName}/${FOLDERS.queries}`,
          expectedBucketOwner: Aws.ACCOUNT_ID,
          encryptionConfiguration:
            keyArn === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: keyArn },
        },
      },
    });
    for (const question of QUESTIONS) {
      const query = new CfnNamedQuery(this, `Query-${question.name}`, {
        name: namesOf(settings).other(question.name),
        description: question.description,
        database,
        queryString: question.sql,
        workGroup: name,
      });
      query.addResourceDependency(group);
      query.addResourceDependency(made);
    }
  }
}

/** `array<struct<id:string>>` is `array(row(id varchar))`. */
export function trinoType(type: string): string {
  const array = /^array<(.+)>$/.exec(type)?.[1];
  if (array !== undefined) return `array(${trinoType(array)})`;
  const struct = /^struct<(.+)>$/.exec(type)?.[1];
  if (struct !== undefined) return `row(${struct.split(',').map(member).join(', ')})`;
  return type === 'string' ? 'varchar' : type;
}

function member(text: string): string {
  const [name, type = 'string'] = text.split(':');
  return `${name} ${trinoType(type)}`;
}
