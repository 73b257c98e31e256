#!/usr/bin/env python3
"""Counts what each row does once, with callgrind: the same figures in every run.

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


def count(program):
    """Instructions and allocations for one answer, by row."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory, "row")
        # The program calls this function once for each row, in the order in which it prints them.
        function = "turnout_counted"
        ran = subprocess.run(
            ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}",
             f"--toggle-collect={function}", f"--dump-after={function}", program, "--count"],
            stdout=subprocess.PIPE, text=True, check=True)
        counted = {}
        for number, line in enumerate(ran.stdout.splitlines(), start=1):
            name, answers, allocations = line.split("\t")
            total = re.search(r"^totals: (\d+)$", pathlib.Path(f"{out}.{number}").read_text(), re.M)
            counted[name] = {"instructions": int(total[1]) / int(answers),
                             "allocations": int(allocations) / int(answers)}
        return counted


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[2]).write_text(json.dumps(count(sys.argv[1]), indent=1))
