"""docs/atlas.md, the table of the inspector and a topic of the vectors are what docs/atlas.json says.

atlas.py ROOT compares; atlas.py ROOT --write writes all three again.
"""
import json
import sys

import atlas_cases
import house

sys.path.insert(0, str(house.pathlib.Path(__file__).resolve().parent.parent / "vectors"))
import suite

source = house.root / "docs" / "atlas.json"
page = house.root / "docs" / "atlas.md"
table = house.root / "examples" / "inspect" / "atlas_rows.hpp"
vectors = house.tests / "vectors" / "atlas.json"

REQUIRED = ["tokens", "who", "what", "turnout", "source"]
OPTIONAL = ["name", "methods", "request", "inspector", "response", "exchange", "bends", "advice",
            "sign"]
SIGNS = ["method", "target", "field", "token"]

INTRO = """# Upgrades in the wild

<!-- Printed by tests/rules/atlas.py from docs/atlas.json; not to be edited by hand. -->

IANA lists seven upgrade tokens; these are in production. Each row says who speaks the protocol, what it is for,
which rule of HTTP it bends, and how to speak it with turnout. [atlas.json](atlas.json) also has a request and a
response of most, as its programs send them, and what `turnout-inspect` says about both, which a test compares.
`turnout-inspect` recognises SIGNED of them by their requests, and names them.
"""

TABLE = """// Protocols in the wild, by what their requests look like: printed by tests/rules/atlas.py from
// docs/atlas.json.
#pragma once

#include <string_view>

/// A protocol in the wild. A sign that is empty says nothing.
struct atlas_row {
  std::string_view method;  ///< the request's method
  std::string_view target;  ///< how its target begins
  std::string_view field;   ///< a field that it has
  std::string_view token;   ///< a member of its Upgrade, which may be malformed
  std::string_view name;
  std::string_view who;
  std::string_view what;
  std::string_view bends;   ///< which rule it bends; empty for none
  std::string_view advice;  ///< what to do; empty for nothing
};

/// Those with more signs come first.
inline constexpr atlas_row atlas[] = {
"""


def check(number, row):
    """Reports what is wrong with a row."""
    for key in REQUIRED:
        if key not in row:
            house.fault(source, number, f"row {number} has no {key}")
    for key in row.keys() - {*REQUIRED, *OPTIONAL}:
        house.fault(source, number, f"row {number} has {key}, which means nothing")
    if not row["tokens"] and "name" not in row:
        house.fault(source, number, f"row {number} has neither a token nor a name")
    if ("request" in row) != ("inspector" in row):
        house.fault(source, number, f"row {number} has a request or what is said of it, not both")
    if ("request" in row and "response" in row) != ("exchange" in row):
        house.fault(source, number, f"row {number}: exchange is for a request with a response")
    for key in row.get("sign", {}).keys() - {*SIGNS}:
        house.fault(source, number, f"row {number} has the sign {key}, which means nothing")


def name_of(row):
    return row.get("name") or ", ".join(row["tokens"])


def cell(text):
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*")


def print_page(rows):
    yield INTRO.replace("SIGNED", str(sum("sign" in row for row in rows)))
    yield "| token | who | what | bends | with turnout | read in |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        name = row.get("name") or ", ".join(f"`{token}`" for token in row["tokens"])
        methods = f" ({row['methods']})" if "methods" in row else ""
        cells = [name + methods, row["who"], row["what"], row.get("bends", ""), row["turnout"],
                 row["source"]]
        yield "| " + " | ".join([cells[0], *map(cell, cells[1:])]) + " |"


def literal(text):
    """A string literal, on lines that are not too wide."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) > 80:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line[:-1])
    return "\n     ".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"'
                          for one in lines)


def print_table(rows):
    yield TABLE.rstrip("\n")
    yield "    // clang-format off"
    for row in sorted(rows, key=lambda one: -len(one.get("sign", {}))):
        if "sign" not in row:
            continue
        signs = [row["sign"].get(sign, "") for sign in SIGNS]
        words = [name_of(row), row["who"], row["what"], row.get("bends", ""),
                 row.get("advice", "")]
        yield "    {" + ",\n     ".join(map(literal, [*signs, *words])) + "},"
    yield "    // clang-format on"
    yield "};"


def compare(path, text):
    if "--write" in sys.argv[2:]:
        path.write_text(text, encoding="utf-8")
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        house.fault(path, 1, "is not what atlas.py ROOT --write writes")


rows = json.loads(source.read_text(encoding="utf-8"))
for number, row in enumerate(rows, 1):
    check(number, row)
compare(page, "\n".join(print_page(rows)) + "\n")
compare(table, "\n".join(print_table(rows)) + "\n")
compare(vectors, suite.written(atlas_cases.topic(rows)))
house.finish()
