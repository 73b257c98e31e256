"""Prints the C++ of README.md that a comment marks as compiled and run, for readme_test.cpp."""
import re
import sys

with open(sys.argv[1], encoding="utf-8") as readme:
    blocks = re.findall(r"<!-- compiled and run by tests/readme -->\n```cpp\n(.*?)```", readme.read(), re.S)
if len(blocks) != 3:
    sys.exit(f"{sys.argv[1]}: 3 marked blocks are due, {len(blocks)} are there")
print("// Made from README.md.\n#pragma once\n\n" + "\n".join(blocks), end="")
