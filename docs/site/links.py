#!/usr/bin/env python3
"""Fails if a page of the documentation has a link that leads nowhere.

Usage: links.py FOLDER
"""
import pathlib
import re
import sys
import urllib.parse

folder = pathlib.Path(sys.argv[1])
pages = {path.name: path.read_text() for path in folder.glob("*.html")}
anchors = {name: set(re.findall(r'(?:id|name)="([^"]+)"', text)) for name, text in pages.items()}
dead = set()
for name, text in pages.items():
    for link in re.findall(r'(?:href|src)="([^"]+)"', text):
        if re.match(r"\w+:", link):
            continue
        file, _, anchor = urllib.parse.unquote(link).partition("#")
        file = file or name
        if not (folder / file).exists() or (anchor and file in anchors and anchor not in anchors[file]):
            dead.add(f"{name}: {link}")
sys.exit("\n".join(sorted(dead)) or 0)
