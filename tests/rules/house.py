"""What the rule programs share: the tree that they look at, and how they report."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
include = root / "include/turnout"
tests = root / "tests"

# From the ground up; the umbrella header includes them in this order.
layers = ["kernel", "core", "grammar", "field", "message", "negotiation", "machine", "handshake",
          "protocol", "connection"]

faults = []


def headers():
    """Every header, as a path below include/turnout, with its lines."""
    for path in sorted(include.rglob("*.hpp")):
        yield path.relative_to(include), path.read_text(encoding="utf-8").splitlines()


def is_umbrella(path):
    """True for the header of a room that gives all in it: protocol/tunnel.hpp, turnout.hpp."""
    return path.as_posix() == "turnout.hpp" or (include / path.with_suffix("")).is_dir()


def unit_tests():
    """Every test source file that mirrors a header, as a path below tests, with its lines."""
    apart = {"attacks", "consumers", "explore", "fuzz", "interop", "probe", "properties", "readme",
             "rules", "support", "vectors", "work"}
    for path in sorted(tests.rglob("*_test.cpp")):
        name = path.relative_to(tests)
        if name.parts[0] not in apart:
            yield name, path.read_text(encoding="utf-8").splitlines()


def included(lines):
    """What each #include names, with its line number."""
    for number, line in enumerate(lines, 1):
        if found := re.match(r"\s*#\s*include\s*[<\"]([^>\"]*)", line):
            yield number, found[1]


def fault(path, number, text):
    faults.append(f"{path.relative_to(root)}:{number}: {text}")


def finish():
    """Ends the program: with status 1 when a rule is broken."""
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults else 0)
