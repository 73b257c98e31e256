"""Prints the live part of docs/scores.md, from what measure.py has kept.

Usage: page.py [--write]

With --write, the page and its chart are written. Fails if a program fails a case for which faults.json has no words.
"""
import collections
import dataclasses
import fnmatch
import json
import pathlib
import re
import sys

import chart

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs/scores.md"
CHART = ROOT / "docs/scores.svg"
sys.path.insert(0, str(ROOT / "tests/vectors"))
import suite  # noqa: E402

KINDS = {"server": "Servers", "client": "Clients", "proxy": "Intermediaries"}
HANDSHAKES = {"server": "valid offers accepted", "client": "valid answers accepted", "proxy": "valid offers forwarded"}
INTRO = """
## Live

Results of `turnout-probe` with running programs on {date}: the newest versions in the package registries of their
languages, and the versions of Debian 12 (nginx, HAProxy, Apache httpd, Caddy, lighttpd, nghttpx, Squid, Varnish,
Boost.Beast, websocketpp, libwebsockets, Mojolicious), each set up as its documentation says.
`sh tests/scores/scores.sh --write` writes this part again; [tests/scores](../tests/scores/README.md) has the programs,
and what happened in each case.

![Share of the MUST rules that each program follows](scores.svg)

- *MUST rules followed*: cases of rules that an RFC states with MUST.
- *other rules followed*: cases of what only follows from the text, such as that nothing is a tunnel without a 101.
- *valid* offers and answers: handshakes without any fault. No RFC requires a program to switch, so these are counted
  separately; most of those that fail have a list in Upgrade or Connection, or an interim response.

What failed was tried once more, with longer time limits. A program passes a case if it closes the connection instead
of refusing, and with every outcome that the RFCs leave open. The number after each fault is that of its cases: faults
against MUST rules come first, in each group the most frequent one.
"""


# Whose outcome is left open after all, or breaks no must, so that it counts against nobody.
OPEN = {
    "websocket-request/version-8": "a server may speak that draft too",
    "websocket-request/hixie-76": "a server may speak that draft too",
    "h2c/not-spoken": "a server may speak h2c too",
    "relay-smuggling/coding-identity": "a request may be forwarded without a coding that means nothing",
    "relay-smuggling/coding-twice": "a request may be forwarded with the coding once",
    "expect/refused-upgrade": "a server may first ask for the content",
    "request-line/http2-preface": "a server may speak HTTP/2 on the same port",
    "request-line/http2-preface-then-garbage": "a server may speak HTTP/2 on the same port",
    "deflate-request/server-window-15": "no MUST says that it is answered, and an answer without it means the same",
}
# Where the must is the sender's: a client that takes it breaks a rule that follows.
OF_SENDERS = {f"websocket-response/{name}" for name in (
    "accept-twice", "accept-twice-wrong-first", "subprotocol-twice-same", "subprotocol-two-lines", "subprotocol-empty")}
# What shows that a rule was broken that follows from the text, and not which must.
FOLLOWS = "no pong|no answer|said nothing|major version of HTTP|an LF has no CR|before the answer was whole|opened a tunnel"


def cases():
    """All cases by their names."""
    live = json.loads((ROOT / "examples/probe/cases.json").read_text())["cases"]
    return {case["id"]: case for case in [*suite.cases(), *live]}


def stated_requirements():
    """Those for which an RFC says MUST; others follow from what it says."""
    lines = (ROOT / "tests/rules/requirements.txt").read_text().splitlines()
    rows = [line.split(" | ") for line in lines if " | " in line and not line.startswith("#")]
    return {row[0] for row in rows if re.search("MUST|SHALL|REQUIRED", row[1])}


def demands_switch(case):
    """True if a switch is the only valid outcome."""
    def switches(outcome):
        what = outcome["outcome"]
        return what in {"switch", "switched"} or (
            what == "forward" and (outcome.get("tunnel") is True or bool(outcome.get("offers"))))
    return all(switches(one) for one in case["expect"])


def has_switched(saw):
    return saw.get("status") == 101 or saw.get("did") == "switched"


def is_stated(case, stated):
    """True if a case is about a rule that an RFC states with MUST."""
    if case["id"] in OF_SENDERS:
        return False
    return not stated.isdisjoint(case.get("requirements", stated))


