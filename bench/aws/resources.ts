/** The account that the benchmarks ask about. What a resource is follows from its number, so that nothing is stored. */
export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** One resource in ten takes a rule further than the first look. */
export const isTenth = (index: number) => index % 10 === 0;

export const userName = (index: number) => `user-${index}`;
export const bucketName = (index: number) => `bucket-${index}`;
export const groupId = (index: number) => `sg-${String(index).padStart(17, '0')}`;
export const trailName = (index: number) => `trail-${index}`;

/** Every tenth security group lets the office in, which is a prefix list. */
export const OFFICE = 'pl-0123456789abcdef0';
export const OFFICE_ENTRIES = ['10.20.0.0/16', '10.30.0.0/16'];

/** Every tenth bucket can be read by anyone: nothing settles that before the account's Block Public Access. */
export const publicPolicy = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Site',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

/** A day on which no key is too old: they are all a month old. */
export const monthAgo = () => daysAgo(30);

export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
