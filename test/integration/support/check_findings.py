"""Holds findings and their views against botocore's model of Security Hub.

Takes from standard input {findings, types, rules, insights}: findings as BatchImportFindings gets them, names of resource
types, and the properties of automation rules and insights. Prints a JSON list of complaints. Lengths and counts are not in
the model's shapes, but in what it says of them, in words.
"""

import json
import re
import sys

import botocore.session
from botocore.validate import ParamValidator

MODEL = botocore.session.get_session().get_service_model("securityhub")
LENGTH = re.compile(r"Maximum (?:of|length of) (\d+)")
COUNT = re.compile(r"Maximum number of (\d+) item")
# ASFF's page of resources has them, the model's details do not.
WITHOUT_DETAILS = {"AwsAccount"}


def said(shape):
    return re.sub("<[^>]+>", "", shape.documentation or "")


def limits(value, shape, at, complaints):
    if shape.type_name == "structure":
        for name, one in value.items():
            if name in shape.members:
                member = shape.members[name]
                limits(one, member, f"{at}.{name}", complaints)
    elif shape.type_name == "list":
        most = COUNT.search(said(shape))
        if most and len(value) > int(most[1]):
            complaints.append(f"{at}: {len(value)} items, at most {most[1]}")
        for index, one in enumerate(value):
            limits(one, shape.member, f"{at}[{index}]", complaints)
    elif shape.type_name == "map":
        for name, one in value.items():
            limits(one, shape.value, f"{at}.{name}", complaints)
    elif shape.type_name == "string":
        most = LENGTH.search(said(shape))
        if most and len(value.encode("utf-16-le")) // 2 > int(most[1]):
            complaints.append(f"{at}: {len(value)} characters, at most {most[1]}")
        if shape.enum and value not in shape.enum:
            complaints.append(f"{at}: {value} is none of {shape.enum}")
        if shape.name == "NonEmptyString" and not re.fullmatch(r".*\S.*", value):
            complaints.append(f"{at}: {value!r} does not match .*\\S.*")


def check(what, operation, given):
    shape = MODEL.operation_model(operation).input_shape
    complaints = []
    report = ParamValidator().validate(given, shape)
    if report.has_errors():
        complaints.append(report.generate_report())
    limits(given, shape, what, complaints)
    return complaints


given = json.load(sys.stdin)
complaints = []
findings = given["findings"]
for first in range(0, len(findings), 100):
    complaints += check(f"findings {first}+", "BatchImportFindings", {"Findings": findings[first : first + 100]})
details = set(MODEL.shape_for("ResourceDetails").members) | WITHOUT_DETAILS
complaints += [f"{name} is no type of ASFF" for name in given["types"] if name not in details]
for rule in given["rules"]:
    complaints += check(rule["RuleName"], "CreateAutomationRule", rule)
for insight in given["insights"]:
    complaints += check(insight["Name"], "CreateInsight", insight)
print(json.dumps(complaints))
