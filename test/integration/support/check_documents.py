"""Holds the API steps of automation documents against botocore's service models.

Takes from standard input a JSON list of documents as the loader gives them (name, parameters, variables, mainSteps), and
prints a JSON list of complaints: document, step, at (what in the step), problem.
"""

import json
import re
import sys
from functools import lru_cache

import botocore.session

SESSION = botocore.session.get_session()
SERVICES = set(SESSION.get_available_services())

API_ACTIONS = {"aws:executeAwsApi", "aws:assertAwsResourceProperty", "aws:waitForAwsResourceProperty"}
WATCHED = {"PropertySelector", "DesiredValues"}
TEXTS = {"string", "timestamp", "blob", "character"}
MAPS = {"structure", "map"}
# What SSM's types may stand for: boto3 takes text for times and blobs, and whole numbers for any number.
SCALARS = {"String": TEXTS, "Integer": {"integer", "long", "float", "double"}, "Boolean": {"boolean"}}
# What an answer's types become.
SELECTED = {**dict.fromkeys(TEXTS, "String"), **dict.fromkeys(MAPS, "StringMap"), "integer": "Integer", "long": "Integer", "boolean": "Boolean"}
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
SEGMENT = re.compile(r"(\.\.?)([A-Za-z_][\w-]*)|\[(\d+)\]")
# What steps put out by themselves (the user guide's page of each action).
OWN = {
    "aws:approve": {"ApprovalStatus": "String", "ApproverDecisions": "MapList"},
    "aws:executeAutomation": {"ExecutionId": "String", "Output": "StringList", "Status": "String"},
    "aws:invokeLambdaFunction": {"FunctionError": "String", "LogResult": "String", "Payload": "String", "StatusCode": "Integer"},
}


@lru_cache(maxsize=None)
def service_model(name):
    return SESSION.get_service_model(name)


def is_free_form(shape):
    """A document type, or JSON that travels as text: anything goes."""
    return bool(getattr(shape, "is_document_type", False) or shape.serialization.get("jsonvalue"))


