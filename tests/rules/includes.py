"""What a header may do to those who include it: cost little and change nothing.

Few standard headers, #pragma once, the listed macros and conditions only, nothing of GNU's outside
a condition, everything in the versioned inline namespace, a comment on top, at most 300 lines. Each
includes version.hpp first of all, by itself or by another one, and so tells a wrong language mode.
What a server with WebSocket includes reaches nothing of the other roles, and is of a limited size.
"""
import re

import house

STANDARD = "array bit compare cstddef cstdint string_view type_traits".split()
# In two lines, which editors' indexes understand.
VERSIONED = ["namespace turnout {", "inline namespace v0 {"]

MACROS = {
    "version.hpp": {"TURNOUT_VERSION_MAJOR", "TURNOUT_VERSION_MINOR", "TURNOUT_VERSION_PATCH"},
    "kernel/compiler.hpp": {"TURNOUT_INLINE", "TURNOUT_OUT_OF_LINE", "TURNOUT_NOINLINE",
                            "TURNOUT_LIFETIMEBOUND"},
}

# Each is the same in all translation units of a program, or changes neither a type nor a meaning.
CONDITIONS = {
    # The language mode, which has to be right.
    "#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L",
    # The processor that the program is for, its vectors, which a kernel goes without, and a compiler
    # with GNU's vectors, builtins, attributes.
    "#if defined(__GNUC__)",
    "#if defined(__clang__)",
    "#if defined(__x86_64__) && defined(__GNUC__)",
    "#if defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)",
    "#if defined(__GNUC__) && (defined(__SSE2__) || (defined(__AARCH64EL__) && defined(__ARM_NEON)))",
    "#if defined(__GNUC__) && (defined(__SSE2__) || defined(__wasm_simd128__) || "
    "(defined(__AARCH64EL__) && defined(__ARM_NEON)))",
    "#if defined(__SSE2__)",
    "#elif defined(__wasm_simd128__)",
    "#if defined(__GNUC__) && defined(__AARCH64EL__) && defined(__ARM_NEON)",
    "#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__ARM_NEON)",
    "#if __has_builtin(__builtin_shufflevector)",
    "#if defined(__ELF__) || defined(__APPLE__)",
    "#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__linux__)",
    "#elif defined(__GNUC__) && defined(__AARCH64EL__) && defined(__APPLE__)",
    "#elif defined(__GNUC__)",
    # Whether code is left out that only saves time.
    "#if defined(__GNUC__) && !defined(__OPTIMIZE_SIZE__)",
    "#if defined(__OPTIMIZE_SIZE__)",
    # What the standard library has, which the adapter for it asks.
    "#if defined(__cpp_lib_format)",
}


GNU = re.compile(r"\bgnu::|\b__(builtin|attribute|asm|atomic)_")


def check_directives(header, lines):
    conditions = 0
    macros = MACROS.get(header.relative_to(house.include).as_posix(), set())
    for number, line in enumerate(lines, 1):
        while line.endswith("\\"):
            line = line[:-1] + lines[number].lstrip()
            number += 1
        directive = re.match(r"\s*#\s*(\w+)\s*(.*)", line)
        if not directive:
            if GNU.search(line) and not conditions:
                house.fault(header, number, "not every compiler has this")
            continue
        word, rest = directive[1], directive[2].split("//")[0].strip()
        conditions += word.startswith("if") - (word == "endif")
        if word in ("define", "undef"):
            if rest.split()[0] not in macros:
                house.fault(header, number, f"#{word} {rest}: not among the allowed macros")
        elif word.startswith(("if", "elif")) and f"#{word} {rest}" not in CONDITIONS:
            house.fault(header, number, f"#{word} {rest}: not among the allowed conditions")
    if "#pragma once" not in lines:
        house.fault(header, 1, "#pragma once is missing")


def check_includes(header, lines):
    names = [name for _, name in house.included(lines)]
    if not any(name.startswith("turnout/") for name in names):
        house.fault(header, 1, "turnout/version.hpp is not included, which asks for C++20")
    for number, name in house.included(lines):
        if name not in STANDARD and not name.startswith("turnout/"):
            house.fault(header, number, f"{name}: not among the allowed headers")


def check_namespace(header, lines):
    """Only the outermost namespaces count: what is inside them is versioned with them."""
    depth = opened = 0
    for number, line in enumerate(lines, 1):
        if re.match(r"(inline )?namespace\b[^;=]*\{", line):
            opened += 1
            if depth < len(VERSIONED) and line != VERSIONED[depth]:
                house.fault(header, number, f"the namespace is not opened by {VERSIONED[depth]}")
            depth += not line.rstrip().endswith("}")
        elif line.startswith("}  // namespace"):
            depth -= 1
    if not opened:
        house.fault(header, 1, "nothing in namespace turnout::v0")
    if depth:
        house.fault(header, len(lines), "a namespace ends with }  // namespace and its name")


# What a server with WebSocket includes, and how many lines of code that may reach. Whoever adds to
# it raises what each of its translation units costs: include less, or raise the limit knowingly.
SERVER = ["connection/server.hpp", "protocol/websocket/agree.hpp"]
SERVER_LINES = 7300
# Rooms and roles that a server does without.
OTHERS = re.compile(r"(^|[/_])(client|relay|gateway|tunnel/|extended_connect|adapter|h2c|proposal)")


def check_server():
    texts = {path.as_posix(): lines for path, lines in house.headers()}
    waiting = list(SERVER)
    reached = set()
    code = 0
    while waiting:
        name = waiting.pop()
        if name in reached or name not in texts:
            continue
        reached.add(name)
        code += sum(bool(line.split("//")[0].strip()) for line in texts[name])
        for number, one in house.included(texts[name]):
            waiting.append(one.removeprefix("turnout/"))
            if OTHERS.search(waiting[-1]):
                house.fault(house.include / name, number, f"{one}: a server does not need it")
    if code > SERVER_LINES:
        house.fault(house.include / SERVER[0], 1,
                    f"a server includes {code} lines of code, more than {SERVER_LINES}")


check_server()
for path, lines in house.headers():
    header = house.include / path
    check_directives(header, lines)
    # An adapter includes what it is a bridge to, and specialises in that one's namespace.
    if path.parts[0] != "adapter" and path.name != "version.hpp":
        check_includes(header, lines)
        if len(path.parts) > 1 and not house.is_umbrella(path):
            check_namespace(header, lines)
    if not lines or not lines[0].startswith("// "):
        house.fault(header, 1, "a header begins with a comment: what it is, and of which section")
    if sum(not re.match(r"(inline )?namespace|\}  // namespace", line) for line in lines) > 300:
        house.fault(header, 301, f"{len(lines)} lines are more than one idea")
house.finish()
