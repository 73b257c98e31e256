#!/usr/bin/env python3
"""Prints the version that include/turnout/version.hpp states, for Meson and other scripts."""
import pathlib
import re


def stated():
    header = pathlib.Path(__file__).resolve().parent.parent / "include/turnout/version.hpp"
    text = header.read_text(encoding="utf-8")
    return ".".join(re.findall(r"define TURNOUT_VERSION_(?:MAJOR|MINOR|PATCH) +(\d+)", text))


if __name__ == "__main__":
    print(stated())
