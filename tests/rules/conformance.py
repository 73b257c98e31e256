"""docs/conformance.md is what requirements.txt says and what the tests cite.

conformance.py ROOT compares; conformance.py ROOT --write prints the page again.
"""
import collections
import re
import sys

import house

rows_file = house.tests / "rules" / "requirements.txt"
page = house.root / "docs" / "conformance.md"
ID = re.compile(r"\b[A-Z][A-Z0-9]+-\d\d\b")
STRING = r'"(?:[^"\\]|\\.)*"'
# A case: the comment or the data right above it, its name, and its body.
CASE = re.compile(rf"(?:^.+\n)*^TEST_CASE\(\s*((?:{STRING}\s*)+)\)"
                  r"(?:.*\}$|(?:.*\n)*?\}$)", re.MULTILINE)
STATUSES = {"tested": "tested", "caller": "caller's duty", "out": "out of scope", "open": "open"}
PLACES = 3

Row = collections.namedtuple("Row", "line id level who source rule note")
Place = collections.namedtuple("Place", "path case line")

INTRO = """# Conformance

<!-- Printed by tests/rules/conformance.py, which also compares; not to be edited by hand. -->

Each row is one requirement, in a few words. *Level* and *source* are those of the specification; a
*derived* rule follows from it without a key word, and *latitude* means that it leaves a choice.
*Shown by* lists up to three files below `tests/`, each with a test that cites the requirement. Files
without a test are the corpus of the property tests, public attacks, the cases of `vectors/`, and
conversations with other implementations. If the caller has to fulfil a rule, or a part of it, the
row cites the docstring that says so. Any other rule is out of scope, or open, and says why.
"""


def area_of(requirement):
    return requirement.rpartition("-")[0]


def read_row(number, line, area):
    """A row, or None if the line is none of that area."""
    cells = line.split(" | ")
    if len(cells) not in {5, 6} or not all(cells) or area_of(cells[0]) != area:
        return None
    return Row(number, *cells, *[""] * (6 - len(cells)))


def read_rows():
    """The areas with their titles, and the rows by their IDs."""
    areas, rows, area = {}, {}, ""
    for number, line in enumerate(rows_file.read_text(encoding="utf-8").splitlines(), 1):
        if heading := re.fullmatch(r"\[([A-Z0-9]+)\] (.+)", line):
            area = heading[1]
            areas[area] = heading[2]
        elif line and not line.startswith("#"):
            row = read_row(number, line, area)
            if row is None:
                house.fault(rows_file, number, f"is no row of {area}: {line}")
            elif row.id in rows:
                house.fault(rows_file, number, f"{row.id} is here again")
            else:
                rows[row.id] = row
    return areas, rows


def test_files():
    """Every file in which a citation counts, with its text."""
    for path in sorted(house.tests.rglob("*")):
        folder = path.parent.relative_to(house.tests).as_posix()
        if (path.name.endswith("_test.cpp")
                or (folder in {"attacks", "support"} and path.suffix == ".hpp")
                or (folder == "interop" and path.suffix in {".js", ".py"})
                or (folder == "vectors" and path.suffix == ".json")):
            yield path, path.read_text(encoding="utf-8")


def name_of(case):
    """The name of a case without the IDs in it."""
    name = "".join(literal[1:-1] for literal in re.findall(STRING, case[1]))
    return re.sub(r"\\(.)", r"\1", re.sub(r"\[[A-Z0-9]+-\d\d\] *", "", name)).strip()


def read_citations(areas):
    """For each ID that is cited, the places: cases that name it, other cases, files."""
    named, within = collections.defaultdict(dict), collections.defaultdict(dict)
    for path, text in test_files():
        cases = [(*case.span(), name_of(case)) for case in CASE.finditer(text)]
        for found in ID.finditer(text):
            at = found.start()
            name = next((name for begin, end, name in cases if begin <= at < end), "")
            place = Place(path, name, text.count("\n", 0, at) + 1)
            first = named if name and text[at - 1] == "[" else within
            if area_of(found[0]) in areas:
                first[found[0]].setdefault((path, name), place)
    places = {one: [*{**named[one], **within[one]}.values()] for one in {*named, *within}}
    return {one: sorted(found, key=lambda place: not place.case) for one, found in places.items()}


