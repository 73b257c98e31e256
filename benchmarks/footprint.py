#!/usr/bin/env python3
"""Prints what turnout costs a small machine, and a compilation.

Usage: footprint.py [--check] [sizes | times]

- sizes: what `size` calls the text of a server's turn (footprint/*.cpp), which is code and constants,
  with -Os for x86-64 and for Cortex-M4, the largest stack frame, and how much stack the deepest calls
  need; and the flash of a whole WebSocket server (smallest/turnout.cpp) on Cortex-M4;
- times: how long a compiler takes for the headers, beyond the standard ones among them, as a multiple
  of what it takes for fmt/core.h.

--check fails if a figure is above its limit. What is not installed is left out.
"""
import functools
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
         "-ffunction-sections", "-fdata-sections", "-fcallgraph-info=su", INCLUDE]
CORTEX = ["arm-none-eabi-g++", "-mcpu=cortex-m4", "-mthumb"]
# The machine, its compiler, and how many octets there may be.
MACHINES = [("x86-64", ["g++"], 40_000), ("Cortex-M4", CORTEX, 32_000)]
# Newlib's small C library, whose calls of an operating system do nothing.
WHOLE = [*CORTEX, "-Os", "--specs=nano.specs", "--specs=nosys.specs", "-Wl,--gc-sections"]
# On Cortex-M4:
LARGEST_FRAME = 1200
DEEPEST_STACK = 3500
FLASH = 32_000
STANDARD = "array bit cstddef cstdint string_view type_traits".split()
# The headers, and how many times as long as fmt/core.h they may take.
HEADERS = [("the umbrella", ["turnout/turnout.hpp"], 1.5),
           ("a server with WebSocket",
            ["turnout/connection/server.hpp", "turnout/protocol/websocket/server.hpp"], 1.0)]
RUNS = 15


def stack(graph):
    """The largest stack frame, and how much the deepest calls need, of a call graph of GCC."""
    frames = {name: int(size) for name, size in
              re.findall(r'node: \{ title: "(.+?)" label: ".*?(\d+) bytes \(', graph)}
    calls = {name: set() for name in frames}
    for caller, called in re.findall(r'edge: \{ sourcename: "(.+?)" targetname: "(.+?)"', graph):
        if called in frames:
            calls[caller].add(called)

    @functools.cache
    def depth(name):  # nothing calls itself, or this does not end
        return frames[name] + max(map(depth, calls[name]), default=0)

    return max(frames.values()), max(map(depth, frames))


def compiled(compiler, source, directory):
    """The object file."""
    program = pathlib.Path(directory, "turn.o")
    subprocess.run([*compiler, *SMALL, "-c", source, "-o", program], check=True)
    return program


def turn(compiler, source, directory):
    """The octets of text, the largest stack frame, and the deepest stack."""
    program = compiled(compiler, source, directory)
    sections = subprocess.check_output(["size", "-A", program], text=True)
    text = sum(map(int, re.findall(r"^\.(?:text|rodata)\S*\s+(\d+)", sections, re.M)))
    return text, *stack(program.with_suffix(".ci").read_text(encoding="utf-8"))


def flash(directory):
    """The octets of code, constants and first values of a whole server, with its C library."""
    program = compiled(CORTEX, HERE / "smallest" / "turnout.cpp", directory)
    whole = program.with_suffix(".elf")
    # What nosys leaves out is warned of.
    subprocess.run([*WHOLE, program, "-o", whole], check=True, stderr=subprocess.DEVNULL)
    text, data = subprocess.check_output(["size", whole], text=True).splitlines()[1].split()[:2]
    return int(text) + int(data)


def sizes():
    """Prints a line for each source and machine. Returns those above the limit."""
    over = []
    for machine, compiler, limit in MACHINES:
        if not shutil.which(compiler[0]):
            print(f"{machine}: {compiler[0]} is not installed")
            continue
        for source in sorted(HERE.glob("footprint/*.cpp")):
            with tempfile.TemporaryDirectory() as directory:
                text, frame, deepest = turn(compiler, source, directory)
            line = (f"{machine}, a turn with {source.stem}: {text} octets of text, "
                    f"largest frame {frame}, deepest stack {deepest}")
            print(line)
            if text > limit or (compiler == CORTEX and
                                (frame > LARGEST_FRAME or deepest > DEEPEST_STACK)):
                over.append(line)
    if shutil.which(CORTEX[0]):
        with tempfile.TemporaryDirectory() as directory:
            octets = flash(directory)
        line = f"Cortex-M4, a whole WebSocket server with its C library: {octets} octets of flash"
        print(line)
        if octets > FLASH:
            over.append(line)
    return over


def seconds(headers):
    """The processor time of one compilation of nothing but these headers."""
    source = "".join(f"#include <{header}>\n" for header in headers)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(["g++", "-std=c++20", "-O2", "-fsyntax-only", INCLUDE, "-x", "c++", "-"],
                   input=source, text=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def times():
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
    check, *wanted = sys.argv[1:] if "--check" in sys.argv[1:2] else ["", *sys.argv[1:]]
    over = []
    for measure in (sizes, times):
        if not wanted or measure.__name__ in wanted:
            over += measure()
    if check and over:
        sys.exit("above the limit:\n" + "\n".join(over))


if __name__ == "__main__":
    main()
