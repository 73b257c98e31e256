"""Scores libraries with the vectors: scores.py FOLDER [--write]

FOLDER is what scores.sh has built. With --write, this part of docs/scores.md is written again, and
measured/servers.json, which the models of `turnout-inspect chain` are fitted to.
"""
import collections
import contextlib
import datetime
import json
import pathlib
import re
import subprocess
import sys

import score
import suite

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scores.md"
MEASURED = suite.FOLDER / "measured" / "servers.json"
FAULTS = 12  # of a library, that the page names

Library = collections.namedtuple("Library", "name version adapter")

INTRO = """
## In memory

Results of libraries with the [conformance vectors](../tests/vectors/README.md), version {version}, on {date}: {count}
cases of servers, clients, relays, field values and HTTP/2. `sh tests/vectors/scores.sh --write` writes this part again.

Each library plays the cases of the roles and protocols that it has; what it does not do is not counted. Where the
RFCs leave a choice, every outcome that they allow counts as right. A library that only parses heads is tested together
with checks written by hand, as a careful program has them: what such a program gets wrong is then what the parser did
not tell it. Servers and clients run in memory, with their own defaults. Here a program that could switch and does not
is wrong too.

| library | version | server | client | other | failed MUST cases | of |
|---|---|---|---|---|---:|---:|
"""


def output_of(*command, **options):
    """What a program prints; nothing if it can't be run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def node_libraries(build):
    adapter = ROOT / "tests/vectors/adapters/node/adapter.js"
    modules = build / "node_modules"
    newest = modules / ".bin/node"  # which undici asks for
    if version := output_of("node", "--version").strip().lstrip("v"):
        yield Library("Node http", version, ["node", str(adapter), "http"])
    for name, node in (("ws", "node"), ("undici", str(newest))):
        with contextlib.suppress(OSError):
            version = json.loads((modules / name / "package.json").read_text())["version"]
            yield Library(f"npm {name}", version, ["env", f"NODE_PATH={modules}", node, str(adapter), name])


def java_libraries(build):
    found = [re.fullmatch(r"(netty-codec-http|okhttp-jvm)-(\d.*)\.jar", path.name)
             for path in sorted((build / "java/lib").glob("*.jar"))]
    names = {"netty-codec-http": ("Netty", "netty"), "okhttp-jvm": ("OkHttp", "okhttp")}
    for jar, version in (one.groups() for one in found if one):
        name, adapter = names[jar]
        yield Library(name, version, ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{build}/java:{build}/java/lib/*",
                                      "Adapter", adapter])


def cpp_libraries(build):
    adapter = str(build / "websocketpp_adapter")
    if version := output_of(adapter, "version").strip():
        yield Library("websocketpp", version, [adapter])


def go_libraries(build):
    adapter = build / "go_adapter"
    if not adapter.exists():
        return
    versions = dict(re.findall(r"^\s+dep\s+\S+?/(\w+/\w+)\s+v(\S+)",
                               output_of("go", "version", "-m", str(adapter)), re.MULTILINE))
    go = re.search(r"go(\d[\d.]*)", output_of("go", "version"))
    yield Library("Go net/http", go[1] if go else "", [str(adapter), "net-http"])
    for name, module in (("gorilla", "gorilla/websocket"), ("coder", "coder/websocket"),
                         ("gobwas", "gobwas/ws")):
        yield Library(f"Go {name}", versions.get(module, ""), [str(adapter), name])


def rust_libraries(build):
    adapter = build / "rust_adapter"
    if not adapter.exists():
        return
    locked = (build / "rust" / "Cargo.lock").read_text()
    for name in ("hyper", "tungstenite", "fastwebsockets", "httparse"):
        version = re.search(rf'name = "{name}"\nversion = "([^"]+)"', locked)
        yield Library(f"Rust {name}", version[1], [str(adapter), name])


def parsers(build):
    adapter = build / "ours/tests/differential/turnout_parsers_adapter"
    for line in output_of(str(adapter)).splitlines():
        name, version = line.split("\t")
        yield Library(name, version, [str(adapter), name])


def python_libraries(build):
    python = build / "python/bin/python3"
    for path in sorted((ROOT / "tests/vectors/adapters").glob("*_adapter.py")):
        name = path.stem.removesuffix("_adapter")
        version = output_of(str(python), "-c", f"import importlib.metadata as m; print(m.version('{name}'))")
        if version:
            yield Library(f"Python {name}", version.strip(), [str(python), "-B", str(path)])


def libraries(build):
    """Everything that there is to score."""
    numbers = re.findall(r"define TURNOUT_VERSION_\w+ (\d+)", (ROOT / "include/turnout/version.hpp").read_text())
    yield Library("turnout", ".".join(numbers), [str(build / "turnout_adapter")])
    for find in (node_libraries, go_libraries, rust_libraries, python_libraries, java_libraries, cpp_libraries,
                 parsers):
        yield from find(build)


def judged(library, cases):
    """Each case with the library's answer and the verdict."""
    answers = score.ask(library.adapter, cases)
    silent = {"outcome": "none"}
    return [(case, answers.get(case["id"], silent),
             score.verdict_on(case, answers.get(case["id"], silent))) for case in cases]