class Document:
    def __init__(self, document):
        self.name = document["name"]
        self.parameters = document.get("parameters", {})
        self.variables = document.get("variables", {})
        self.outputs = {}
        self.complaints = []
        self.steps = list(self.every(document["mainSteps"]))
        for step in self.steps:
            self.outputs[step["name"]] = {**OWN.get(step["action"], {}), **{one["Name"]: one["Type"] for one in step.get("outputs", [])}}
            if step["action"] == "aws:loop":
                of = step["inputs"].get("IteratorDataType", "String")
                self.outputs[step["name"]] = {"CurrentIteratorValue": of, "CurrentIteration": "Integer"}

    def every(self, steps):
        for step in steps:
            yield step
            if step["action"] == "aws:loop":
                yield from self.every(step["inputs"]["Steps"])

    def complain(self, step, at, problem):
        self.complaints.append({"document": self.name, "step": step["name"], "at": at, "problem": problem})

    def check(self):
        for step in self.steps:
            if step["action"] in API_ACTIONS:
                self.check_step(step)
        return self.complaints

    def check_step(self, step):
        inputs = dict(step["inputs"])
        service, api = inputs.pop("Service"), inputs.pop("Api")
        if service not in SERVICES:
            return self.complain(step, "Service", f"boto3 has no service {service}")
        model = service_model(service)
        if api not in model.operation_names:
            near = [name for name in model.operation_names if name.lower() == api.replace("_", "").lower()]
            hint = f", it is spelled {near[0]}" if near else ""
            return self.complain(step, "Api", f"{service} has no operation {api}{hint}")
        operation = model.operation_model(api)
        if operation.has_event_stream_output or operation.has_streaming_output:
            self.complain(step, "Api", f"{service} {api} answers with a stream")
        is_watched = step["action"] != "aws:executeAwsApi"
        given = {name: value for name, value in inputs.items() if not (is_watched and name in WATCHED)}
        if operation.input_shape is None:
            for name in given:
                self.complain(step, name, f"{service} {api} takes no input")
        else:
            self.check_value(step, "", given, operation.input_shape)
        for output in step.get("outputs", []):
            self.check_selector(step, output["Selector"], operation.output_shape, output["Type"])
        if is_watched:
            self.check_watched(step, inputs, operation.output_shape)

    # Inputs.

    def check_value(self, step, at, value, shape):
        if is_free_form(shape):
            return
        if isinstance(value, str) and PLACEHOLDER.search(value):
            return self.check_placeholder(step, at, value, shape)
        kind = shape.type_name
        if kind == "structure":
            return self.check_structure(step, at, value, shape)
        if kind == "map":
            if not isinstance(value, dict):
                return self.complain(step, at, f"expected a map, not {said(value)}")
            for key, item in value.items():
                self.check_literal(step, f"{at}.{key}", key, shape.key)
                self.check_value(step, f"{at}.{key}", item, shape.value)
            return self.check_size(step, at, len(value), shape, "entries")
        if kind == "list":
            if not isinstance(value, list):
                return self.complain(step, at, f"expected a list, not {said(value)}")
            for index, item in enumerate(value):
                self.check_value(step, f"{at}[{index}]", item, shape.member)
            return self.check_size(step, at, len(value), shape, "items")
        self.check_literal(step, at, value, shape)

    def check_structure(self, step, at, value, shape):
        if not isinstance(value, dict):
            return self.complain(step, at, f"expected a map, not {said(value)}")
        where = lambda name: f"{at}.{name}" if at else name
        for name, item in value.items():
            if name in shape.members:
                self.check_value(step, where(name), item, shape.members[name])
            else:
                self.complain(step, where(name), f"there is no such member (there is {', '.join(shape.members)})")
        for name in shape.required_members:
            # A token that only has to be unique is made up by boto3.
            if name not in value and not shape.members[name].metadata.get("idempotencyToken"):
                self.complain(step, where(name), "required, and missing")
        if getattr(shape, "is_tagged_union", False) and len(value) != 1:
            self.complain(step, at, f"exactly one of {', '.join(shape.members)}")

    def check_literal(self, step, at, value, shape):
        kind = shape.type_name
        if kind in TEXTS:
            if not isinstance(value, str):
                return self.complain(step, at, f"expected text, not {said(value)}")
            enum, pattern = getattr(shape, "enum", []), shape.metadata.get("pattern")
            if kind == "string" and enum and value not in enum:
                self.complain(step, at, f"{value} is none of {', '.join(enum)}")
            if kind == "string" and pattern and not matches(pattern, value):
                self.complain(step, at, f"{json.dumps(value)} does not match {pattern}")
            return self.check_size(step, at, len(value), shape, "characters") if kind == "string" else None
        if kind == "boolean":
            return None if isinstance(value, bool) else self.complain(step, at, f"expected true or false, not {said(value)}")
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not (is_whole or (kind in {"float", "double"} and isinstance(value, float))):
            return self.complain(step, at, f"expected {'a whole' if kind in {'integer', 'long'} else 'a'} number, not {said(value)}")
        return self.check_size(step, at, value, shape, None)

    def check_size(self, step, at, size, shape, of):
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if (least is not None and size < least) or (most is not None and size > most):
            limits = f"{least if least is not None else 0} to {most if most is not None else 'any number'}"
            self.complain(step, at, f"{size}{f' {of}' if of else ''}, the model says {limits}")

    def check_placeholder(self, step, at, text, shape):
        whole = PLACEHOLDER.fullmatch(text)
        if not whole:
            if shape.type_name not in TEXTS:
                self.complain(step, at, f"a text with a placeholder in it, where the model has a {shape.type_name}")
            return
        of = self.type_of(whole[1])
        if of is None:
            return self.complain(step, at, f"nothing says of what type {{{{ {whole[1]} }}}} is")
        if not fits(of, shape):
            return self.complain(step, at, f"{{{{ {whole[1]} }}}} is a {of}, the model has a {described(shape)}")
        # What the document itself lets a parameter be has to be what the API takes.
        enum = getattr(shape, "enum", None)
        for allowed in self.parameters.get(whole[1], {}).get("allowedValues", []) if enum else []:
            if allowed not in enum:
                self.complain(step, at, f"the parameter {whole[1]} may be {allowed}, which is none of {', '.join(enum)}")

    def type_of(self, name):
        if name.startswith("variable:"):
            return self.variables.get(name[len("variable:"):], {}).get("type")
        if name.startswith(("global:", "automation:")):
            return "String"
        if "." in name:
            step, output = name.split(".", 1)
            return self.outputs.get(step, {}).get(output)
        return self.parameters.get(name, {}).get("type")

    # Answers.

    def check_selector(self, step, selector, shape, declared=None):
        """Returns the shapes that the selector finds."""
        found, lists = walk(selector, shape)
        if not found:
            self.complain(step, selector, "the answer has no such path")
        gives = {self.given(one, lists) for one in found if declared and not is_free_form(one)} - {declared}
        if gives:
            self.complain(step, selector, f"gives a {' or a '.join(sorted(gives))}, not a {declared}")
        return found

    @staticmethod
    def given(shape, lists):
        one = selected(shape)
        return {"String": "StringList", "StringMap": "MapList"}.get(one, f"list of {described(shape)}") if lists else one

    def check_watched(self, step, inputs, shape):
        selector = inputs["PropertySelector"]
        for one in self.check_selector(step, selector, shape):
            if one.type_name in {"list", "map", "structure"}:
                self.complain(step, selector, f"one value is wanted, this is a {described(one)}")
            choices = ["True", "False"] if one.type_name == "boolean" else getattr(one, "enum", [])
            for value in inputs["DesiredValues"] if choices and isinstance(inputs["DesiredValues"], list) else []:
                if value not in choices and not PLACEHOLDER.search(value):
                    self.complain(step, "DesiredValues", f"{value} is none of {', '.join(choices)}")


