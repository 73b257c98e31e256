"""Changes the headers, one place at a time, and counts for how many changes a test fails.

    python3 tests/mutation/run.py [--folder NAME]... [--most N] [--seconds N] [--seed S]
                                  [--tests N] [--like TEXT]...

--folder   a folder of include/turnout/ or the beginning of a header's path; the seven with the
           rules of HTTP if there is none
--most     how many changes to make: all
--seconds  how long to go on: 120. The order of changes depends on the seed and on the changes alone
--tests    how many files of tests a change may pass before it counts as not caught: 25
--like     only changes that are printed with this text

Needs Clang, doctest and fmt, and tests that pass. Nothing is changed in place: the headers are
copied to build-mutation/. If a header has code for programs that are optimized for size, its own
tests also run as such a program.
Fails if a change that no test notices is neither in equivalent.txt, with the reason why none can,
nor in only_speed.txt: those that change nothing but how long it takes.
"""
import argparse
import collections
import functools
import pathlib
import re
import resource
import subprocess
import sys
import time

import mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTED = {"equivalent": "equivalent.txt", "only speed": "only_speed.txt"}
BUILD = ROOT / "build-mutation"
COPY = BUILD / "include"
ROOMS = ["grammar", "field", "message", "negotiation", "machine", "handshake", "connection"]
FLAGS = ["-std=c++20", "-O0", "-w", "-pthread", "-DDOCTEST_CONFIG_SUPER_FAST_ASSERTS", f"-I{COPY}",
         f"-I{ROOT / 'tests'}", f"-I{ROOT / 'examples'}"]
BY_THE_COMPILER = re.compile(r"static_assert failed|static assertion failed|constant expression")
SECONDS = 20  # for the tests of a file; a change may make them endless
# Those for other rooms, and those that take longer than all others together.
LEFT_OUT = re.compile(r"tests/(adapter|interop|consumers|fuzz|readme|work|explore|mutation)/")


def limited():
    """A change may loop for ever, and take memory with each round."""
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def compiled(source, *options, seconds=120):
    """Runs the compiler. Returns what it said if it failed, and nothing if it did not."""
    try:
        done = subprocess.run(["clang++", *FLAGS, *options, source], capture_output=True, text=True,
                              timeout=seconds)
    except subprocess.TimeoutExpired:
        return "no constant expression: it takes too long"
    return done.stderr if done.returncode != 0 else ""


