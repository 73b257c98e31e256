"""Citations lead somewhere: requirement IDs and decisions exist, and sections are cited in one form.

Tests of the layers that implement RFCs cite at least one requirement.
"""
import re

import house

AREAS = "MSG|GRM|UPG|CON|WS|PMD|H2C|TLS|ALP|UDP|IPX|CAP|XC|DKR|K8S|CTC|INT|OPT|ENG|WLD|PRS|INC|BND|ETH|TPL"
ID = re.compile(rf"\b(?:{AREAS})-\d\d\b")
CITING = {"field", "message", "negotiation", "handshake", "protocol"}
RFC = re.compile(r"\bRFC[ -]?\d+", re.IGNORECASE)
# An RFC as a whole, or sections of it, whose number may be on the next line.
FORM = re.compile(r"RFC \d{4,5}\b(?! ?[§#]|,? [Ss]ec)|RFC \d{4,5} sections?( \d| [A-Z]\b|$)")
DECISION = re.compile(r"\bD\d{1,2}\b")

rules = house.tests / "rules"
known = set(ID.findall((rules / "requirements.txt").read_text(encoding="utf-8")))
decisions = house.root / "docs/decisions/README.md"
decided = set(re.findall(r"^## (D\d+)\.", decisions.read_text(encoding="utf-8"), re.M))

for path in sorted(house.tests.rglob("*")):
    # The rules' own tests cite what does not exist.
    if path.suffix in {".cpp", ".hpp", ".js", ".json", ".py"} and rules not in path.parents:
        text = path.read_text(encoding="utf-8", errors="replace")
        for found in ID.finditer(text):
            if found[0] not in known:
                line = text.count("\n", 0, found.start()) + 1
                house.fault(path, line, f"{found[0]} is not a requirement")

for path, lines in house.unit_tests():
    if path.parts[0] in CITING and not any(ID.search(line) for line in lines):
        house.fault(house.tests / path, 1, "cites no requirement")

for path, lines in house.headers():
    for number, line in enumerate(lines, 1):
        astray = "§" in line or re.search(r"[Ss]ection [\d.]+ of RFC", line)
        if astray or any(not FORM.match(line, found.start()) for found in RFC.finditer(line)):
            house.fault(house.include / path, number, "write it as: RFC 9110 section 7.8")
        for cited in DECISION.findall(line) if "//" in line else []:
            if cited not in decided:
                house.fault(house.include / path, number, f"{cited} is not a decision")
house.finish()
