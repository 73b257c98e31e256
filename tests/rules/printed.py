"""A page of docs/ is what the program says that prints it: ROOT PAGE PROGRAM."""
import pathlib
import subprocess
import sys

root, page, program = sys.argv[1:]
path = pathlib.Path(root, page)
printed = subprocess.run([program], check=True, capture_output=True, encoding="utf-8").stdout
if not path.is_file() or path.read_text(encoding="utf-8") != printed:
    sys.exit(f"{path}:1: differs from what is printed; print it again: {program} > {page}")
