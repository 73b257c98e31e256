#!/usr/bin/env python3
"""Prints the times of two builds beside each other: for each row the least of all batches.

Usage: beside.py DIRECTORY DIRECTORY
"""
import pathlib
import sys

import results

if len(sys.argv) != 3:
    sys.exit(__doc__)
names = [pathlib.Path(directory).name for directory in sys.argv[1:]]
one, other = (results.load(directory)[1] for directory in sys.argv[1:])
print(f"\n{'':46}{names[0]:>9}{names[1]:>9}{'ns less':>9}")
for name in one:
    print(f"{name:46}{one[name]['least']:9.1f}{other[name]['least']:9.1f}"
          f"{one[name]['least'] - other[name]['least']:9.1f}")
