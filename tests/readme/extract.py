"""Prints the C++ of a page that a comment marks as compiled and run, for the tests beside."""
import re
import sys

path, due = sys.argv[1], int(sys.argv[2])
with open(path, encoding="utf-8") as page:
    blocks = re.findall(r"<!-- compiled and run by tests/readme -->\n```cpp\n(.*?)```", page.read(), re.S)
if len(blocks) != due:
    sys.exit(f"{path}: {due} marked blocks are due, {len(blocks)} are there")
print("#pragma once\n\n" + "\n".join(blocks), end="")
