#!/usr/bin/env python3
"""Prints what the benchmarks wrote as JSON: a line for each row, and how it compares with Beast.

Usage: table.py FILE...     where there are several files, the least time of each row counts
"""
import json
import sys


def load(path):
    """What a run says of itself, and the medians of its rows in the order of the program."""
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    rows = [row for row in run["benchmarks"] if row["aggregate_name"] == "median"]
    return run["context"], sorted(rows, key=lambda row: row["family_index"])


best = {}
for path in sys.argv[1:]:
    context, rows = load(path)
    for row in rows:
        name = row["run_name"]
        best[name] = min(row, best.get(name, row), key=lambda one: one["cpu_time"])
if not best:
    sys.exit(__doc__)

print(f"{context['compiler']}, {context['peers']}, load when it began {context['load_avg'][0]:.1f}")
print(f"{'':36}{'ns':>9}{'MB/s':>8}  times as fast as Beast")
before = None
for name, row in best.items():
    asked, _, library = name.rpartition("/")
    question = asked.split("/")[0]
    if before not in (None, question):
        print()
    before = question
    beast = best.get(f"{asked}/beast")
    ratio = f"{beast['cpu_time'] / row['cpu_time']:7.2f}" if beast and beast is not row else ""
    print(f"{name:36}{row['cpu_time']:9.1f}{row['bytes_per_second'] / 1e6:8.0f}{ratio}")
