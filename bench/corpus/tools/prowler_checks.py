"""Prowler's own checks on one account after the other: a line of JSON {"regions": [...], "checks": [...]} in, a line
with what they said out."""

import importlib
import json
import logging
import socket
import sys

from prowler.providers.aws.aws_provider import AwsProvider
from prowler.providers.aws.lib.service.service import AWSService
from prowler.providers.common.models import Audit_Metadata
from prowler.providers.common.provider import Provider

# The endpoint is in the environment. What a service cannot read it logs, and goes on.
logging.disable(logging.CRITICAL)
sys.stdout, out = sys.stderr, sys.stdout

# S3 Control puts the account's id before the host, and no such name of this machine is known.
known = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **options: known(
    "127.0.0.1" if str(host).endswith(".127.0.0.1") else host, *more, **options
)
provider = AwsProvider(
    regions={"us-east-1"}, retries_max_attempts=0, scan_unused_services=True
)
Provider.set_global_provider(provider)


def run(check):
    service = check.split("_")[0]
    module = importlib.import_module(
        f"prowler.providers.aws.services.{service}.{check}.{check}"
    )
    return module, getattr(module, check)


for line in sys.stdin:
    asked = json.loads(line)
    said, errors = [], []
    # The objects of a service are made once, when they are imported: here once for each account.
    made = {}
    # Nor does what failed in another account excuse a check in this one.
    AWSService.failed_checks.clear()
    provider._identity.audited_regions = set(asked["regions"])
    provider._enabled_regions = set(asked["regions"])
    provider.audit_metadata = Audit_Metadata(
        services_scanned=0, expected_checks=asked["checks"], completed_checks=0, audit_progress=0
    )
    for check in asked["checks"]:
        try:
            module, of = run(check)
            for name, value in list(vars(module).items()):
                if name.endswith("_client") and not isinstance(value, type):
                    if name not in made:
                        made[name] = type(value)(provider)
                    setattr(module, name, made[name])
            said += [[check, one.resource_id, one.status] for one in of().execute()]
        except Exception as error:  # what a check falls over is its answer
            errors.append(f"{check}: {type(error).__name__}: {error}")
    print(json.dumps({"said": said, "errors": errors}), file=out, flush=True)
