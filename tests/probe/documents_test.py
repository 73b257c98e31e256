"""The man page and the completion name what --help names."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import prober

MAN, BASH = shutil.which("man"), shutil.which("bash")
FOLDER = prober.ROOT / "examples/probe"
COMMANDS = ["server", "client", "proxy"]


def options():
    """Every option of every command."""
    pages = [prober.run(*command, "--help").stdout.decode() for command in [[]] + [[c] for c in COMMANDS]]
    return {option for page in pages for option in re.findall(r"(?<![\w-])--[a-z]+", page)}


@unittest.skipUnless(MAN, "there is no man")
class ManPage(unittest.TestCase):
    def test_it_is_sound_and_whole(self):
        with tempfile.TemporaryDirectory() as home:
            shown = subprocess.run(
                [MAN, "--warnings", "-E", "UTF-8", "-l", FOLDER / "turnout-probe.1"],
                capture_output=True, timeout=prober.SECONDS,
                env={**os.environ, "HOME": home, "LC_ALL": "C.UTF-8", "MANWIDTH": "500",
                     "MANPAGER": "cat"})
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        words = set(re.findall(r"--[a-z]+|[a-z0-9]+", shown.stdout.decode()))
        self.assertEqual((options() | set(COMMANDS)) - words, set())


@unittest.skipUnless(BASH, "there is no bash")
class Completion(unittest.TestCase):
    def complete(self, *words):
        """What may replace the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_turnout_probe; printf "%s\\n" "${COMPREPLY[@]}"')
        ran = subprocess.run(
            [BASH, "--norc", "-c", script, "bash", FOLDER / "turnout-probe.bash", "turnout-probe",
             *words], capture_output=True, cwd=FOLDER, timeout=prober.SECONDS)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        return set(ran.stdout.decode().split())

    def test_commands(self):
        self.assertEqual(self.complete(""), set(COMMANDS))
        self.assertEqual(self.complete("--json", "p"), {"proxy"})

    def test_options(self):
        named = set().union(*(self.complete(command, "-") for command in COMMANDS))
        self.assertEqual(named, options())
        self.assertNotIn("--to", self.complete("server", "-"))
        self.assertEqual(self.complete("--color", "=", "n"), {"never"})
        self.assertEqual(self.complete("--only", "smug"), {"smuggling"})
        self.assertEqual(self.complete("--rate", ""), set())

    def test_urls_and_files(self):
        self.assertEqual(self.complete("server", "wss"), {"wss://"})
        self.assertEqual(self.complete("--cases", "ca"), {"case.hpp", "cases.json"})


if __name__ == "__main__":
    unittest.main()
