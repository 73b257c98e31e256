"""Every block of code on a page is checked in the way of its language, or is what a program printed.

What is tested elsewhere is named here, and that it is: C++ is compiled and run by tests/readme, the
configurations of proxies are used by tests/proxies as they are on the page.
"""
import ast
import json
import re
import shutil
import subprocess
import tempfile

import house

# Pages that a program prints, which a test compares.
PRINTED = {"docs/security.md", "docs/proof.md", "docs/states.md"}
BLOCK = re.compile(r"(?ms)(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$")
SOURCE = re.compile(r"(?<![\w/.-])[\w./-]+\.(?:c|cpp|cppm|py|sh)(?![\w/.-])")
skipped = []


class Place:
    """A block, or inline code: where it is, and how to say what is wrong with it."""

    def __init__(self, path, text, found, language=None):
        self.language = language
        self.path, self.name = path, path.relative_to(house.root).as_posix()
        self.line = text.count("\n", 0, found.start()) + 1
        self.before = text[:found.start()]

    def fault(self, text):
        house.fault(self.path, self.line, text)

    def needs(self, holds, text):
        if not holds:
            self.fault(text)

    def passes(self, command, code, **kept):
        """True if a program accepts the code: by its name, or on its standard input."""
        if shutil.which(command[0]) is None:
            skipped.append(f"{self.name}:{self.line} ({command[0]})")
            return
        ran = subprocess.run(command, input=code, capture_output=True, encoding="utf-8", check=False, **kept)
        self.needs(ran.returncode == 0, f"{command[0]}: {ran.stderr.strip()}")

    def names_files(self, code):
        """What is named in the code as a source of this tree is there."""
        for name in SOURCE.findall(code):
            places = [house.root, self.path.parent, house.root.parent]
            name = name.removeprefix("turnout/")
            self.needs(any((place / name).exists() for place in places), f"there is no {name}")


def cpp(block, code, mark):
    block.needs(mark == "compiled and run by tests/readme", "C++ that tests/readme does not compile")
    listed = (house.tests / "readme/CMakeLists.txt").read_text(encoding="utf-8")
    block.needs(f"extract_code({block.name} " in listed, "tests/readme does not read this page")


def c(block, code, mark):
    """Statements of a program that has the variables of packaging/c/poll_server."""
    around = """#include <sys/socket.h>
        #include "turnout.h"
        void drop(size_t);
        void run(turnout_server server, const char *in, size_t in_size, int fd) {
        turnout_server_turn turn; turnout_text written; char out[512];
        """
    block.passes(["gcc", "-std=c99", "-Wall", "-Werror", "-fsyntax-only", "-x", "c", "-I",
                  house.root / "packaging/c", "-"], around + code + "}\n")


def sh(block, code, mark):
    block.passes(["sh", "-n"], code)
    block.names_files(code)


def cmake(block, code, mark):
    """Only parsed, since the body of a function that is not called needs no project."""
    with tempfile.NamedTemporaryFile("w", suffix=".cmake") as script:
        script.write(f"function(parsed)\n{code}endfunction()\n")
        script.flush()
        block.passes(["cmake", "-P", script.name], "")
    block.names_files(code)


def json_(block, code, mark):
    try:
        value = json.loads(code)
    except json.JSONDecodeError as error:
        return block.fault(f"no JSON: {error}")
    if "role" in value:
        topic = json.loads((house.tests / "vectors" / f"{value['id'].split('/')[0]}.json").read_text())
        block.needs(value in topic["cases"], f"not the case {value['id']} of tests/vectors")


def text(block, code, mark):
    """Output, or a drawing; folders in it are there."""
    for name in re.findall(r"(?m)^([\w/]+/) ", code):
        block.needs((house.root / name).is_dir(), f"there is no {name}")


def output(block, code, mark):
    block.needs(block.name in PRINTED or mark == "compared by tests/inspect", "a block without a language")


def configuration(block, code, mark):
    """tests/proxies starts the program with these lines, which it takes from the page."""
    rows = re.findall(r"(?m)^\| (\w+) [\d.]+ \|", block.path.read_text(encoding="utf-8"))
    block.needs(block.name == "docs/recipes.md" and block.language in rows, "tests/proxies has not tried it")


def untested(block, code, mark):
    section = block.before.rsplit("\n## ", 1)[-1]
    block.needs("Not tested" in section, "the page has to say that this is not tested")


CHECKS = {"cpp": cpp, "c": c, "sh": sh, "cmake": cmake, "json": json_, "text": text, "": output,
          "mermaid": output, "yaml": untested}
tree = ast.parse((house.tests / "proxies/proxies.py").read_text(encoding="utf-8"))
proxies = next(node.value for node in tree.body
               if isinstance(node, ast.Assign) and node.targets[0].id == "PROXIES")
CHECKS |= {key.value: configuration for key in proxies.keys}

count = 0
pages = [page for top in house.root.iterdir() if not top.name.startswith("build")
         for page in (top.rglob("*.md") if top.is_dir() else [top])
         if page.suffix == ".md" and "node_modules" not in page.parts]
for page in sorted(pages):
    contents = page.read_text(encoding="utf-8")
    found = list(BLOCK.finditer(contents))
    if 2 * len(found) != len(re.findall(r"(?m)^ *(?:```|~~~)", contents)):
        house.fault(page, 1, "a block that begins or ends in another way than the others")
    for one in found:
        block = Place(page, contents, one, one["language"])
        if check := CHECKS.get(block.language):
            check(block, one["code"], one["mark"])
        else:
            block.fault(f"nothing checks {block.language}")
    for one in re.finditer(r"`((?:sh|bash|python3?(?: -B)?) [^`\n]+)`", contents):
        Place(page, contents, one).names_files(one[1])
    count += len(found)
print(f"{count} blocks", *[f"skipped: {one}" for one in skipped], sep="\n")
house.finish()
