#!/usr/bin/env python3
"""Prints docs/interop.md: ours among other people's programs.

Usage: table.py EXAMPLES PEERS [--write FILE]

EXAMPLES is where ours were built, PEERS where run.sh put the others. The rows are written again, the
words around them stay. Exit status 1 if something did not work; a peer that is not there is "not run".
"""
import datetime
import pathlib
import re
import sys

import between
import others
import websocket_peers
from known import Known

HERE = pathlib.Path(__file__).resolve().parent
TABLES = {"clients": websocket_peers.clients, "servers": websocket_peers.servers,
          "others": others.rows, "between": between.rows}


def table(head, rows):
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in [head, ["---"] * len(head), *rows])


def not_run(head, name):
    return [name, "not run", *[""] * (len(head) - 2)]


def main():
    examples, folder = (pathlib.Path(one).resolve() for one in sys.argv[1:3])
    known, page, failed = Known(folder), (HERE.parent.parent / "docs/interop.md").read_text(), []
    for name, make in TABLES.items():
        head, found = make(examples, known)
        rows = []
        for peer, row, good in found:
            rows.append(not_run(head, peer) if row is None else row)
            print(*rows[-1], sep=" | ", flush=True)
            if not good:
                failed.append(f"{name}: {peer}")
        page = re.sub(rf"(<!-- {name} -->\n\n?)(\|.*\n)*", rf"\1{table(head, rows)}", page)
    page = re.sub(r"(?<=found on )\d{4}-\d\d-\d\d", str(datetime.date.today()), page)
    if "--write" in sys.argv:
        pathlib.Path(sys.argv[sys.argv.index("--write") + 1]).write_text(page)
    sys.exit("did not work: " + ", ".join(failed) if failed else 0)


if __name__ == "__main__":
    main()
