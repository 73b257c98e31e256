"""The tests of the rule programs: each accepts a sound little tree, and refuses it once broken."""
import pathlib
import subprocess
import sys
import tempfile


def header(includes="", body="/// Always\n/// true.\nconstexpr bool yes() { return true; }"):
    return (f"// Something, RFC 9110 section 7.8.\n#pragma once\n{includes}\n"
            f"namespace turnout {{\ninline namespace v0 {{\n{body}\n"
            "}  // namespace v0\n}  // namespace turnout\n")


UPG = "UPG-01 | MUST | client | RFC 9110 section 7.8 | Switches"
CON = "CON-01 | derived | server | RFC 9112 | Connects"
DUTY = "caller: core/errc.hpp: Always true."
SOUND = {
    "include/turnout/version.hpp": "// Version.\n#pragma once\n#define TURNOUT_VERSION_MAJOR 0\n",
    "include/turnout/turnout.hpp": "// All.\n#pragma once\n" '#include "turnout/version.hpp"\n'
    '#include "turnout/core/errc.hpp"\n#include <turnout/field/upgrade.hpp>\n',
    "include/turnout/core/errc.hpp": header('#include <cstddef>\n#include "turnout/version.hpp"'),
    "include/turnout/field/upgrade.hpp": header('#include "turnout/core/errc.hpp"'),
    "include/turnout/adapter/fmt.hpp": header("#include <fmt/format.h>\n#include <string>"),
    "tests/core/errc_test.cpp": '// Test.\n#include "turnout/core/errc.hpp"\n',
    "tests/field/upgrade_test.cpp": "// UPG-01\n#include <turnout/field/upgrade.hpp>\n",
    "tests/adapter/fmt_test.cpp": '// Test.\n#include "turnout/adapter/fmt.hpp"\n',
    "tests/rules/requirements.txt": f"# IDs.\n[UPG] Upgrade\n{UPG} | {DUTY}\n"
    f"[CON] Connection\n{CON} | open: not yet\n",
}
SOUND["docs/decisions/README.md"] = "# Decisions\n\n## D1. Nothing is decided\n"
SERVER = "include/turnout/connection/server.hpp"
PROGRAMS = ["asio_coroutines/server", "beast/server", "fixed_buffers/server", "llhttp/server",
            "persistent_client/client", "poll_server/server", "reverse_proxy/proxy",
            "through_proxy/client"]
VECTORS = "tests/vectors/host.json"
VECTOR = """\
{
  "topic": "host",
  "about": "Host.",
  "cases": [
    {
      "id": "host/twice",
      "role": "server", "profile": "foo/2",
      "request": "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n",
      "expect": [{"outcome": "refuse", "status": [400]}],
      "section": "RFC 9112 section 3.2", "level": "must", "requirements": ["UPG-01"],
      "tags": ["host"],
      "why": "Two lines."
    }
  ]
}
"""
AGAIN = VECTOR.replace("\n  ]", ",\n" + VECTOR.partition("[\n")[2].partition("\n  ]")[0] + "\n  ]")
PLAIN = VECTOR.replace("host", "line").replace("twice", "plain").replace("Host: a\\r\\nHost", "Host").replace(', "requirements": ["UPG-01"]', "")
SOUND["tests/vectors/line.json"] = PLAIN
OCTETS = "tests/vectors/octets.hpp"
REQUEST = r'''"GET / HTTP/1.1\r\n"
"Host: a\r\n\x0d\n"'''
BEGIN, END = "  // turnout begins\n", "  // turnout ends\n"
SOUND["tests/rules/names.txt"] = "yes\n"
SOUND["packaging/turnout.cppm"] = """\
// turnout as a C++20 module: `import turnout;`. Macros stay outside: the version is in
// turnout/version.hpp. Written by tests/rules/names.py.
module;

#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

export module turnout;

export namespace turnout {
using turnout::yes;
}  // namespace turnout
"""
SOUND.update({f"examples/{name}.cpp": f"// It.\n{BEGIN}code\n{END}" for name in PROGRAMS})
SOUND["tests/readme/CMakeLists.txt"] = "extract_code(README.md 1 readme.hpp)\n"
SOUND["packaging/c/turnout.h"] = "typedef int turnout_server, turnout_server_turn, turnout_text;\n"
SOUND["tests/proxies/proxies.py"] = 'PROXIES = {"nginx": 0}\n'
PROGRAM = "examples/reverse_proxy/proxy.cpp"
CORE = "include/turnout/core/errc.hpp"
FIELD = "include/turnout/field/upgrade.hpp"
UMBRELLA = "include/turnout/turnout.hpp"
TEST = "tests/field/upgrade_test.cpp"
ROWS = "tests/rules/requirements.txt"
PAGE = "docs/conformance.md"
NAMES = "tests/rules/names.txt"
MODULE = "packaging/turnout.cppm"
ROW = CON.replace("CON-01", "CON-02")
SHOWN = f"| {UPG} | `field/upgrade_test.cpp`"
PRINTED = f"""
| Area | Rows | tested | caller's duty | out of scope | open |
|---|---:|---:|---:|---:|---:|
| [UPG](#upg): Upgrade | 1 | 1 | 0 | 0 | 0 |
| [CON](#con): Connection | 1 | 0 | 0 | 0 | 1 |
| All | 2 | 1 | 0 | 0 | 1 |

## UPG

Upgrade.

| ID | Level | Who | Source | Rule | Shown by |
|---|---|---|---|---|---|
{SHOWN}<br>*caller's duty:* `core/errc.hpp`: Always true. |

## CON

Connection.

| ID | Level | Who | Source | Rule | Shown by |
|---|---|---|---|---|---|
| {CON} | *open:* not yet |
"""
COMPILED = "<!-- compiled and run by tests/readme -->\n"


