"""Prints the page with the program in it. Usage: fill.py PAGE PROGRAM"""
import base64
import pathlib
import re
import sys

page, program = map(pathlib.Path, sys.argv[1:])
header = pathlib.Path("include/turnout/version.hpp").read_text()
version = ".".join(re.findall(r"#define TURNOUT_VERSION_\w+ (\d+)", header))
text = page.read_text().replace("@VERSION@", version)
print(text.replace("@WASM@", base64.b64encode(program.read_bytes()).decode()), end="")
