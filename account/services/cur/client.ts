/**
 * A client of the Cost and Usage Report service, as far as it is asked here: the SDK's own JSON client with this service's name,
 * address and schemas. AWS's package for it (`client-cost-and-usage-report-service`) is of 2023 in registries that lag, and
 * brings that year's whole SDK along (docs/decisions.md).
 */
import { BudgetsClient, type BudgetsClientConfig } from '@aws-sdk/client-budgets';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { ClientConfig } from '../../live/service.ts';
import { partitionOf } from '../../reading.ts';

const NAMESPACE = 'com.amazonaws.costandusagereportservice';
const TARGET = 'AWSOrigamiServiceGatewayService';

// The SDK writes shapes down as lists: the kind (3: a structure, 1: a list, 9: an operation), namespace, name, traits, members.
const status = [3, NAMESPACE, 'ReportStatus', 0, ['lastDelivery', 'lastStatus'], [0, 0]];
const definition = [
  3,
  NAMESPACE,
  'ReportDefinition',
  0,
  [
    'ReportName',
    'TimeUnit',
    'Format',
    'Compression',
    'S3Bucket',
    'S3Prefix',
    'S3Region',
    'ReportVersioning',
    'ReportStatus',
  ],
  [0, 0, 0, 0, 0, 0, 0, 0, () => status],
];
const definitions = [1, NAMESPACE, 'ReportDefinitionList', 0, () => definition];
const request = [3, NAMESPACE, 'DescribeReportDefinitionsRequest', 0, ['MaxResults', 'NextToken'], [1, 0]];
const response = [
  3,
  NAMESPACE,
  'DescribeReportDefinitionsResponse',
  0,
  ['ReportDefinitions', 'NextToken'],
  [() => definitions, 0],
];
export const DescribeReportDefinitions$ = [
  9,
  NAMESPACE,
  'DescribeReportDefinitions',
  0,
  () => request,
  () => response,
];

/** Only the one Region of the partition has it, and the service sends nobody there. */
const addressIn = (region: string) =>
  `https://cur.${region}.amazonaws.com${partitionOf(region) === 'aws-cn' ? '.cn' : ''}`;

export class CostReportClient extends BudgetsClient {
  constructor(config: ClientConfig) {
    const { region } = config;
    super({
      ...config,
      serviceId: 'Cost and Usage Report Service',
      protocolSettings: { defaultNamespace: NAMESPACE, version: '2017-01-06', serviceTarget: TARGET },
      endpointProvider: ({ Endpoint }: { readonly Endpoint?: unknown }) => ({
        url: new URL(typeof Endpoint === 'string' ? Endpoint : addressIn(region)),
        properties: { authSchemes: [{ name: 'sigv4', signingName: 'cur', signingRegion: region }] },
      }),
    } as unknown as BudgetsClientConfig);
  }

  /** One page; so many reports at a time, no more and no less, are AWS's own limit. */
  async reports(NextToken: string | undefined): Promise<ReportPage> {
    const endpoint = { Endpoint: { type: 'builtInParams', name: 'endpoint' } };
    const command = makeBuilder(endpoint as never, TARGET, 'CostReportClient', getEndpointPlugin as never);
    const Describe = command(
      {} as never,
      (() => []) as never,
      'DescribeReportDefinitions',
      DescribeReportDefinitions$ as never,
    ) as unknown as new (
      input: object,
    ) => never;
    return (await this.send(new Describe({ MaxResults: 5, NextToken }))) as ReportPage;
  }
}

export interface ReportPage {
  readonly ReportDefinitions?: readonly object[];
  readonly NextToken?: string;
}
