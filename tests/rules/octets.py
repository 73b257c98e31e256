"""Tests in C++ take octets that a case of tests/vectors has from there, by its id.

Those that they name with request_of("ID") and response_of("ID") are in tests/vectors/octets.hpp, for the
compiler to read. A constant that takes several lines must name a case if one has the same octets; a short
message stays where it is used, since there it says more than an id. What a test expects to be written stays
too. tests/inspect/vectors_test.py checks the same of the corpus, whose messages are made while it runs.

octets.py ROOT compares; octets.py ROOT --write writes the header again.
"""
import pathlib
import re
import sys

import house

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors"))
import suite

suite.FOLDER = house.tests / "vectors"
HEADER = suite.FOLDER / "octets.hpp"
SIDES = ["request", "response"]
USE = re.compile(r'\b(request|response)_of\(\s*"([^"]+)"\)')
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
CONSTANT = re.compile(rf"(?<![=!<>])=\s*({LITERAL}(?:\s*{LITERAL})+);")
ESCAPES = {"\r": "\\r", "\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
MEANT = {"r": "\r", "n": "\n", "t": "\t"}
WIDTH = 91  # of a literal, so that its line has no more than 100 columns

TEXT = """\
// Octets of cases of this folder, for tests that read them while they are compiled. Written by
// tests/rules/octets.py, which looks for the ids that tests name.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace vectors {{

/// What one side of a case sends.
struct sent {{
  template <std::size_t size>
  constexpr sent(std::string_view name, const char (&literal)[size])
      : id{{name}}, octets{{literal, size - 1}} {{}}

  std::string_view id;
  std::string_view octets;
}};

inline constexpr sent requests[] = {{
{requests}}};

inline constexpr sent responses[] = {{
{responses}}};

template <std::size_t size>
consteval std::string_view octets_of(const sent (&all)[size], std::string_view id) {{
  for (const sent& one : all)
    if (one.id == id) return one.octets;
  std::abort();  // Not here yet: python3 -B tests/rules/octets.py . --write
}}

/// The request of a case.
consteval std::string_view request_of(std::string_view id) {{ return octets_of(requests, id); }}

/// The response of a case.
consteval std::string_view response_of(std::string_view id) {{ return octets_of(responses, id); }}

}}  // namespace vectors
"""


def escaped(octets):
    """Octets in a C++ literal; three octal digits end by themselves."""
    return "".join(ESCAPES.get(one) or (one if " " <= one <= "~" else f"\\{ord(one):03o}") for one in octets)


def literals(octets):
    """The literals that make up octets, each of as many lines as there is room for."""
    pieces = [""]
    for line in re.findall(r"(?s)[^\n]*\n|[^\n]+\Z", octets):
        line = escaped(line)
        if pieces[-1] and len(pieces[-1] + line) > WIDTH:
            pieces.append("")
        pieces[-1] += line
    return [f'"{one}"' for one in pieces]


def entry(name, octets):
    """One row of a table."""
    pieces = literals(octets)
    whole = f'    {{"{name}", {pieces[0]}}},'
    if len(pieces) == 1 and len(whole) <= 100:
        return whole + "\n"
    return f'    {{"{name}",\n     ' + "\n     ".join(pieces) + "},\n"


def unescaped(literal):
    """The octets of literals in C++."""
    def meant(found):
        code = found[1]
        if code[0] == "x":
            return chr(int(code[1:], 16))
        return chr(int(code, 8)) if code[0] in "01234567" else MEANT.get(code, code)
    return "".join(re.sub(r"\\(x[0-9a-fA-F]+|[0-7]{1,3}|.)", meant, one[1:-1]) for one in re.findall(LITERAL, literal))


def sources():
    """The C++ of the tests, with its text."""
    for path in sorted([*house.tests.rglob("*.hpp"), *house.tests.rglob("*.cpp")]):
        if path != HEADER and "node_modules" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def line_of(text, at):
    return text.count("\n", 0, at) + 1


cases = {case["id"]: case for case in suite.cases()}
same = {}  # how octets are named
for case in sorted(cases.values(), key=lambda case: case["role"] not in {"server", "client"}):
    for side in SIDES:
        if side in case:
            same.setdefault(case[side], f'{side}_of("{case["id"]}")')

used = {side: set() for side in SIDES}
for path, text in sources():
    for found in USE.finditer(text):
        if found[1] in cases.get(found[2], {}):
            used[found[1]].add(found[2])
        else:
            house.fault(path, line_of(text, found.start()), f"there is no {found[1]} in a case {found[2]}")
    for found in CONSTANT.finditer(text):
        if name := same.get(unescaped(found[1])):
            house.fault(path, line_of(text, found.start()), f"a case has these octets: write {name}")

tables = {side + "s": "".join(entry(one, cases[one][side]) for one in sorted(used[side])) for side in SIDES}
if any(used.values()) or HEADER.is_file():
    header = TEXT.format(**tables)
    if "--write" in sys.argv[2:]:
        HEADER.write_text(header, encoding="ascii")
    if not HEADER.is_file() or HEADER.read_text(encoding="ascii") != header:
        house.fault(HEADER, 1, "is out of date: write it with octets.py . --write")
house.finish()