def fits(of, shape):
    kind = shape.type_name
    if of in SCALARS:
        return kind in SCALARS[of]
    if of == "StringMap":
        return kind in MAPS
    if kind != "list":
        return False
    member = shape.member.type_name
    return member in TEXTS if of == "StringList" else member in MAPS


def selected(shape):
    if shape.type_name != "list":
        return SELECTED.get(shape.type_name, f"number of the kind {shape.type_name}")
    member = SELECTED.get(shape.member.type_name)
    return {"String": "StringList", "StringMap": "MapList"}.get(member, described(shape))


def described(shape):
    return f"list of {described(shape.member)}" if shape.type_name == "list" else shape.type_name


def walk(selector, shape):
    """The shapes that a selector finds in an answer, and whether it gives a list of them."""
    shapes, lists = [shape] if shape else [], False
    for dots, name, index in SEGMENT.findall(selector[1:]):
        if index:
            shapes = [one.member for one in shapes if one.type_name == "list"]
        elif dots == "..":
            lists = True
            shapes = [found for one in shapes for found in scan(one, name, ())]
        else:
            shapes = [found for one in shapes for found in child(one, name)]
    return shapes, lists


def child(shape, name):
    if shape.type_name == "structure" and name in shape.members:
        return [shape.members[name]]
    return [shape.value] if shape.type_name == "map" else []


def scan(shape, name, above):
    """Every shape of that name at any depth. What a map's keys are, the model does not say: they are not looked for."""
    if shape.name in above:
        return
    above = (*above, shape.name)
    if shape.type_name == "list":
        yield from scan(shape.member, name, above)
    elif shape.type_name == "map":
        yield from scan(shape.value, name, above)
    elif shape.type_name == "structure":
        for key, member in shape.members.items():
            if key == name:
                yield member
            yield from scan(member, name, above)


def matches(pattern, text):
    try:
        # AWS's patterns are Java's; the few that Python cannot read are left to AWS.
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True


def said(value):
    if isinstance(value, bool):
        return "a Boolean"
    return {str: "text", int: "a number", float: "a number", list: "a list", dict: "a map"}.get(type(value), "nothing")


if __name__ == "__main__":
    documents = json.load(sys.stdin)
    print(json.dumps([complaint for document in documents for complaint in Document(document).check()]))
