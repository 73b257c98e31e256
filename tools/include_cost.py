#!/usr/bin/env python3
"""Measures what including turnout costs: the umbrella header beyond the standard headers in it.

Usage: include_cost.py [COMPILER [RUNS]], by default c++ and 15.
"""
import pathlib
import statistics
import subprocess
import sys
import time

STANDARD = "array bit compare cstddef cstdint string_view type_traits".split()
INCLUDE = pathlib.Path(__file__).resolve().parent.parent / "include"


def seconds(compiler, headers):
    """How long one compilation of nothing but these headers takes."""
    source = "".join(f"#include <{header}>\n" for header in headers)
    command = [compiler, "-std=c++20", f"-I{INCLUDE}", "-fsyntax-only", "-w", "-x", "c++", "-"]
    start = time.perf_counter()
    subprocess.run(command, input=source, text=True, check=True)
    return time.perf_counter() - start


compiler = sys.argv[1] if len(sys.argv) > 1 else "c++"
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
# By turns, so that a busy moment of the machine meets both.
pairs = [
    (seconds(compiler, STANDARD), seconds(compiler, [*STANDARD, "turnout/turnout.hpp"]))
    for _ in range(runs)
]
alone, whole = map(statistics.median, zip(*pairs))
print(f"{compiler}: standard headers {alone:.3f} s, with turnout {whole:.3f} s: "
      f"{whole - alone:.3f} s more")
