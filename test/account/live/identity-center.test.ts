import { HttpResponse } from '@smithy/core/protocols';
import { liveSource } from '../../../account/live/source.ts';
import { readAccount } from '../../../account/open.ts';
import { asksIn } from '../../../account/services/gather.ts';
import * as sso from '../../../account/services/sso-admin/live.ts';
import { instances } from '../../../account/services/sso-admin/readings.ts';

const page = (arn: string, NextToken?: string) =>
  JSON.stringify({ Instances: [{ InstanceArn: arn, OwnerAccountId: '111122223333' }], NextToken });

test('instances of all Regions are asked for, on every page', async () => {
  const asked: unknown[] = [];
  const handle = async (request: { hostname: string; headers: Record<string, string>; body: string }) => {
    const body = Buffer.from(request.body).toString();
    asked.push([
      request.hostname,
      JSON.parse(body),
      Number(request.headers['content-length']) === body.length,
    ]);
    const answer =
      asked.length === 1 ? page('arn:aws:sso:::instance/a', 'next') : page('arn:aws:sso:::instance/b');
    return { response: new HttpResponse({ statusCode: 200, headers: {}, body: Buffer.from(answer) }) };
  };
  const account = readAccount(
    liveSource({
      accountId: '111122223333',
      regions: ['ap-northeast-2'],
      asks: asksIn({ sso }),
      config: {
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
        requestHandler: { handle },
      },
    }),
  );
  expect((await account.read(instances)).map(({ arn }) => arn)).toEqual([
    'arn:aws:sso:::instance/a',
    'arn:aws:sso:::instance/b',
  ]);
  const host = 'sso.us-east-1.amazonaws.com';
  expect(asked).toEqual([
    [host, { MaxResults: 100, RegionScope: 'ALL_REGIONS' }, true],
    [host, { MaxResults: 100, NextToken: 'next', RegionScope: 'ALL_REGIONS' }, true],
  ]);
});
