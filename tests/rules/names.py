"""The names directly in turnout:: are those in names.txt, one a line, and at most 90; and the module
in packaging/turnout.cppm exports these and all in the public namespaces below.

names.py ROOT compares; names.py ROOT --write writes both again. Knows the house's C++ only.
"""
import re
import sys

import house

MOST = 90
LIST = house.tests / "rules" / "names.txt"
MODULE = house.root / "packaging" / "turnout.cppm"
VERSIONED = ["namespace turnout", "inline namespace v0"]
TOKEN = re.compile(r"""(?xsm) //[^\n]* | /\*.*?\*/ | ^[ \t]*\#[^\n]* | "(?:\\.|[^"\\])*" | (?<!\w)'(?:\\.|[^'\\])+'
                   | (?P<word>\w+) | (?P<sign>\S)""")
CONFUSING = re.compile(r"^template <(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*> |\[ \[.*?\] \] |\balignas \(.*?\) ")
NAME = re.compile(r"(?:class|struct|union|enum(?: class| struct)?|using|concept|inline namespace|namespace) (\w+)")


def declarations(text):
    """The namespaces around each declaration in turnout::v0, and what it begins with, up to its body
    or its end."""
    inside, depth, shut, words = [], 0, 0, []
    for token in TOKEN.finditer(text):
        one = token["word"] or token["sign"]
        if not one:
            continue
        if shut:
            shut += (one == "{") - (one == "}")
            if not shut and words and words[-1] == "(":
                continue
            if not shut:
                words = words if depth else []
            continue
        if one == "{" and depth == 0:
            head = " ".join(words)
            if re.match(r"(inline )?namespace", head):
                inside.append(head)
                words = []
                continue
            if inside[:2] == VERSIONED:
                yield inside[2:], head
            shut, words = 1, []
        elif one == "}" and depth == 0:
            inside.pop()
            words = []
        elif one == ";" and depth == 0:
            if inside[:2] == VERSIONED and words:
                yield inside[2:], " ".join(words)
            words = []
        elif one == "{":
            shut = 1
        else:
            depth += (one == "(") - (one == ")")
            words.append(one)


def name_of(declaration):
    """The name that a declaration adds to its namespace, or nothing: operators, members."""
    head = CONFUSING.sub("", declaration)
    head = re.sub(r"^requires .*?(?=\b(class|struct|constexpr|inline)\b)", "", head)
    if re.match(r"static_assert|extern", head) or " operator " in f" {head} ":
        return ""
    if using := re.match(r"using (?:\w+ : : )+(\w+)$", head):
        return using[1]
    if re.match(r"using namespace", head):
        return ""
    if found := NAME.match(head):
        return found[1]
    before = re.split(r" (?:\(|=|\[) ?", head)[0]
    if re.search(r": : \w+$", before):  # a member, defined after its class
        return ""
    return re.findall(r"\w+", before)[-1] if re.findall(r"\w+", before) else ""


def space_of(inside):
    """turnout and the namespaces below it, as C++ writes them."""
    return "::".join(["turnout", *(re.sub("namespace | ", "", one) for one in inside)])


def module(spaces):
    """The module: a line for each namespace, sorted, with what it exports."""
    lines = ["// turnout as a C++20 module: `import turnout;`. Macros stay outside: the version is in",
             "// turnout/version.hpp. Written by tests/rules/names.py.",
             "module;", "", "#include <turnout/protocol.hpp>", "#include <turnout/turnout.hpp>", "", "export module turnout;"]
    for space, exported in sorted(spaces.items()):
        lines += ["", f"export namespace {space} {{",
                  *(f"using {space}::{name};" for name in sorted(exported)), f"}}  // namespace {space}"]
    return "\n".join(lines) + "\n"


names, spaces = {}, {}
for path, lines in house.headers():
    if path.parts[0] == "adapter":
        continue
    for inside, declaration in declarations("\n".join(lines)):
        name, space = name_of(declaration), space_of(inside)
        if name and space == "turnout":
            names.setdefault(name, path)
        operator = re.search(r"\boperator ([^(\w]+?) \(", declaration)
        exported = f"operator{operator[1].replace(' ', '')}" if operator else name
        if exported and "detail" not in space:
            spaces.setdefault(space, set()).add(exported)

if "--write" in sys.argv[2:]:
    LIST.write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
    MODULE.write_text(module(spaces), encoding="utf-8")
listed = LIST.read_text(encoding="utf-8").split() if LIST.is_file() else []
for name in sorted(names.keys() - set(listed)):
    house.fault(house.include / names[name], 1, f"{name} is a new name in turnout::, see names.txt")
for name in sorted(set(listed) - names.keys()):
    house.fault(LIST, listed.index(name) + 1, f"{name} is no name in turnout::")
if len(names) > MOST:
    house.fault(LIST, MOST + 1, f"{len(names)} names in turnout:: are too many: {MOST} may be there")
if not MODULE.is_file() or MODULE.read_text(encoding="utf-8") != module(spaces):
    house.fault(MODULE, 1, "is out of date: write it with names.py . --write")
house.finish()
