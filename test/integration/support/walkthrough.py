"""Creates, updates and deletes a stack on moto, and says after each step what is there.

Reads from standard input {"endpoint": …, "region": …, "steps": [template or null, …]}: the first template is created, every
further one updates the stack, null deletes it. With "parameters", the templates' own; with "objects" ([bucket, key, base64]),
what lies in S3 before. Prints a JSON list of pictures. What moto's CloudFormation does not know
(alarms, dashboards, conformance packs) it leaves out.
"""

import ast
import base64
import json
import sys

import boto3

asked = json.load(sys.stdin)


def client(service):
    return boto3.client(
        service,
        endpoint_url=asked["endpoint"],
        region_name=asked["region"],
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


cloudformation, functions, ssm, iam, events, queues, s3, logs = map(
    client, ["cloudformation", "lambda", "ssm", "iam", "events", "sqs", "s3", "logs"]
)
STACK = "Groundrules"


def apply(template, exists):
    arguments = {
        "StackName": STACK,
        "TemplateBody": json.dumps(template),
        "Capabilities": ["CAPABILITY_NAMED_IAM"],
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": value} for key, value in asked.get("parameters", {}).items()
        ],
    }
    (cloudformation.update_stack if exists else cloudformation.create_stack)(**arguments)
    return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]


def function(one):
    policy = json.loads(functions.get_policy(FunctionName=one["FunctionName"])["Policy"]) if has_policy(one) else {}
    return {
        "runtime": one["Runtime"],
        "timeout": one["Timeout"],
        "role": one["Role"].split("/")[-1],
        "invokers": sorted(s["Principal"]["Service"] for s in policy.get("Statement", [])),
    }


def has_policy(one):
    try:
        functions.get_policy(FunctionName=one["FunctionName"])
        return True
    except functions.exceptions.ResourceNotFoundException:
        return False


def role(name):
    inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
    return {
        policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in inline
    }


def every(service, operation, field, **arguments):
    pages = service.get_paginator(operation).paginate(**arguments)
    return [one for page in pages for one in page.get(field, [])]


def picture(status):
    documents = every(ssm, "list_documents", "DocumentIdentifiers", Filters=[{"Key": "Owner", "Values": ["Self"]}])
    return {
        "status": status,
        "functions": {
            one["FunctionName"]: function(one) for one in every(functions, "list_functions", "Functions")
        },
        "documents": {
            # moto keeps content that is an object as Python writes it.
            one["Name"]: ast.literal_eval(ssm.get_document(Name=one["Name"])["Content"])
            for one in documents
        },
        "roles": {one["RoleName"]: role(one["RoleName"]) for one in every(iam, "list_roles", "Roles")},
        "rules": len(every(events, "list_rules", "Rules")),
        "retention": sorted({group.get("retentionInDays") for group in every(logs, "describe_log_groups", "logGroups")}),
        "queues": len(every(queues, "list_queues", "QueueUrls")),
    }


for bucket, key, content in asked.get("objects", []):
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key=key, Body=base64.b64decode(content))

pictures = []
exists = False
for template in asked["steps"]:
    if template is None:
        cloudformation.delete_stack(StackName=STACK)
        status = "DELETED"
    else:
        status = apply(template, exists)
    exists = template is not None
    pictures.append(picture(status))
print(json.dumps(pictures))
