"""The names directly in turnout:: are those in names.txt, one a line, and at most 90.

names.py ROOT compares; names.py ROOT --write writes the list again. Knows the house's C++ only.
"""
import re
import sys

import house

MOST = 90
LIST = house.tests / "rules" / "names.txt"
TOKEN = re.compile(r"""(?xsm) //[^\n]* | /\*.*?\*/ | ^[ \t]*\#[^\n]* | "(?:\\.|[^"\\])*" | (?<!\w)'(?:\\.|[^'\\])+'
                   | (?P<word>\w+) | (?P<sign>\S)""")
CONFUSING = re.compile(r"^template <(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*> |\[ \[.*?\] \] |\balignas \(.*?\) ")
NAME = re.compile(r"(?:class|struct|union|enum(?: class| struct)?|using|concept|inline namespace|namespace) (\w+)")


def declarations(text):
    """What each declaration in namespace turnout::v0 begins with, up to its body or its end."""
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
            if inside == ["namespace turnout", "inline namespace v0"]:
                yield head
            shut, words = 1, []
        elif one == "}" and depth == 0:
            inside.pop()
            words = []
        elif one == ";" and depth == 0:
            if inside == ["namespace turnout", "inline namespace v0"] and words:
                yield " ".join(words)
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


names = {}
for path, lines in house.headers():
    if path.parts[0] != "adapter":
        for declaration in declarations("\n".join(lines)):
            names.setdefault(name_of(declaration), path)
names.pop("", None)

if "--write" in sys.argv[2:]:
    LIST.write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
listed = LIST.read_text(encoding="utf-8").split() if LIST.is_file() else []
for name in sorted(names.keys() - set(listed)):
    house.fault(house.include / names[name], 1, f"{name} is a new name in turnout::, see names.txt")
for name in sorted(set(listed) - names.keys()):
    house.fault(LIST, listed.index(name) + 1, f"{name} is no name in turnout::")
if len(names) > MOST:
    house.fault(LIST, MOST + 1, f"{len(names)} names in turnout:: are too many: {MOST} may be there")
house.finish()
