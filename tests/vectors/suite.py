"""The cases of this folder: how they are read, checked and written, and which outcomes fit."""
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent
LEVELS = ["must", "should", "may", "latitude"]
# Lines of a case as they are written: these keys share one.
LINES = [["id"], ["role", "profile", "setup", "field"], ["request"], ["response"], ["value", "end"],
         ["fields"], ["expect"], ["section", "level", "requirements"], ["tags"], ["why"], ["reports"]]
# What a party is told: the rest says what is expected of it.
ASKED = ["id", "role", "profile", "setup", "field", "request", "response", "value", "end", "fields"]
TAKEOVER = ["server_no_context_takeover", "client_no_context_takeover"]
KEYS = [key for line in LINES for key in line]


def paths():
    """The files of cases."""
    return [path for path in sorted(FOLDER.glob("*.json")) if path.name != "schema.json"]


def read(path):
    """The topic of a file."""
    return json.loads(path.read_text(encoding="ascii"))


def cases():
    """Every case."""
    return [one for path in paths() for one in read(path)["cases"]]


def asked(case):
    """A case without what is expected."""
    return {key: case[key] for key in ASKED if key in case}


def is_among(status, allowed):
    """True if a status code is one of those in a list, which may have classes such as "4xx"."""
    return any(status == one or one == f"{str(status)[0]}xx" for one in allowed)


def name_of(line):
    return line.partition(":")[0].lower()


def same_line(one, other):
    """True if two field lines are the same: their names ignoring case, their values exactly."""
    return name_of(one) == name_of(other) and one.partition(":")[2] == other.partition(":")[2]


def fits_deflate(wanted, agreed):
    """True if a server agreed to such parameters. It may always ask both sides to forget their windows (RFC 7692
    section 7.1.1), and some always do."""
    if not wanted or not agreed:
        return wanted == agreed
    return agreed == {**wanted, **{key: wanted[key] or agreed.get(key) for key in TAKEOVER}}


def fits_key(key, wanted, answer):
    """True if an answer has what is wanted, or does not say."""
    lines = answer.get("response_fields" if key.startswith("response_") else "fields")
    if key.endswith("has"):
        return lines is None or all(any(same_line(one, line) for line in lines) for one in wanted)
    if key.endswith("lacks"):
        return lines is None or not any(name_of(line) in wanted for line in lines)
    if key not in answer:
        return True
    if key == "deflate" and answer["outcome"] == "switch":
        return fits_deflate(wanted, answer[key])
    return is_among(answer[key], wanted) if key == "status" else answer[key] == wanted


def fits(expected, answer):
    """True if an answer is one outcome that is expected."""
    if answer.get("outcome") != expected["outcome"]:
        return False
    return all(fits_key(key, wanted, answer) for key, wanted in expected.items())


def passes(case, answer):
    """True if an answer is one of the outcomes that a case expects."""
    return any(fits(one, answer) for one in case["expect"])


def written_case(case):
    """A case as it is written in its file: a few lines, each with one subject."""
    lines = []
    for keys in LINES:
        pairs = [f"{json.dumps(key)}: {written_value(key, case[key])}" for key in keys if key in case]
        if pairs:
            lines.append("      " + ", ".join(pairs))
    return "    {\n" + ",\n".join(lines) + "\n    }"


def written_value(key, value):
    """A value on one line, but each outcome on its own where there are several."""
    if key != "expect" or len(value) == 1:
        return json.dumps(value)
    return "[\n" + ",\n".join(f"        {json.dumps(one)}" for one in value) + "\n      ]"


def written(topic):
    """A whole file, as it is kept."""
    head = "".join(f"  {json.dumps(key)}: {json.dumps(topic[key])},\n" for key in topic if key != "cases")
    return "{\n" + head + '  "cases": [\n' + ",\n".join(map(written_case, topic["cases"])) + "\n  ]\n}\n"


def main():
    """Writes every file as it is kept."""
    for path in paths():
        path.write_text(written(read(path)), encoding="ascii")


if __name__ == "__main__":
    main()
