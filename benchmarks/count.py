#!/usr/bin/env python3
"""Counts what each row does once, with callgrind: the same figures in every run, on a busy machine too.

Usage: count.py PROGRAM OUTPUT.json

Valgrind has no SHA instructions and no AVX-512; what a library chooses at run time is what it chooses
on such a machine.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def jumps(dump):
    """How often the processor went on elsewhere: jumps that were taken, calls and their returns."""
    taken = sum(map(int, re.findall(r"^(?:jump|jcnd)=(\d+)", dump, re.M)))
    return taken + 2 * sum(map(int, re.findall(r"^calls=(\d+)", dump, re.M)))


def count(program):
    """Instructions, taken jumps and allocations for one answer, by row."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory, "row")
        # The program begins to count, and ends with a dump, for each row in the order of its output.
        ran = subprocess.run(
            ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}",
             "--instr-atstart=no", "--dump-instr=yes", "--collect-jumps=yes", program, "--count"],
            stdout=subprocess.PIPE, text=True, check=True)
        counted = {}
        for number, line in enumerate(ran.stdout.splitlines(), start=1):
            name, answers, allocations = line.split("\t")
            dump = pathlib.Path(f"{out}.{number}").read_text()
            total = re.search(r"^totals: (\d+)$", dump, re.M)
            counted[name] = {"instructions": int(total[1]) / int(answers),
                             "jumps": jumps(dump) / int(answers),
                             "allocations": int(allocations) / int(answers)}
        return counted


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[2]).write_text(json.dumps(count(sys.argv[1]), indent=1))
