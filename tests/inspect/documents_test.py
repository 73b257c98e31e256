"""The man page and the completion name what --help names, and README.md shows what is printed."""
import os
import re
import subprocess
import tempfile
import unittest

import inspector

FOLDER = inspector.ROOT / "examples/inspect"
COMMANDS = ["request", "response", "exchange", "field", "relay"]


def help_of(*command):
    return inspector.run(*command, "--help").stdout.decode()


def options():
    """Every option of every command."""
    pages = [help_of(), *map(help_of, COMMANDS)]
    return {option for page in pages for option in re.findall(r"(?<![\w-])--[a-z]+", page)}


def fields():
    """The names of the fields that can be inspected alone."""
    return set(re.search(r"One of ([a-z0-9-]+(?:, [a-z0-9-]+)*)", help_of("field"))[1].split(", "))


@unittest.skipUnless(os.environ["MAN"], "there is no man")
class ManPage(unittest.TestCase):
    def test_it_is_sound_and_whole(self):
        with tempfile.TemporaryDirectory() as home:
            shown = subprocess.run(
                [os.environ["MAN"], "--warnings", "-E", "UTF-8", "-l", FOLDER / "turnout-inspect.1"],
                capture_output=True, timeout=inspector.SECONDS,
                env={**os.environ, "HOME": home, "LC_ALL": "C.UTF-8", "MANWIDTH": "500",
                     "MANPAGER": "cat"})
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        page = shown.stdout.decode()
        words = set(re.findall(r"--[a-z]+|[a-z0-9]+(?:-[a-z0-9]+)*", page))
        self.assertEqual((options() | fields() | set(COMMANDS)) - words, set())
        self.assertIn("NO_COLOR", page)


@unittest.skipUnless(os.environ["BASH"], "there is no bash")
class Completion(unittest.TestCase):
    def complete(self, *words, folder="."):
        """What may stand for the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_turnout_inspect; printf "%s\\n" "${COMPREPLY[@]}"')
        ran = subprocess.run(
            [os.environ["BASH"], "--norc", "-c", script, "bash", FOLDER / "turnout-inspect.bash",
             "turnout-inspect", *words], capture_output=True, cwd=folder, timeout=inspector.SECONDS)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        return set(ran.stdout.decode().split())

    def test_it_is_a_script(self):
        subprocess.run([os.environ["BASH"], "-n", FOLDER / "turnout-inspect.bash"], check=True)

    def test_it_is_registered(self):
        ran = subprocess.run([os.environ["BASH"], "--norc", "-c", 'source "$1"; complete -p', "bash",
                              FOLDER / "turnout-inspect.bash"], capture_output=True, check=True)
        self.assertIn(b"-F _turnout_inspect turnout-inspect", ran.stdout)

    def test_commands(self):
        self.assertEqual(self.complete(""), set(COMMANDS))
        self.assertEqual(self.complete("--json", "re"), {"request", "response", "relay"})

    def test_options(self):
        named = self.complete("-") | self.complete("field", "-") | self.complete("relay", "--")
        self.assertEqual(named, options())
        self.assertNotIn("--allow", self.complete("field", "-"))
        self.assertEqual(self.complete("--color", ""), {"auto", "always", "never"})
        self.assertEqual(self.complete("--color", "=", "n"), {"never"})
        self.assertEqual(self.complete("--color", "="), {"auto", "always", "never"})
        self.assertEqual(self.complete("field", "sec-websocket-accept", "--key", ""), set())

    def test_fields_and_protocols(self):
        self.assertEqual(self.complete("field", ""), fields())
        self.assertEqual(self.complete("field", "al"), {"alpn"})
        self.assertEqual(self.complete("relay", "--allow", "w"), {"websocket"})

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in "request.http", "response.http":
                open(os.path.join(folder, name), "wb").close()
            self.assertEqual(self.complete("request", "req", folder=folder), {"request.http"})
            self.assertEqual(self.complete("exchange", "request.http", "res", folder=folder),
                             {"response.http"})


class Readme(unittest.TestCase):
    maxDiff = None

    def test_its_run_is_what_is_printed(self):
        page = (inspector.ROOT / "README.md").read_text(encoding="utf-8")
        marked = r"<!-- compared by tests/inspect -->\n```\n\$ turnout-inspect (.+)\n((?:.*\n)*?)```"
        (called, shown), = re.findall(marked, page)
        ran = inspector.run("--color=never", *called.split(), cwd=inspector.SOURCE / "golden")
        self.assertEqual(shown, ran.stdout.decode("ascii"))


if __name__ == "__main__":
    unittest.main()
