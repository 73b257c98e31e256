#!/usr/bin/env python3
"""Prints what run.sh measured: a line for each row, and how it compares with the fastest peer.

Usage: table.py DIRECTORY
"""
import sys

import results

if len(sys.argv) != 2:
    sys.exit(__doc__)
context, rows = results.load(sys.argv[1])
if not rows:
    sys.exit("nothing was measured")

print(f"{context['processor']}, {context['compiler']} -O3, {context['date'][:10]}, "
      f"load {context['load_avg'][0]:.1f} when it began")
print(f"turnout beside {context['peers']}\n")
print(f"{'':38}{'ns':>9}{'instr.':>10}{'MB/s':>8}{'allocs':>8}  x fastest peer")
question = None
for asked, libraries in results.by_input(rows).items():
    if question not in (None, asked.split("/")[0]):
        print()
    question = asked.split("/")[0]
    fastest = min((row["ns"] for name, row in libraries.items() if name != "turnout"), default=None)
    for library, row in libraries.items():
        instructions = f"{row['instructions']:.0f}" if "instructions" in row else ""
        allocations = f"{row['allocations']:.1f}".removesuffix(".0") if "allocations" in row else ""
        ratio = f"{fastest / row['ns']:.2f}" if fastest else ""
        print(f"{asked + '/' + library:38}{row['ns']:9.1f}{instructions:>10}"
              f"{row['octets'] / row['ns'] * 1000:8.0f}{allocations:>8}{ratio:>10}")
