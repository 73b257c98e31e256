"""The tests of the rule programs: each accepts a sound little tree, and refuses it once broken."""
import pathlib
import subprocess
import sys
import tempfile


def header(includes="", body="/// True.\nconstexpr bool yes() { return true; }"):
    return (f"// Something, RFC 9110 section 7.8.\n#pragma once\n{includes}\n"
            f"namespace turnout::inline v0 {{\n{body}\n}}  // namespace turnout::inline v0\n")


SOUND = {
    "include/turnout/version.hpp": "// Version.\n#pragma once\n#define TURNOUT_VERSION_MAJOR 0\n",
    "include/turnout/turnout.hpp": "// All.\n#pragma once\n" '#include "turnout/version.hpp"\n'
    '#include "turnout/core/errc.hpp"\n#include <turnout/field/upgrade.hpp>\n',
    "include/turnout/core/errc.hpp": header("#include <cstddef>"),
    "include/turnout/field/upgrade.hpp": header('#include "turnout/core/errc.hpp"'),
    "include/turnout/adapter/fmt.hpp": header("#include <fmt/format.h>\n#include <string>"),
    "tests/core/errc_test.cpp": '// Test.\n#include "turnout/core/errc.hpp"\n',
    "tests/field/upgrade_test.cpp": "// UPG-01\n#include <turnout/field/upgrade.hpp>\n",
    "tests/adapter/fmt_test.cpp": '// Test.\n#include "turnout/adapter/fmt.hpp"\n',
    "tests/rules/requirements.txt": "# IDs.\nUPG-01\n",
}
CORE = "include/turnout/core/errc.hpp"
FIELD = "include/turnout/field/upgrade.hpp"
UMBRELLA = "include/turnout/turnout.hpp"
# The rule, the file that breaks it, what the file then holds, and what the program says.
BROKEN = [
    ("layers", CORE, header('#include "turnout/field/upgrade.hpp"'), ":3: core must not include"),
    ("layers", CORE, header('#include "turnout/core/errc.hpp"'), ":1: circle"),
    ("layers", FIELD, header("#include <turnout/message/head.hpp>"), ":3: field must not include"),
    ("layers", "include/turnout/misc/x.hpp", header(), ":1: misc is not a layer"),
    ("layers", "include/turnout/core/new.hpp", header(), "turnout.hpp:1: core/new.hpp is missing"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + "int code;\n", ":6: the umbrella header holds no code"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + '#include "turnout/adapter/fmt.hpp"\n', ":6: adapter/"),
    ("layers", UMBRELLA, SOUND[UMBRELLA] + '#include "turnout/core/errc.hpp"\n', ":6: core/errc"),
    ("includes", CORE, header("#include <string>"), ":3: string"),
    ("includes", CORE, header('#include "errc.hpp"'), ":3: errc.hpp"),
    ("includes", CORE, header("#define TURNOUT_FAST 1"), ":3: #define"),
    ("includes", CORE, header("#ifdef NDEBUG"), ":3: #ifdef NDEBUG"),
    ("includes", CORE, header().replace("#pragma once", ""), ":1: #pragma once"),
    ("includes", CORE, header().replace("inline v0", "x"), ":4: the namespace"),
    ("includes", CORE, "// Nothing.\n#pragma once\n", ":1: nothing in namespace"),
    ("includes", CORE, header().replace("}  // n", "} // n"), ":7: a namespace ends with"),
    ("includes", CORE, header()[1:], ":1: a header begins with"),
    ("includes", CORE, header(body="\n" * 300), ":301: "),
    ("mirrored", "include/turnout/core/untested.hpp", header(), "untested.hpp:1: has no test"),
    ("mirrored", "tests/core/gone_test.cpp", "", "gone_test.cpp:1: there is no header"),
    ("mirrored", "tests/core/errc_test.cpp", "#include <x>\n", ":1: includes x first"),
    ("citations", "tests/field/upgrade_test.cpp", "// UPG-01, UPG-99\n", ":1: UPG-99 is not"),
    ("citations", "tests/field/upgrade_test.cpp", "", ":1: cites no requirement"),
    ("citations", CORE, header("// RFC 9110 §7.8"), ":3: write it as"),
    ("citations", CORE, header("// RFC9110 section 7.8"), ":3: write it as"),
    ("docstrings", CORE, header(body="constexpr int f(int x = g({1}));"), ":5: f() has no"),
    ("docstrings", CORE, header(body="/// Far.\n\nint f() {}"), ":7: f() has no"),
    ("docstrings", CORE, header(body="/// S.\nclass s {\n public:\n  int f();\n};"), ":8: f() has"),
    ("docstrings", CORE, header(body="template <class T>\nenum class e {};"), ":5: enum class e"),
]


def run(rule, path, text):
    with tempfile.TemporaryDirectory() as tree:
        for name, content in {**SOUND, path: text}.items():
            file = pathlib.Path(tree, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        program = [sys.executable, "-B", pathlib.Path(__file__).with_name(rule + ".py"), tree]
        return subprocess.run(program, capture_output=True, text=True)


wrong = 0
sound = [(rule, CORE, SOUND[CORE], "") for rule in dict.fromkeys(case[0] for case in BROKEN)]
for rule, path, text, says in sound + BROKEN:
    seen = run(rule, path, text)
    if seen.returncode != (1 if says else 0) or says not in seen.stdout or seen.stderr:
        wrong = 1
        print(f"{rule}, {path}: {says or 'nothing'!r} expected, got:\n{seen.stdout}{seen.stderr}")
sys.exit(wrong)