def share(all_of_it, is_asked):
    """How many of the cases with such a role that were played passed, in words."""
    played = [verdict for case, _, verdict in all_of_it
              if is_asked(case["role"]) and verdict != "skip"]
    return f"{played.count('pass')} of {len(played)}" if played else ""


def row(library, all_of_it):
    musts = [verdict for case, _, verdict in all_of_it
             if case["level"] == "must" and verdict != "skip"]
    cells = [library.name, library.version, share(all_of_it, lambda role: role == "server"),
             share(all_of_it, lambda role: role == "client"),
             share(all_of_it, lambda role: role not in {"server", "client"}),
             musts.count("fail"), len(musts)]
    return "| " + " | ".join(map(str, cells)) + " |"


def plain(text):
    return re.sub(r"([\\`*|<\[\]])", r"\\\1", text)


def faults(library, all_of_it):
    """Which MUST rules a library breaks: topics, and the first case of each."""
    topics = collections.defaultdict(list)
    for case, answer, verdict in all_of_it:
        if verdict == "fail" and case["level"] == "must":
            topics[case["id"].partition("/")[0]].append((case, answer))
    if not topics:
        return
    yield f"\n#### {library.name} {library.version}\n"
    for topic, found in sorted(topics.items(), key=lambda one: -len(one[1]))[:FAULTS]:
        case, answer = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield (f"- {topic}, {len(found)}: {plain(case['why'])} ({case['section']}; `{case['id']}`{more}). "
               f"Its outcome: {answer.get('outcome')}.")


def in_brief(answer):
    """The part of an answer that a model predicts: "switch 3", "refuse 400", "ordinary"."""
    outcome = answer.get("outcome")
    more = {"switch": "leftover", "refuse": "status"}.get(outcome)
    return f"{outcome} {answer[more]}" if more in answer else outcome


def write_measured(scored):
    """What each library answered as a server, if it has one, apart from the cases that it does not play."""
    measured = [{"name": library.name, "version": library.version,
                 "answers": {case["id"]: in_brief(answer) for case, answer, verdict in all_of_it
                             if case["role"] == "server" and verdict != "skip"}}
                for library, all_of_it in scored]
    measured = [one for one in measured if one["answers"]]
    MEASURED.parent.mkdir(exist_ok=True)
    MEASURED.write_text(json.dumps(measured, indent=1) + "\n", encoding="ascii")


def version_of_vectors():
    found = re.search(r"^## (\S+)", (suite.FOLDER / "CHANGELOG.md").read_text(), re.MULTILINE)
    return found[1].rstrip(",") if found else ""


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    cases = suite.cases()
    scored = [(library, judged(library, cases)) for library in libraries(build)]
    page = INTRO.format(version=version_of_vectors(), date=datetime.date.today(), count=len(cases))
    page += "\n".join(row(*one) for one in scored) + "\n\n### What they get wrong\n\n"
    page += ("The topics in which a library breaks a MUST rule, the first case of each, and how many more there are.\n")
    page += "\n".join(line for one in scored for line in faults(*one)) + "\n"
    print(page)
    if "--write" in sys.argv[2:]:
        whole = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(re.sub(r"(?s)(?<=<!-- in memory -->\n).*", lambda _: page, whole), encoding="utf-8")
        write_measured(scored)


if __name__ == "__main__":
    main()
