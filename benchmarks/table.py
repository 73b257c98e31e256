#!/usr/bin/env python3
"""Prints what run.sh measured: a line for each row, how turnout compares with the fastest peer, and what
each phase of a handshake costs.

Usage: table.py DIRECTORY
"""
import sys

import results


def cell(row, key, width, digits=0):
    """A figure, or as much space."""
    text = f"{row[key]:.{digits}f}" if key in row else ""
    return f"{text:>{width}}"


def print_rows(groups):
    print(f"{'':46}{'ns':>9}{'least':>9}{'instr.':>9}{'jumps':>8}{'MB/s':>8}{'allocs':>8}")
    question = None
    for asked, libraries in groups.items():
        if question not in (None, asked.split("/")[0]):
            print()
        question = asked.split("/")[0]
        for library, row in libraries.items():
            if "ns" in row:
                row["speed"] = row["octets"] / row["ns"] * 1000
            print(f"{asked + '/' + library:46}{cell(row, 'ns', 9, 1)}{cell(row, 'least', 9, 1)}"
                  f"{cell(row, 'instructions', 9)}{cell(row, 'jumps', 8)}{cell(row, 'speed', 8)}"
                  f"{cell(row, 'allocations', 8, 1).replace('.0', '  ')}")


def print_comparison(groups):
    print(f"\n{'How many times as fast turnout is as':46}{'the fastest peer':>32}{'Beast':>9}")
    for asked, libraries in groups.items():
        fastest = results.fastest_peer(libraries)
        if fastest is None:
            continue
        ours = libraries["turnout"]["ns"]
        beast = f"{libraries['beast']['ns'] / ours:9.2f}" if "beast" in libraries else ""
        print(f"{asked:46}{libraries[fastest]['ns'] / ours:9.2f}  {fastest:21}{beast}")


def print_phases(phases):
    print(f"\n{'What each phase of a handshake adds':46}{'ns':>9}{'':9}{'instr.':>9}{'jumps':>8}")
    for asked, found in phases.items():
        for phase, row in found.items():
            print(f"{asked + '/' + phase:46}{cell(row, 'ns', 9, 1)}{'':9}"
                  f"{cell(row, 'instructions', 9)}{cell(row, 'jumps', 8)}")


if len(sys.argv) != 2:
    sys.exit(__doc__)
context, rows = results.load(sys.argv[1])
if not rows:
    sys.exit("nothing was measured")
groups = results.by_input(rows)

if context is not None:
    print(f"{context['processor']}, {context['compiler']} -O3, {context['date'][:10]}, "
          f"load {context['load_avg'][0]:.1f} when it began")
    print(f"turnout beside {context['peers']}\n")
print_rows(groups)
if context is not None:
    print_comparison(groups)
if results.phases(rows):
    print_phases(results.phases(rows))
