"""Reads Compliance Findings on standard input; prints what the published classes of OCSF 1.7.0 have against them."""
import json
import sys

from ocsf.v1_7_0.events import ComplianceFinding
from pydantic import BaseModel, ValidationError

# The classes of the package leave out what a profile adds: `cloud` is of the profile that the findings name.
PROFILE = {'cloud'}


def unknown(value, path):
    """Fields that the schema does not name: the classes take them, and a consumer would not look at them."""
    if isinstance(value, list):
        for one in value:
            yield from unknown(one, path)
    elif isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            if path or name not in PROFILE:
                yield f'{path}{name}: not in the schema'
        for name in type(value).model_fields:
            yield from unknown(getattr(value, name), f'{path}{name}.')


complaints = set()
for finding in json.load(sys.stdin):
    try:
        complaints.update(unknown(ComplianceFinding.model_validate(finding), ''))
    except ValidationError as error:
        complaints.update(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
print(json.dumps(sorted(complaints)))