def docstrings(header):
    """What the docstrings of a header say, on one line; nothing if there is no such header."""
    path = house.include / header
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return " ".join(line.split("///", 1)[1].strip() for line in lines if "///" in line)


def split_note(row):
    """What kind of note a row has, the header that it names if any, and what it says."""
    kind, _, said = row.note.partition(": ")
    header, _, words = said.partition(": ")
    return (kind, header, words) if kind == "caller" else (kind, "", said)


def wrong_with(row, places):
    """What is wrong with a row, if anything is."""
    kind, header, said = split_note(row)
    if not row.note:
        return "" if places else "is shown by no test, and nothing says why"
    if kind not in {"caller", "out", "open"} or not said:
        return f"says neither caller: HEADER: WORDS, nor out: REASON, nor open: REASON: {row.note}"
    if kind == "caller":
        fine = said in docstrings(header)
        return "" if fine else f"is the caller's duty, but no docstring of {header} says: {said}"
    return f"is {STATUSES[kind]}, but {where(places[0])} shows it" if places else ""


def where(place):
    return f"`{place.path.relative_to(house.tests).as_posix()}`"


def plain(text):
    """Text as it has to be in a Markdown table."""
    return re.sub(r"([\\`*|<\[\]])", r"\\\1", text)


def shown_by(row, places):
    lines = [f"{where(one)}: {plain(one.case)}" if one.case else where(one)
             for one in places[:PLACES]]
    if len(places) > PLACES:
        lines.append(f"+{len(places) - PLACES} more")
    kind, header, said = split_note(row)
    if row.note:
        of = f" `{header}`:" if header else ""
        lines.append(f"*{STATUSES.get(kind, kind)}:*{of} {plain(said)}")
    return "<br>".join(lines or ["**nothing yet**"])


def print_counts(areas, rows, cited):
    """One line for each area, and their sum; a column of what is undecided while there is some."""
    kind_of = {row.id: "tested" if row.id in cited else split_note(row)[0] for row in rows}
    kinds = [*STATUSES, *([""] if "" in kind_of.values() else [])]
    head = ["Area", "Rows", *(STATUSES.get(kind, "nothing yet") for kind in kinds)]
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for area in [*areas, ""]:
        found = [kind_of[row.id] for row in rows if area in {area_of(row.id), ""}]
        counts = [len(found), *(found.count(kind) for kind in kinds)]
        title = f"[{area}](#{area.lower()}): {areas[area]}" if area else "All"
        yield f"| {title} | {' | '.join(map(str, counts))} |"


def print_page(areas, rows, cited):
    lines = [INTRO, *print_counts(areas, rows, cited)]
    for area, title in areas.items():
        lines += ["", f"## {area}", "", f"{title}.", "",
                  "| ID | Level | Who | Source | Rule | Shown by |", "|---|---|---|---|---|---|"]
        for row in rows:
            if area_of(row.id) == area:
                cells = [row.id, row.level, row.who, row.source, plain(row.rule)]
                lines.append(f"| {' | '.join(cells)} | {shown_by(row, cited.get(row.id, []))} |")
    return "\n".join(lines) + "\n"


def compare(printed):
    """Reports the first line in which the page is not what is printed."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if text == printed:
        return
    there, now = text.splitlines(), printed.splitlines()
    same = 0
    while same < min(len(there), len(now)) and there[same] == now[same]:
        same += 1
    line = now[same] if same < len(now) else "nothing more"
    house.fault(page, same + 1, f"is not what conformance.py ROOT --write writes: {line}")


areas, rows = read_rows()
cited = read_citations(areas)
for row in rows.values():
    if wrong := wrong_with(row, cited.get(row.id, [])):
        house.fault(rows_file, row.line, f"{row.id} {wrong}")
for one in sorted(cited.keys() - rows.keys()):
    house.fault(cited[one][0].path, cited[one][0].line, f"{one} is not a requirement")
printed = print_page(areas, rows.values(), cited)
if "--write" in sys.argv[2:]:
    page.write_text(printed, encoding="utf-8")
compare(printed)
house.finish()
