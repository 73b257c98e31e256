"""docs/proof.md has the figures and the counterexamples that the explorations find.

proof.py ROOT PROGRAM...: compares what the programs print with the parts of the page that have the
same marks; with --write first, writes them there.
"""
import pathlib
import re
import subprocess
import sys

PART = re.compile(r"<!-- (\w+) -->\n.*?<!-- end of \1 -->\n", re.DOTALL)

write = sys.argv[1] == "--write"
root, *programs = sys.argv[2 if write else 1:]
page = pathlib.Path(root, "docs", "proof.md")
text = page.read_text(encoding="utf-8")
missed = []
for program in programs:
    ran = subprocess.run([program], capture_output=True, encoding="utf-8")
    if ran.returncode != 0:
        sys.exit(f"{program}: a theorem does not hold, or holds without what it depends on:\n"
                 f"{ran.stdout}{ran.stderr}")
    for printed in PART.finditer(ran.stdout):
        old = next((one[0] for one in PART.finditer(text) if one[1] == printed[1]), None)
        if old is None:
            sys.exit(f"{page}:1: has no part that is called {printed[1]}")
        if old != printed[0]:
            missed.append(printed[1])
        text = text.replace(old, printed[0])
if write:
    page.write_text(text, encoding="utf-8")
elif missed:
    sys.exit(f"{page}:1: differs in {', '.join(missed)}; write it again: "
             f"proof.py --write {root} {' '.join(programs)}")
