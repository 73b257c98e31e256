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
    "offer": 0, "plain": 4, "switched": 0, "interim": 0, "refused": 4, "upgrade": 0, "tunnel": 0,
    "respond": 0, "invalid": 1, "violation": 1, "incomplete": 3,
}
RELAY_STATUSES = {**STATUSES, "plain": 0, "refused": 1}
WORDS = ["code", "section", "text", "at"]


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
    check_findings(answer)
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
    statuses = RELAY_STATUSES if command == "relay" else STATUSES
    return statuses[answer["verdict"]]


def check_findings(answer):
    """Checks that findings say all, that the reason is the first, and help that of the first."""
    findings = answer["findings"]
    for one in findings:
        if not all(str(one[word]) for word in WORDS) or one.get("help") == "":
            raise AssertionError(f"a finding says too little: {one}")
    if "reason" in answer and answer["reason"] != {word: findings[0][word] for word in WORDS}:
        raise AssertionError(f"the reason is not the first finding: {answer}")
    helps = [one["help"] for one in findings if "help" in one]
    if helps and answer["help"] != helps[0]:
        raise AssertionError(f"the help is not that of the first finding: {answer}")


def ask(command, *arguments, octets=b""):
    """The answer to a command, whose exit status and whose silence on errors are checked."""
    ran = run("--json", command, *arguments, octets=octets)
    if ran.stderr or ran.returncode not in {0, 1, 3, 4}:
        raise AssertionError(f"{command} {arguments}: {ran}")
    answer = read_answer(ran.stdout)
    if ran.returncode != status_of(command, answer):
        raise AssertionError(f"status {ran.returncode} with {answer}")
    return answer
