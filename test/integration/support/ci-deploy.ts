/** The user whose access keys documents deactivate on moto: `ci-deploy`. */
import { IAMClient, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import type { Picture } from './picture.ts';
import type { Rival } from './remediation.ts';

export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a run changes. */
export const changes = /^user ci-deploy$/;

/** No key is deleted, whatever happens. */
export const safe = (before: Picture, now: Picture) => {
  const idsOf = (picture: Picture) =>
    (JSON.parse(picture['user ci-deploy'] ?? '[]') as { AccessKeyId: string }[]).map(
      (key) => key.AccessKeyId,
    );
  expect(idsOf(before)).not.toEqual([]);
  expect(idsOf(now)).toEqual(idsOf(before));
};

/** @param keys the user's, as they were made last. */
export const deactivatesByHand = (keys: () => readonly Key[]): Rival => ({
  does: 'deactivates the second key by hand',
  async strike(client) {
    const iam = new IAMClient(client);
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: 'ci-deploy' }));
    const key = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === keys()[1]?.accessKeyId);
    if (key?.Status !== 'Active') return false;
    const { AccessKeyId } = key;
    await iam.send(new UpdateAccessKeyCommand({ UserName: 'ci-deploy', AccessKeyId, Status: 'Inactive' }));
    return true;
  },
  holds: (now) =>
    expect(JSON.parse(now['user ci-deploy'] ?? '[]')).toContainEqual(
      expect.objectContaining({ AccessKeyId: keys()[1]?.accessKeyId, Status: 'Inactive' }),
    ),
});