@dataclasses.dataclass
class Score:
    """What a program made of its cases."""

    name: str
    version: str
    kind: str
    setup: str
    date: str
    held: int = 0  # of the musts
    musts: int = 0
    followed: int = 0  # of the other rules, that only follow from the text
    others: int = 0
    completed: int = 0  # of the valid handshakes
    handshakes: int = 0
    broken: list = dataclasses.field(default_factory=list)  # the musts that it broke: id and result
    missed: list = dataclasses.field(default_factory=list)  # the same of the others

    @property
    def share(self):
        return self.held / self.musts

    @property
    def is_ours(self):
        return self.name.startswith("turnout")

    def add(self, case, result, stated):
        failed = result["verdict"] == "failed"
        if result.get("said", "").startswith("no connection: "):
            return
        if failed and (case["id"] in OPEN or case["level"] == "latitude"):
            return
        if demands_switch(case) and not (failed and has_switched(result["saw"])):
            self.handshakes += failed or has_switched(result["saw"])
            self.completed += has_switched(result["saw"])
        elif result.get("level", case["level"]) != "must":
            return
        elif is_stated(case, stated) and not re.search(FOLLOWS, result.get("said", "")):
            self.musts += 1
            self.held += not failed
            self.broken += [(case["id"], result)] * failed
        else:
            self.others += 1
            self.followed += not failed
            self.missed += [(case["id"], result)] * failed


# Of a client that did not offer something, all answers that have it are one: this one is kept.
ANSWERS = {"deflate-response/": "deflate-response/not-offered",
           "websocket-response/subprotocol-": "websocket-response/subprotocol-unasked"}


def without_the_same(results, known):
    """Results of a client, without those that say the same as another one."""
    kept = dict(results)
    for prefix, one in ANSWERS.items():
        names = [name for name in results if name.startswith(prefix)]
        agreed = any(outcome.get("deflate") or outcome.get("subprotocol")
                     for name in names if demands_switch(known[name]) for outcome in known[name]["expect"])
        if not agreed:
            kept = {name: result for name, result in kept.items() if name not in names or name == one}
    return kept


def score_of(path, known, stated):
    read = json.loads(path.read_text())
    score = Score(read["program"], read["version"], read["kind"], read["setup"], read["date"])
    results = without_the_same(read["cases"], known) if score.kind == "client" else read["cases"]
    for name, result in results.items():
        if name in known:  # it may have been measured before a case was removed
            score.add(known[name], result, stated)
    return score


def words_for(kind, name, result, faults):
    """What faults.json says of such a failure: the first that fits; else which case it is."""
    for fault in faults:
        fits = (fault["kind"] == kind and any(fnmatch.fnmatchcase(name, one) for one in fault["cases"])
                and re.search(fault.get("said", ""), result["said"]))
        if fits:
            return fault["words"]
    print(f"no words for {kind} {name}: {result['said']} ({result['saw']})", file=sys.stderr)
    return f"it fails `{name}`"


def sentence(score, faults):
    """What a program gets wrong."""
    parts = []
    for failures in (score.broken, score.missed):
        found = collections.Counter(words_for(score.kind, name, result, faults) for name, result in failures)
        parts += [f"{words} ({count})" for words, count in found.most_common() if words not in "; ".join(parts)]
    text = "; ".join(parts) or "no fault was found"
    return text[0].upper() + text[1:] + "."


def plain(text):
    return text.replace("|", "\\|")


def table(kind, scores, faults):
    lines = [f"\n### {KINDS[kind]}\n",
             f"| program | version | MUST rules followed | other rules followed | {HANDSHAKES[kind]} | what it gets wrong |",
             "|---|---|---:|---:|---:|---|"]
    these = [one for one in scores if one.kind == kind]
    for one in sorted(these, key=lambda one: (-one.share, not one.is_ours, one.name.lower())):
        lines.append(f"| {one.name}: {plain(one.setup)} | {one.version} | {one.held} of {one.musts} | {one.followed} of {one.others} "
                     f"| {one.completed} of {one.handshakes} | {sentence(one, faults)} |")
    return "\n".join(lines) + "\n"


def main():
    known, stated, faults = cases(), stated_requirements(), json.loads((HERE / "faults.json").read_text())
    scores = [score_of(path, known, stated) for path in sorted((HERE / "results").glob("*.json"))]
    scores = [one for one in scores if one.musts]  # Without a faultless handshake, nothing more was tried.
    dates = sorted(one.date for one in scores)
    text = INTRO.format(date=dates[-1])
    text += "".join(table(kind, scores, faults) for kind in KINDS)
    print(text)
    if "--write" in sys.argv[1:]:
        page = PAGE.read_text()
        PAGE.write_text(re.sub(r"(?s)(?<=<!-- live -->\n).*?(?=\n<!-- in memory -->)", lambda _: text, page))
        CHART.write_text(chart.chart(scores, dates[-1]), encoding="utf-8")


if __name__ == "__main__":
    main()
