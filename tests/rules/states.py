"""docs/states.md is what the tables in include/turnout/machine/ say: print_states prints it."""
import pathlib
import subprocess
import sys

root, print_states = sys.argv[1:]
page = pathlib.Path(root, "docs", "states.md")
printed = subprocess.run([print_states], check=True, capture_output=True, encoding="utf-8").stdout
if page.read_text(encoding="utf-8") != printed:
    sys.exit(f"{page}:1: differs from the tables; print it again: {print_states} > docs/states.md")