def outcome():
    """What the program says that was built last: passed, failed or late."""
    try:
        done = subprocess.run([BUILD / "tests"], stdout=subprocess.DEVNULL, timeout=SECONDS,
                              stderr=subprocess.DEVNULL, preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return "late"
    return "passed" if done.returncode == 0 else "failed"


@functools.cache
def main_object():
    """doctest's own main function, and the headers that all tests include, compiled once."""
    prefix = BUILD / "prefix.hpp"
    prefix.write_text("".join(f"#include <{name}>\n" for name in (
        "doctest/doctest.h", "algorithm", "array", "random", "string", "vector")))
    assert not compiled(prefix, "-x", "c++-header", "-o", BUILD / "prefix.pch")
    assert not compiled(ROOT / "tests/support/main.cpp", "-c", "-o", BUILD / "main.o")
    return BUILD / "main.o"


def build(test, small=False):
    """Returns what the compiler says; nothing if there is a program now."""
    main = main_object()
    prefix = ["-D__OPTIMIZE_SIZE__"] if small else ["-include-pch", BUILD / "prefix.pch"]
    return compiled(test, *prefix, main, "-lfmt", "-o", BUILD / "tests")


@functools.cache
def without_a_change(test, small):
    """What tests say of the headers as they are."""
    return "failed" if build(test, small) else outcome()


@functools.cache
def included_by(path):
    """What a file includes of the library and of the tests."""
    names = re.findall(r'^#include "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    places = [top / name for name in names for top in (ROOT / "include", ROOT / "tests")]
    return [place for place in places if place.exists()]


@functools.cache
def distances(test):
    """How many includes lead from a test to each file."""
    found, left = {test: 0}, collections.deque([test])
    while left:
        path = left.popleft()
        for other in included_by(path):
            if other not in found:
                found[other] = found[path] + 1
                left.append(other)
    return found


class Killers:
    """The tests that include a header, those that most likely notice a change first."""

    def __init__(self, most):
        self.most = most
        self.kills = collections.Counter()
        self.all = [path for path in sorted((ROOT / "tests").rglob("*_test.cpp"))
                    if not LEFT_OUT.search(path.as_posix())]

    def of(self, header):
        """Each as (test, whether to build it as a small program)."""
        path = ROOT / "include/turnout" / header
        near = [test for test in self.all if path in distances(test)]
        own = ROOT / "tests" / header.replace(".hpp", "_test.cpp")
        near.sort(key=lambda test: (test != own, -self.kills[header, test],
                                    test.parent != own.parent, distances(test)[path],
                                    test.stat().st_size))
        has_small = own in near and "optimized_for_size" in path.read_text(encoding="utf-8")
        return [(test, False) for test in near[:self.most]] + [(own, True)] * has_small

    def verdict(self, mutant):
        """caught, not C++, or missed."""
        target = COPY / "turnout" / mutant.header
        text = target.read_text(encoding="utf-8")
        for test, small in self.of(mutant.header):
            target.write_text(mutant.applied_to(text), encoding="utf-8")
            try:
                wrong = build(test, small)
                says = "failed" if wrong else outcome()
            finally:
                target.write_text(text, encoding="utf-8")
            if wrong and not BY_THE_COMPILER.search(wrong):
                return "not C++"
            if says not in ("passed", without_a_change(test, small)):
                self.kills[mutant.header, test] += 1
                return "caught"
        return "missed"


def listed():
    """What is known of changes that no test notices, by the change."""
    return {line: verdict for verdict, name in LISTED.items()
            for line in pathlib.Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")}


def all_mutants(folders):
    include = ROOT / "include/turnout"
    texts = {path.relative_to(include).as_posix(): path.read_text(encoding="utf-8")
             for path in sorted(include.rglob("*.hpp"))}
    members = mutants.enumerations(texts.values())
    for header, text in texts.items():
        target = COPY / "turnout" / header
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        if any(header == one or header.startswith(one.rstrip("/") + "/") for one in folders):
            yield from mutants.mutants(header, text, members)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--folder", action="append")
    options.add_argument("--most", type=int)
    options.add_argument("--seconds", type=int, default=120)
    options.add_argument("--seed", default="1")
    options.add_argument("--tests", type=int, default=25)
    options.add_argument("--like", action="append")
    asked = options.parse_args()
    known = listed()
    begun = time.monotonic()
    killers = Killers(asked.tests)
    rooms = collections.defaultdict(collections.Counter)
    unknown = 0
    made = [one for one in dict.fromkeys(all_mutants(asked.folder or ROOMS))
            if not asked.like or any(text in str(one) for text in asked.like)]
    print(f"{len(made)} changes to make")
    for mutant in sorted(made, key=lambda one: one.order(asked.seed))[:asked.most]:
        if time.monotonic() - begun > asked.seconds:
            break
        verdict = known.get(str(mutant)) or killers.verdict(mutant)
        rooms[mutant.header.split("/")[0]][verdict] += 1
        if verdict == "missed":
            unknown += 1
            print(f"no test fails: {mutant}", flush=True)
    print(f"{'':12} {'caught':>7} {'missed':>7} {'equivalent':>11} {'only speed':>11} "
          f"{'not C++':>8} {'share':>8}")
    rooms["all"] = sum(rooms.values(), collections.Counter())
    for name, of in rooms.items():
        share = 100 * of["caught"] / max(of["caught"] + of["missed"], 1)
        print(f"{name:12} {of['caught']:7} {of['missed']:7} {of['equivalent']:11} "
              f"{of['only speed']:11} {of['not C++']:8} {share:6.1f} %")
    return unknown > 0


sys.exit(main())