def block(language, code):
    return f"```{language}\n{code}\n```\n"


def plant(tree, files):
    for name, content in files.items():
        file = pathlib.Path(tree, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def run(rule, path, text):
    with tempfile.TemporaryDirectory() as tree:
        plant(tree, {**SOUND, path: text})
        program = [sys.executable, "-B", pathlib.Path(__file__).with_name(rule + ".py"), tree]
        return subprocess.run(program, capture_output=True, text=True)


def written_page():
    """What conformance.py writes for the sound tree, over a page that is out of date."""
    with tempfile.TemporaryDirectory() as tree:
        plant(tree, {**SOUND, PAGE: "stale"})
        program = [sys.executable, "-B", pathlib.Path(__file__).with_name("conformance.py"), tree]
        subprocess.run([*program, "--write"], check=True)
        return pathlib.Path(tree, PAGE).read_text(encoding="utf-8")


SOUND[PAGE] = written_page()
# The rule, the file that breaks it, what the file then holds, and what the program says: nothing
# if it is sound.
BROKEN = [
    ("layers", CORE, header('#include "turnout/field/upgrade.hpp"'), ":3: core must not include"),
    ("layers", CORE, header('#include "turnout/core/errc.hpp"'), ":1: circle"),
    ("layers", FIELD, header("#include <turnout/message/head.hpp>"), ":3: field must not include"),
    ("layers", "include/turnout/misc/x.hpp", header(), ":1: misc is not a layer"),
    ("layers", "include/turnout/core/new.hpp", header(), "turnout.hpp:1: core/new.hpp is missing"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + "int code;\n", ":6: the umbrella header holds no code"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + '#include "turnout/adapter/fmt.hpp"\n', ":6: adapter/"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + '#include "turnout/core/errc.hpp"\n', ":6: core/errc"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + '#include "turnout/protocol/h2c.hpp"\n', ":6: protocol/h2c"),
    ("layers", "include/turnout/protocol/h2c.hpp", header(), "protocol/h2c.hpp is missing"),
    ("includes", CORE, header("#include <string>"), ":3: string"),
    ("includes", CORE, header('#include "errc.hpp"'), ":3: errc.hpp"),
    ("includes", CORE, header("#define TURNOUT_FAST 1"), ":3: #define"),
    ("includes", CORE, header("#undef TURNOUT_VERSION_MAJOR"), ":3: #undef"),
    ("includes", CORE, header("#ifdef NDEBUG"), ":3: #ifdef NDEBUG"),
    ("includes", CORE, header("#include <array>"), ":1: turnout/version.hpp is not included"),
    ("includes", CORE, header(body="[[gnu::pure]] int f();"), ":6: not every compiler has this"),
    ("includes", CORE, header(body="auto x = __builtin_popcount(1);"), ":6: not every compiler"),
    ("includes", CORE, header('#include "turnout/version.hpp"',
                              "#if defined(__GNUC__)\n[[gnu::pure]] int f();\n#endif"), ""),
    ("includes", CORE, header().replace("#pragma once", ""), ":1: #pragma once"),
    ("includes", CORE, header().replace("inline namespace v0", "namespace x"), ":5: the namespace"),
    ("includes", CORE, "// Nothing.\n#pragma once\n", ":1: nothing in namespace"),
    ("includes", CORE, header().replace("}  // namespace v0", "} // namespace v0"), ":10: a namespace ends with"),
    ("includes", CORE, header()[1:], ":1: a header begins with"),
    ("includes", CORE, header(body="\n" * 300), ":301: "),
    ("includes", SERVER, header('#include "turnout/core/errc.hpp"'), ""),
    ("includes", SERVER, header('#include "turnout/handshake/client.hpp"'), "client.hpp: a server does"),
    ("includes", SERVER, header(body="int x;\n" * 7400), ":1: a server includes 74"),
    ("mirrored", "include/turnout/core/untested.hpp", header(), "untested.hpp:1: has no test"),
    ("mirrored", "tests/core/gone_test.cpp", "", "gone_test.cpp:1: there is no header"),
    ("mirrored", "tests/core/errc_test.cpp", "#include <x>\n", ":1: includes x first"),
    ("citations", TEST, "// UPG-01, UPG-99\n", ":1: UPG-99 is not"),
    ("citations", TEST, "", ":1: cites no requirement"),
    ("citations", CORE, header("// RFC 9110 §7.8"), ":3: write it as"),
    ("citations", CORE, header("// RFC9110 section 7.8"), ":3: write it as"),
    ("citations", CORE, header("// Decision D2."), ":3: D2 is not a decision"),
    ("citations", CORE, header("// Decision D1."), ""),
    ("conformance", ROWS, SOUND[ROWS] + ROW, ":6: CON-02 is shown by no test"),
    ("conformance", ROWS, SOUND[ROWS] + ROW, "open | nothing yet |"),
    ("conformance", ROWS, SOUND[ROWS] + ROW + " | later: on", ":6: CON-02 says neither"),
    ("conformance", ROWS, SOUND[ROWS] + ROW + " | open: ", ":6: CON-02 says neither"),
    ("conformance", ROWS, SOUND[ROWS] + ROW + " | caller: core/errc.hpp: No.", "says: No."),
    ("conformance", ROWS, SOUND[ROWS] + ROW + " | caller: gone.hpp: Always.", "of gone.hpp says"),
    ("conformance", ROWS, SOUND[ROWS] + CON, ":6: CON-01 is here again"),
    ("conformance", ROWS, SOUND[ROWS] + UPG, ":6: is no row of CON"),
    ("conformance", ROWS, SOUND[ROWS] + "CON-02 | MUST", ":6: is no row of CON"),
    ("conformance", ROWS, SOUND[ROWS] + ROW.replace("server", ""), ":6: is no row of CON"),
    ("conformance", ROWS, SOUND[ROWS].replace(DUTY, "out: x"), ":3: UPG-01 is out of scope, but"),
    ("conformance", ROWS, SOUND[ROWS].replace(DUTY, "open: x"), ":3: UPG-01 is open, but"),
    ("conformance", CORE, header(body="int f(); // Always true."), ":3: UPG-01 is the caller's"),
    ("conformance", TEST, "// UPG-01\n// UPG-99\n", "_test.cpp:2: UPG-99 is not a requirement"),
    ("conformance", TEST, "", "| 1 | 0 | 1 | 0 | 0 |"),
    ("conformance", PAGE, "", "conformance.md:1: is not what conformance.py ROOT --write writes"),
    ("conformance", PAGE, SOUND[PAGE] + "More.\n", "writes: nothing more"),
    ("conformance", TEST, 'TEST_CASE("[UPG-01] a \\"b\\"") { c(); }\n', SHOWN + ': a "b"<br>*'),
    ("conformance", TEST, 'TEST_CASE(\n  "[UPG-01] a | b") {\n}\n', SHOWN + ": a \\| b<br>*"),
    ("conformance", TEST, 'TEST_CASE("a") {\n  b();\n\n  // UPG-01\n}\n', SHOWN + ": a<br>*"),
    ("conformance", TEST, '// UPG-01\nint b[] {\n};\nTEST_CASE("a") {\n}\n', SHOWN + ": a<br>*"),
    ("conformance", TEST, "// UPG-01 and ISO-86\n", ""),
    ("conformance", TEST, '// UPG-01\n\nTEST_CASE("a") {\n}\n', ""),
    ("conformance", TEST, 'TEST_CASE("a") {\n}\n// UPG-01\n', ""),
    ("conformance", TEST, 'TEST_CASE("a") {\n  // UPG-01\n}\n\nTEST_CASE("[UPG-01] b") {\n}\n',
     SHOWN + ": b<br>`field/upgrade_test.cpp`: a<br>*"),
    ("conformance", TEST, '// UPG-01\n\nTEST_CASE("a") {\n  // UPG-01\n}\n',
     SHOWN + ": a<br>`field/upgrade_test.cpp`<br>*"),
    ("conformance", TEST, "\n".join(f'TEST_CASE("[UPG-01] {c}") {{\n}}\n' for c in "abcd"),
     "`field/upgrade_test.cpp`: c<br>+1 more<br>*caller's duty:* `core/errc.hpp`: Always true. |"),
    ("conformance", "tests/support/corpus.hpp", "// UPG-01\n", SHOWN + "<br>`support/corpus.hpp`"),
    ("conformance", "tests/attacks/early.hpp", "// UPG-01\n", f"| {UPG} | `attacks/early.hpp`<br>"),
    ("conformance", "tests/vectors/host.json", VECTOR, SHOWN + "<br>`vectors/host.json`"),
    ("conformance", "tests/interop/a_test.js", "// UPG-01\n", SHOWN + "<br>`interop/a_test.js`"),
    ("conformance", "tests/interop/node_modules/a.js", "// UPG-01\n", ""),
    ("docstrings", CORE, header(body="constexpr int f(int x = g({1}));"), ":6: f() has no"),
    ("docstrings", CORE, header(body="/// Far.\n\nint f() {}"), ":8: f() has no"),
    ("names", CORE, header(body="struct more {};"), "more is a new name in turnout::"),
    ("names", NAMES, "no\nyes\n", "names.txt:1: no is no name in turnout::"),
    ("names", CORE, header(body="namespace detail {\nstruct more {};\n}  // namespace detail"), ""),
    ("names", CORE, header(body="namespace tls {\nstruct more {};\n}  // namespace tls"), "cppm:1: is out"),
    ("names", CORE, header(body="bool operator|(s one, s other) { return true; }"), "cppm:1: is out"),
    ("names", MODULE, "", "cppm:1: is out of date"),
    ("examples", PROGRAM, BEGIN + "code\n" * 10 + END + BEGIN + "code\n" * 10 + END, ""),
    ("examples", PROGRAM, BEGIN + "code\n" * 10 + END + BEGIN + "code\n" * 11 + END, "has 21 lines b"),
    ("examples", PROGRAM, f"{BEGIN}code\n", "has None lines between"),
    ("examples", PROGRAM, f"{END}code\n{BEGIN}", "has None lines between"),
    ("examples", PROGRAM, f"{BEGIN}{BEGIN}{END}{END}", "has None lines between"),
    ("examples", PROGRAM, "code\n", "has 0 lines between"),
    ("examples", PROGRAM, "", "has 0 lines; an example"),
    ("examples", PROGRAM, f"{BEGIN}code\n{END}" + "code\n" * 146, ""),
    ("examples", PROGRAM, f"{BEGIN}code\n{END}" + "code\n" * 147, "has 150 lines; an example"),
    ("blocks", "README.md", COMPILED + block("cpp", ""), ""),
    ("blocks", "README.md", block("cpp", ""), ":1: C++ that tests/readme does not compile"),
    ("blocks", "docs/guide.md", COMPILED + block("cpp", ""), ":1: tests/readme does not read"),
    ("blocks", "README.md", "A\n" + block("ada", ""), ":2: nothing checks ada"),
    ("blocks", "README.md", block("", "a"), ":1: a block without a language"),
    ("blocks", "docs/security.md", block("", "a"), ""),
    ("blocks", "README.md", "- a:\n  ```sh\n  ls\n  ```\n", ":1: a block that begins or ends"),
    ("blocks", "README.md", block("c", "drop(sizeof(server) + sizeof(turn) + sizeof(written) + sizeof(out));"), ""),
    ("blocks", "README.md", block("c", "drop(;"), ":1: gcc: "),
    ("blocks", "README.md", block("sh", "sh tests/a.sh && cp tests/core/errc_test.cpp x"), "no tests/a.sh"),
    ("blocks", "README.md", block("sh", "if"), ":1: sh: "),
    ("blocks", "README.md", "Run `sh tests/a.sh`.", ":1: there is no tests/a.sh"),
    ("blocks", "README.md", block("cmake", "add(b)"), ""),
    ("blocks", "README.md", block("cmake", "add(b"), ":1: cmake: "),
    ("blocks", "README.md", block("json", "{"), ":1: no JSON"),
    ("blocks", "README.md", block("text", "src/   sources"), ":1: there is no src/"),
    ("blocks", "docs/recipes.md", "| nginx 1.2 | yes |\n" + block("nginx", "a"), ""),
    ("blocks", "docs/recipes.md", "| Caddy 1.2 | yes |\n" + block("nginx", "a"), "has not tried it"),
    ("blocks", "docs/recipes.md", "## A\nNot tested.\n" + block("yaml", "a: b"), ""),
    ("blocks", "docs/recipes.md", "## A\nNot tested.\n## B\n" + block("yaml", "a: b"), "not tested"),
    ("vectors", VECTORS, VECTOR, ""),
    ("vectors", VECTORS, VECTOR.replace("\n      ", "\n    "), ":1: is not written as"),
    ("vectors", VECTORS, VECTOR.replace("host/twice", "hosts/twice"), "an id that is not like host/name"),
    ("vectors", VECTORS, VECTOR.replace("UPG-01", "UPG-99"), "the requirement UPG-99, which"),
    ("vectors", VECTORS, VECTOR.replace('"must"', '"latitude"'), "latitude, but has one outcome"),
    ("vectors", VECTORS, VECTOR.replace('"must"', '"always"'), "has no level of must,"),
    ("vectors", VECTORS, VECTOR.replace("refuse", "refused"), "has an outcome that is none of close,"),
    ("vectors", VECTORS, VECTOR.replace("RFC 9112 section", "RFC 9112"), "has a section that is not"),
    ("vectors", VECTORS, VECTOR.replace("lines.", "lines"), "has no tags, or no sentence why"),
    ("vectors", VECTORS, VECTOR.replace('"request"', '"response"'), "lacks request"),
    ("vectors", VECTORS, VECTOR.replace('"tags"', '"tag"'), "lacks tags"),
    ("vectors", VECTORS, AGAIN, "host/twice has the same id as another case"),
    ("vectors", VECTORS, AGAIN.replace("twice", "once", 1), "host/twice has the same input as another"),
    ("octets", TEST, f"auto a = {REQUEST};", ':1: a case has these octets: write request_of("line/plain")'),
    ("octets", TEST, f"auto a = {REQUEST} + b;", ""),
    ("octets", TEST, f"CHECK(a == {REQUEST});", ""),
    ("octets", TEST, 'auto a = "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n";', ""),
    ("octets", TEST, '\nrequest_of("line/once")', ":2: there is no request in a case line/once"),
    ("octets", TEST, 'response_of("line/plain")', ":1: there is no response in a case line/plain"),
    ("octets", TEST, 'request_of("line/plain")', "octets.hpp:1: is out of date"),
    ("octets", OCTETS, "", "octets.hpp:1: is out of date"),
    ("docstrings", CORE, header(body="/// S.\nclass s {\n public:\n  int f();\n};"), ":9: f() has"),
    ("docstrings", CORE, header(body="template <class T>\nenum class e {};"), ":6: enum class e"),
]

wrong = 0
if not SOUND[PAGE].endswith(PRINTED):
    wrong = 1
    print(f"conformance, {PAGE}: {PRINTED} expected, got:\n{SOUND[PAGE]}")
sound = [(rule, CORE, SOUND[CORE], "") for rule in dict.fromkeys(case[0] for case in BROKEN)]
for rule, path, text, says in sound + BROKEN:
    seen = run(rule, path, text)
    if seen.returncode != (1 if says else 0) or says not in seen.stdout or seen.stderr:
        wrong = 1
        print(f"{rule}, {path}: {says or 'nothing'!r} expected, got:\n{seen.stdout}{seen.stderr}")
sys.exit(wrong)
