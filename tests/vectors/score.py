"""Scores an implementation: score.py [--only TAG] [--failures N] [--json FILE] ADAPTER [ARGUMENT...]

The adapter reads a case per line and answers each with a line: README.md says how. The exit status is
0 if every case that it plays with the level "must" has an outcome that the case expects.
"""
import argparse
import collections
import json
import subprocess
import sys
import threading
import time

import deflate
import suite

VERDICTS = ["pass", "fail", "skip"]


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="TAG", help="cases with this tag, or whose id begins so")
    parser.add_argument("--failures", metavar="N", type=int, default=20,
                        help="how many failures to show (20)")
    parser.add_argument("--json", metavar="FILE", help="write every verdict into a file")
    parser.add_argument("adapter", nargs=argparse.REMAINDER, help="the program and its arguments")
    wanted = parser.parse_args()
    if not wanted.adapter:
        parser.error("which adapter?")
    return wanted


def ask(adapter, cases):
    """The adapter's answer to each case, by its id. An adapter that ends has not answered the rest."""
    program = subprocess.Popen(adapter, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send():
        try:
            for case in cases:
                program.stdin.write(json.dumps(suite.asked(case)).encode("ascii") + b"\n")
                program.stdin.flush()
            program.stdin.close()
        except BrokenPipeError:
            pass  # It ended; what it did not answer says so.

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    answers = {}
    for line in program.stdout:
        answer = json.loads(line)
        answers[answer["id"]] = answer
    sender.join()
    program.wait()
    return answers


def verdict_on(case, answer):
    if answer.get("outcome") == "skip":
        return "skip"
    return "pass" if suite.passes(case, deflate.read(case, answer)) else "fail"


def print_counts(title, judged, names_of):
    """A line for each name with how many cases of it have which verdict."""
    counts = collections.defaultdict(collections.Counter)
    for case, _, verdict in judged:
        for name in names_of(case):
            counts[name][verdict] += 1
    print(f"{title:<14}" + "".join(f"{verdict:>7}" for verdict in VERDICTS))
    for name in sorted(counts):
        print(f"{name:<14}" + "".join(f"{counts[name][verdict]:7}" for verdict in VERDICTS))
    print()


def print_failures(failures, most):
    for case, answer, _ in failures[:most]:
        wanted = " or ".join(json.dumps(one) for one in case["expect"])
        print(f"{case['id']} ({case['level']}, {case['section']})\n  {case['why']}\n"
              f"  expected: {wanted}\n  answered: {json.dumps(answer)}")
    if len(failures) > most:
        print(f"... and {len(failures) - most} more; --failures {len(failures)} shows them all")


def main():
    wanted = read_arguments()
    cases = [case for case in suite.cases() if wanted.only is None
             or wanted.only in case["tags"] or case["id"].startswith(wanted.only)]
    begun = time.monotonic()
    answers = ask(wanted.adapter, cases)
    seconds = time.monotonic() - begun
    silent = {"outcome": "none"}
    judged = [(case, answers.get(case["id"], silent)) for case in cases]
    judged = [(case, answer, verdict_on(case, answer)) for case, answer in judged]
    failures = [one for one in judged if one[2] == "fail"]
    print_failures(sorted(failures, key=lambda one: suite.LEVELS.index(one[0]["level"])),
                   wanted.failures)
    print_counts("role", judged, lambda case: [case["role"]])
    print_counts("topic", judged, lambda case: [case["id"].partition("/")[0]])
    print_counts("level", judged, lambda case: [case["level"]])
    print(f"{len(judged)} cases in {seconds:.1f} s")
    if wanted.json:
        with open(wanted.json, "w", encoding="ascii") as file:
            json.dump({case["id"]: {"verdict": verdict, "answer": answer}
                       for case, answer, verdict in judged}, file, indent=1)
    return any(case["level"] == "must" for case, _, _ in failures)


if __name__ == "__main__":
    sys.exit(main())
