#!/usr/bin/env python3
"""Prints what turnout costs a small machine, and a compilation.

Usage: footprint.py [--check]

- what `size` calls the text of a server's turn (footprint/*.cpp), which is code and constants, with
  -Os for x86-64 and for Cortex-M4, and the largest stack frame;
- how long a compiler takes for the headers, beyond the standard ones among them, as a multiple of
  what it takes for fmt/core.h.

--check fails if a figure is above its limit. What is not installed is left out.
"""
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = f"-I{HERE.parent / 'include'}"
SMALL = ["-std=c++20", "-Os", "-fno-exceptions", "-fno-rtti", "-fno-asynchronous-unwind-tables",
         "-ffunction-sections", "-fdata-sections", "-fstack-usage", INCLUDE]
# The machine, its compiler, and how many octets there may be.
MACHINES = [("x86-64", ["g++"], 40_000),
            ("Cortex-M4", ["arm-none-eabi-g++", "-mcpu=cortex-m4", "-mthumb"], 32_000)]
LARGEST_FRAME = 1200  # on Cortex-M4
STANDARD = "array bit cstddef cstdint string_view type_traits".split()
# The headers, and how many times as long as fmt/core.h they may take.
HEADERS = [("the umbrella", ["turnout/turnout.hpp"], 1.5),
           ("a server with WebSocket",
            ["turnout/connection/server.hpp", "turnout/protocol/websocket/server.hpp"], 1.0)]
RUNS = 15


def sizes(compiler, source, directory):
    """The octets of text, and the largest stack frame with the file of its function."""
    program = pathlib.Path(directory, "turn.o")
    subprocess.run([*compiler, *SMALL, "-c", source, "-o", program], check=True)
    sections = subprocess.check_output(["size", "-A", program], text=True)
    total = sum(map(int, re.findall(r"^\.(?:text|rodata)\S*\s+(\d+)", sections, re.M)))
    frames = [line.split("\t") for line in program.with_suffix(".su").read_text().splitlines()]
    frame, function = max((int(size), where) for where, size, _ in frames)
    return total, frame, re.sub(r".*?turnout/|.*footprint/|:\d+:\d+.*", "", function)


def footprints():
    """Prints a line for each source and machine. Returns those above the limit."""
    over = []
    for machine, compiler, limit in MACHINES:
        if not shutil.which(compiler[0]):
            print(f"{machine}: {compiler[0]} is not installed")
            continue
        for source in sorted(HERE.glob("footprint/*.cpp")):
            with tempfile.TemporaryDirectory() as directory:
                total, frame, file = sizes(compiler, source, directory)
            line = f"{machine}, {source.stem}: {total} octets of text, largest frame {frame} ({file})"
            print(line)
            if total > limit or (machine == "Cortex-M4" and frame > LARGEST_FRAME):
                over.append(line)
    return over


def seconds(headers):
    """The processor time of one compilation of nothing but these headers."""
    source = "".join(f"#include <{header}>\n" for header in headers)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(["g++", "-std=c++20", "-O2", "-fsyntax-only", INCLUDE, "-x", "c++", "-"],
                   input=source, text=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def compilations():
    """Prints a line for each list of headers. Returns those above the limit."""
    if not pathlib.Path("/usr/include/fmt/core.h").exists():
        print("compilation: fmt is not installed")
        return []
    lists = [STANDARD, ["fmt/core.h"], *(headers for _, headers, _ in HEADERS)]
    # By turns, so that a busy moment of the machine meets all of them.
    runs = zip(*([seconds(headers) for headers in lists] for _ in range(RUNS)))
    alone, other, *ours = map(statistics.median, runs)
    over = []
    for (name, _, limit), took in zip(HEADERS, ours):
        line = (f"compilation of {name}: {took - alone:.3f} s, "
                f"{(took - alone) / (other - alone):.2f} times fmt/core.h")
        print(line)
        if took - alone > limit * (other - alone):
            over.append(line)
    return over


def main():
    over = footprints() + compilations()
    if "--check" in sys.argv[1:] and over:
        sys.exit("above the limit:\n" + "\n".join(over))


if __name__ == "__main__":
    main()
