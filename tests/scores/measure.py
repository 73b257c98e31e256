"""Tries the programs with turnout-probe, and keeps what came of each case: one file for each program.

Usage: measure.py FOLDER [--only NAME]...

FOLDER is where scores.sh has put the programs. What failed is tried once more, with more patience: only what fails
twice counts. Most of the time, the probe waits whether something more happens, so that a few programs are measured
at once.
"""
import concurrent.futures
import contextlib
import datetime
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

import intermediaries
import programs
from intermediaries import recipes

RESULTS = programs.HERE / "results"
PATIENCE = 3000  # milliseconds, also for a busy machine
AT_ONCE = 3  # programs
PORTS = ("8080", "8081")  # of an intermediary and of its server, in the results: the real ones differ each time


def filled(command, **values):
    """A command with its placeholders filled in; {url} is left to the probe."""
    words = [str(word) for word in command]
    for name, value in values.items():
        words = [word.replace("{" + name + "}", str(value)) for word in words]
    return words


def has_port(command):
    return any("{port}" in str(word) for word in command)


@contextlib.contextmanager
def started(command, environment, **values):
    """A program that listens: its port."""
    port = recipes.free_port()
    output = subprocess.DEVNULL if has_port(command) else subprocess.PIPE
    words = filled(command, port=port, **values)
    with subprocess.Popen(words, stdout=output, stderr=subprocess.DEVNULL, text=True, env=environment,
                          start_new_session=True) as process:
        try:
            if output == subprocess.PIPE:
                port = int(re.search(r"\d+", process.stdout.readline())[0])
            wait_for(port)
            yield port
        finally:
            os.killpg(process.pid, 9)


def wait_for(port):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on {port}")


class Probe:
    """The probe, on one program."""

    def __init__(self, known, *target):
        self.program = known.ours("turnout-probe")
        self.target = target
        self.environment = known.environment

    def ask(self, *arguments):
        ran = subprocess.run([self.program, "--json", *map(str, arguments), *map(str, self.target)],
                             capture_output=True, text=True, env=self.environment)
        if ran.returncode not in (0, 1):
            raise RuntimeError(ran.stderr.strip())
        return json.loads(ran.stdout)["cases"]

    def all(self):
        """All results; those that failed from a second try."""
        for _ in range(6):
            found = self.ask("--patience", PATIENCE, "--parallel", 4)
            if len(found) > 1:
                break
            time.sleep(3)  # Some are not ready yet, or tried to connect before the probe listened.
        failed = sorted({one["id"] for one in found if one["result"] == "failed"})
        if not failed:
            return found
        only = [word for name in failed for word in ("--only", name)]
        again = {(one["id"], one["way"]): one
                 for one in self.ask("--patience", 2 * PATIENCE, "--parallel", 2, *only)}
        return [again.get((one["id"], one["way"]), one) if one["result"] == "failed" else one for one in found]


def summary(found):
    """What is kept of a program's results: by case, as seen when it was sent whole, and the worst verdict."""
    kept = {}
    for one in found:
        if one["result"] == "skipped" or one["said"].startswith("no connection: "):
            continue
        case = kept.setdefault(one["id"], {"verdict": "passed", "saw": one["saw"]})
        if one["result"] == "failed" and case["verdict"] == "passed":
            case.update(verdict="failed", level=one["level"], section=one["section"], said=one["said"], saw=one["saw"])
            if one["way"] != "whole":
                case["way"] = one["way"]
    return kept


def slug(kind, name):
    return f"{kind}-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def write(kind, program, found, seconds):
    cases = summary(found)
    head = {"program": program.name, "version": program.version, "kind": kind, "setup": program.setup,
            "date": str(datetime.date.today())}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(case)}" for name, case in sorted(cases.items()))
    text = json.dumps(head, indent=1)[:-2] + ',\n "cases": {\n' + lines + "\n }\n}\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{slug(kind, program.name)}.json").write_text(text)
    failed = sum(case["verdict"] == "failed" and case["level"] == "must" for case in cases.values())
    print(f"{kind} {program.name} {program.version}: {len(cases)} cases, {failed} musts failed, {seconds:.0f} s",
          flush=True)


def measure_server(known, program):
    with started(program.command, known.environment) as port:
        return Probe(known, "server", f"ws://127.0.0.1:{port}{program.path}").all()


def measure_client(known, program):
    if program.driver is None:
        return Probe(known, "client", "--", *program.command).all()
    with started(program.driver, known.environment) as control:
        return Probe(known, "client", "--", *filled(program.command, control=control)).all()


def measure_proxy(known, begin):
    """Measures an intermediary. `begin` starts it in front of a port, on which its server is from the start."""
    to = recipes.free_port()
    with contextlib.ExitStack() as running:
        with socket.create_server(("127.0.0.1", to)):
            port = running.enter_context(begin(to))
            time.sleep(1)  # in which Squid looks for its server
        found = Probe(known, "proxy", "--listen", to, "--to", f"127.0.0.1:{port}").all()
    return with_same_ports(found, port, to)


def with_same_ports(found, *ports):
    """Results with the same ports each time, so that two of them can be compared."""
    text = json.dumps(found)
    for real, kept in zip(ports, PORTS):
        text = re.sub(rf"(?<!\d){real}(?!\d)", kept, text)
    return json.loads(text)


def jobs(known):
    """Kind and program of all that there is, and how it is measured."""
    for program in known.servers():
        yield "server", program, lambda program=program: measure_server(known, program)
    for program in intermediaries.commands(known):
        yield "proxy", program, lambda program=program: measure_proxy(
            known, lambda to: started(program.command, known.environment, to=to))
    for key, program in intermediaries.installed(known):
        yield "proxy", program, lambda key=key: measure_proxy(known, lambda to: intermediaries.configured(key, to))
    for program in known.clients():
        yield "client", program, lambda program=program: measure_client(known, program)


def try_one(kind, program, measure):
    begun = time.monotonic()
    try:
        found = measure()
        write(kind, program, found, time.monotonic() - begun)
    except (OSError, RuntimeError, ValueError, TypeError, SystemExit) as error:
        print(f"{kind} {program.name}: {error}", file=sys.stderr, flush=True)


def main():
    known = programs.Scored(pathlib.Path(sys.argv[1]).resolve())
    wanted = [sys.argv[i + 1] for i, word in enumerate(sys.argv) if word == "--only"]
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as at_once:
        for kind, program, measure in jobs(known):
            if wanted and not any(one in slug(kind, program.name) for one in wanted):
                continue
            if program.is_there:
                at_once.submit(try_one, kind, program, measure)
            else:
                print(f"{kind} {program.name}: not there, left out", file=sys.stderr)
    print(f"measured in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
