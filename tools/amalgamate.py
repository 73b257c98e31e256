#!/usr/bin/env python3
"""Makes one header of all of include/turnout but the adapters.

Usage: amalgamate.py [FILE]      without FILE, it is printed

The same tree gives the same octets. Each header comes after those that it includes; the standard
headers are included once, at the top. What a header says in its comments stays.
"""
import pathlib
import re
import subprocess
import sys

import version

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
# `git archive` writes the revision here, for trees without git.
ARCHIVED = "$Format:%H$"
ONLY_HERE = re.compile(r'#pragma once|#include ["<]turnout/|#include <[a-z_]+>')

TOP = """\
// turnout {version}: WebSocket handshake, HTTP Upgrade and 101 Switching Protocols for C++20.
// The whole library in one file, made by tools/amalgamate.py; the headers of include/turnout are the
// source, so change those. Revision {revision}.
//
{licence}
#pragma once

#if defined(TURNOUT_VERSION_MAJOR)
#error "turnout is included twice: this one file, and the headers of include/turnout"
#endif
"""


def revision():
    """The git revision, with a note if the headers are not as they are in it."""
    if not ARCHIVED.startswith("$"):
        return ARCHIVED
    def git(*words):
        command = ["git", "-C", ROOT, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    try:
        changes = git("status", "--porcelain", "--", "include")
        return git("rev-parse", "HEAD") + (", and changes after it" if changes else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def included(text, pattern):
    return re.findall(rf'^#include ["<]({pattern})[">]', text, re.M)


def in_order(name, texts, done):
    """The names of the headers that `name` needs, and then its own."""
    if name in done:
        return
    done.add(name)
    for needed in included(texts[name], r"turnout/[^\">]*"):
        yield from in_order(needed, texts, done)
    yield name


def body(text):
    """What is left of a header without the lines that only separate headers need."""
    lines = [line for line in text.splitlines() if not ONLY_HERE.match(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def single_header():
    names = sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.glob("turnout/**/*.hpp"))
    texts = {name: (INCLUDE / name).read_text(encoding="utf-8")
             for name in names if not name.startswith("turnout/adapter/")}
    # version.hpp tells a wrong language mode before anything else is read.
    first, done = "turnout/version.hpp", set()
    order = [name for start in [first, *texts] for name in in_order(start, texts, done)]
    standard = sorted({name for text in texts.values() for name in included(text, "[a-z_]+")})
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    licence = "\n".join(f"// {line}".rstrip() for line in licence.splitlines())
    parts = [TOP.format(version=version.stated(), revision=revision(), licence=licence).strip(),
             body(texts[first]), "\n".join(f"#include <{name}>" for name in standard)]
    for name in order[1:]:
        # Umbrella headers are nothing but includes.
        if any(line and not line.startswith("//") for line in body(texts[name]).splitlines()):
            parts.append(f"// ==== {name}\n\n{body(texts[name])}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        pathlib.Path(sys.argv[1]).write_bytes(single_header().encode("utf-8"))
    else:
        sys.stdout.buffer.write(single_header().encode("utf-8"))
