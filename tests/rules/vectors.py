"""The cases of tests/vectors are complete, say different things, and are written in one way.

With python3-jsonschema, they are also checked against tests/vectors/schema.json.
"""
import collections
import json
import pathlib
import re
import sys

import house

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors"))
import suite

# Of an RFC, or what else says how it is.
ONE = r"(RFC \d{4} section [0-9A-Z]+(\.[0-9A-Z]+)*|(?!RFC)[A-Z][^;]+)"
SECTION = re.compile(rf"{ONE}(; {ONE})*")
ID = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
NEEDED = {"server": {"profile", "request"}, "client": {"profile", "request", "response"},
          "relay": {"profile", "request"}, "field": {"field", "value"},
          "h2-server": {"profile", "fields"}, "h2-client": {"profile", "fields"}}
OUTCOMES = {
    "server": {"switch", "tunnel", "ordinary", "refuse", "close", "incomplete"},
    "client": {"switched", "tunnel", "refused", "interim", "failed", "incomplete"},
    "relay": {"forward", "tunnel", "refuse", "incomplete"},
    "field": {"valid", "invalid"},
    "h2-server": {"switch", "tunnel", "ordinary", "refuse", "malformed"},
    "h2-client": {"switched", "refused", "interim", "incomplete", "failed"},
}


def requirements():
    """The IDs of all requirements."""
    rows = (house.tests / "rules" / "requirements.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Z][A-Z0-9]+-\d\d) ", rows, re.MULTILINE))


def wrong_with(case, topic, known):
    """What is wrong with a case, one sentence each."""
    role = case.get("role")
    if role not in NEEDED:
        yield f"has no role of {', '.join(NEEDED)}"
        return
    missing = (NEEDED[role] | {"id", "expect", "section", "level", "tags", "why"}) - case.keys()
    if missing:
        yield f"lacks {', '.join(sorted(missing))}"
        return
    if unknown := case.keys() - set(suite.KEYS):
        yield f"has unknown keys: {', '.join(sorted(unknown))}"
    if not ID.fullmatch(case["id"]) or not case["id"].startswith(topic + "/"):
        yield f"has an id that is not like {topic}/name"
    if case["level"] not in suite.LEVELS:
        yield f"has no level of {', '.join(suite.LEVELS)}"
    if case["level"] == "latitude" and len(case["expect"]) < 2:
        yield "leaves latitude, but has one outcome"
    if not case["expect"] or any(one["outcome"] not in OUTCOMES[role] for one in case["expect"]):
        yield f"has an outcome that is none of {', '.join(sorted(OUTCOMES[role]))}"
    if not SECTION.fullmatch(case["section"]):
        yield "has a section that is not like RFC 9110 section 7.8"
    if not case["tags"] or not re.fullmatch(r"[A-Z`/*].*\.", case["why"]):
        yield "has no tags, or no sentence why"
    for one in set(case.get("requirements", [])) - known:
        yield f"names the requirement {one}, which there is not"


def check_schema():
    """Checks the files against the schema, where that can be done."""
    try:
        import jsonschema
    except ImportError:
        return
    schema = json.loads((suite.FOLDER / "schema.json").read_text(encoding="ascii"))
    for path in suite.paths():
        for error in jsonschema.Draft7Validator(schema).iter_errors(suite.read(path)):
            house.fault(path, 1, f"does not fit schema.json: {error.json_path}: {error.message}")


suite.FOLDER = house.tests / "vectors"
known = requirements()
seen = collections.defaultdict(set)
for path in suite.paths():
    topic = suite.read(path)
    if path.read_text(encoding="ascii") != suite.written(topic):
        house.fault(path, 1, "is not written as python3 tests/vectors/suite.py writes it")
    for case in topic["cases"]:
        name = case.get("id", "?")
        for wrong in wrong_with(case, path.stem, known):
            house.fault(path, 1, f"{name} {wrong}")
        asked = {key: value for key, value in suite.asked(case).items() if key != "id"}
        for kind, what in ("id", name), ("input", json.dumps(asked, sort_keys=True)):
            if what in seen[kind]:
                house.fault(path, 1, f"{name} has the same {kind} as another case")
            seen[kind].add(what)
if (suite.FOLDER / "schema.json").exists():
    check_schema()
house.finish()
