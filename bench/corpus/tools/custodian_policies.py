"""Custodian's own filters on one account after the other: a line of JSON {"regions": [...], "policies": [...]} in, a line with what matched out."""

import json
import logging
import socket
import sys
import tempfile
import time

from botocore.client import BaseClient
from c7n.config import Config
from c7n.policy import PolicyCollection
from c7n.resources import load_resources

logging.disable(logging.CRITICAL)
sys.stdout, out = sys.stderr, sys.stdout

# S3 Control puts the account's id before the host, and no such name of this machine is known.
known = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **options: known(
    "127.0.0.1" if str(host).endswith(".127.0.0.1") else host, *more, **options
)

# What is throttled here stays so: it is asked again at once.
time.sleep = lambda _: None

# Tags, which no policy asks for, it fetches of nearly everything.
call = BaseClient._make_api_call
BaseClient._make_api_call = lambda client, name, options: (
    {"ResourceTagMappingList": []} if name == "GetResources" else call(client, name, options)
)

# What is run within a filter (`missing`) writes a log.
files = tempfile.TemporaryDirectory()

for line in sys.stdin:
    asked = json.loads(line)
    matched, errors = [], []
    load_resources({policy["resource"] for policy in asked["policies"]})
    for policy in asked["policies"]:
        for region in asked["regions"]:
            try:
                options = Config.empty(
                    region=region, account_id=asked["accountId"], cache=None, output_dir=files.name
                )
                [one] = PolicyCollection.from_data({"policies": [policy]}, options)
                one.validate()
                if not one.is_runnable():
                    continue
                matched += [policy["name"] for _ in one.resource_manager.resources()]
            except Exception as error:  # what a filter falls over is its answer
                errors.append(f"{policy['name']}: {type(error).__name__}: {error}")
    print(json.dumps({"matched": matched, "errors": errors}), file=out, flush=True)
