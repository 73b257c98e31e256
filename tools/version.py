#!/usr/bin/env python3
"""Prints the version that include/turnout/version.hpp states, for Meson."""
import pathlib
import re

header = pathlib.Path(__file__).resolve().parent.parent / "include/turnout/version.hpp"
numbers = re.findall(r"define TURNOUT_VERSION_(?:MAJOR|MINOR|PATCH) +(\d+)", header.read_text())
print(".".join(numbers))
