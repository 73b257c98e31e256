"""How the tests call the inspector, and what holds for whatever it answers."""
import json
import os
import pathlib
import subprocess

PROGRAM = os.environ["TURNOUT_INSPECT"]
SOURCE = pathlib.Path(__file__).resolve().parent
ROOT = SOURCE.parent.parent
SECONDS = 20
STATUSES = {
    "offer": 0, "plain": 0, "switched": 0, "interim": 0, "upgrade": 0, "tunnel": 0, "respond": 0,
    "invalid": 1, "violation": 1, "incomplete": 3,
}


def run(*arguments, octets=b"", **options):
    """The program's output, its complaints and its exit status."""
    program = [PROGRAM, *map(str, arguments)]
    return subprocess.run(program, input=octets, capture_output=True, timeout=SECONDS, **options)


def read_answer(line):
    """The object of a line, which is checked to be one line of JSON with one octet per character."""
    if not line.endswith(b"\n") or line.count(b"\n") != 1:
        raise AssertionError(f"no single line: {line!r}")
    answer = json.loads(line)
    if not isinstance(answer, dict):
        raise AssertionError(f"no object: {line!r}")
    check_octets(answer)
    return answer


def check_octets(value):
    """Checks that all strings in a value hold octets."""
    if isinstance(value, str) and not value.isascii() and max(value) > "\xff":
        raise AssertionError(f"no octets: {value!r}")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            check_octets(one)


def status_of(command, answer):
    """The exit status that goes with an answer."""
    if command == "field":
        return 0 if answer["ok"] else 1
    if answer["verdict"] == "refused":
        return 1 if command == "relay" else 0
    return STATUSES[answer["verdict"]]


def ask(command, *arguments, octets=b""):
    """The answer to a command, whose exit status and whose silence on errors are checked."""
    ran = run("--json", command, *arguments, octets=octets)
    if ran.stderr or ran.returncode not in {0, 1, 3}:
        raise AssertionError(f"{command} {arguments}: {ran}")
    answer = read_answer(ran.stdout)
    if ran.returncode != status_of(command, answer):
        raise AssertionError(f"status {ran.returncode} with {answer}")
    return answer
