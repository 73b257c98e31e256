"""Prints how many lines and branches of include/ ran, per folder, and each that did not.

    report.py EXPORTED    what llvm-cov exports as text

Fails unless those that did not run are exactly the ones in known.txt. All instances of a template
count together. What the compiler writes, a comparison that is the default and the missing default
of a switch, has no branches of ours.
"""
import collections
import json
import pathlib
import sys

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include" / "turnout"
KNOWN = pathlib.Path(__file__).with_name("known.txt")
CODE, SKIPPED, GAP = 0, 2, 3  # kinds of regions


def lines_of(function):
    """How often each line of an instance ran: where it begins, or where a part of it does."""
    within, begun, skipped = {}, collections.Counter(), set()
    for first, _, last, _, count, file, _, kind in function["regions"]:
        if kind == SKIPPED:
            skipped.update(range(first, last + 1))
        if file != 0 or kind not in (CODE, GAP):
            continue
        within.update(dict.fromkeys(range(first + 1, last + 1), count))
        begun[first] = max(begun[first], count if kind == CODE else 0)
    return {line: max(within.get(line, 0), begun[line]) for line in {*within, *begun} - skipped}


def branches_of(function):
    """How often each condition of an instance was true and false: {(line, column, side): count}."""
    counts = {}
    for line, column, _, _, *sides, file, _, _ in function["branches"]:
        if file == 0:
            counts.update(((line, column, side), count)
                          for side, count in zip(("true", "false"), sides))
    return counts


def is_ours(text, place):
    """True unless the compiler writes the branch itself, or the line has no code."""
    if len(place) == 1:
        return not text.lstrip().startswith(("#", "//"))
    return not text.endswith("= default;") and not text.lstrip().startswith("switch (")


def all_counts(functions):
    """{file: {place: count}}, where a place is a line, or a line, a column and a side."""
    files = collections.defaultdict(collections.Counter)
    for function in functions:
        path = pathlib.Path(function["filenames"][0]).resolve()
        if path.is_relative_to(INCLUDE):
            counts = files[path.relative_to(INCLUDE)]
            for line, count in lines_of(function).items():
                counts[line,] += count
            counts.update(branches_of(function))
    return files


def print_table(rooms):
    print(f"{'':12} {'lines':>6} {'run':>8} {'branches':>9} {'run':>8}")
    rooms["all"] = [sum(column) for column in zip(*rooms.values())]
    for name, (lines, ran, branches, taken) in rooms.items():
        print(f"{name:12} {lines:6} {100 * ran / lines:6.1f} % {branches:9} "
              f"{100 * taken / max(branches, 1):6.1f} %")


def known_places():
    """The lines of known.txt that name a place: 'FILE: TEXT'."""
    return {line for line in KNOWN.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")}


def main(exported):
    functions = json.loads(pathlib.Path(exported).read_text(encoding="utf-8"))["data"][0]["functions"]
    rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
    missed = collections.defaultdict(list)
    for path, counts in sorted(all_counts(functions).items()):
        source = (INCLUDE / path).read_text(encoding="utf-8").splitlines()
        for place, count in sorted(counts.items()):
            text = source[place[0] - 1]
            if not is_ours(text, place):
                continue
            room, at = rooms[path.parts[0]], 0 if len(place) == 1 else 2
            room[at] += 1
            room[at + 1] += count > 0
            if count == 0:
                says = "never runs" if at == 0 else f"never {place[2]} in column {place[1]}"
                missed[f"{path}: {text.strip()}"].append(f"{path}:{place[0]}: {says}")
    print_table(rooms)
    known = known_places()
    for place in sorted({*missed} - known):
        print(f"\nnot in {KNOWN.name}: {place}", *missed[place], sep="\n  ")
    for place in sorted(known - {*missed}):
        print(f"\nruns, but is in {KNOWN.name}: {place}")
    return {*missed} != known


sys.exit(main(*sys.argv[1:]))
