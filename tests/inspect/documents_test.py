"""The man page and the completion name what --help names, and README.md shows what is printed."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import inspector

MAN, BASH = shutil.which("man"), shutil.which("bash")
FOLDER = inspector.ROOT / "examples/inspect"
COMMANDS = ["request", "response", "exchange", "field", "relay", "chain", "connect",
            "listen"]


def help_of(*command):
    return inspector.run(*command, "--help").stdout.decode()


def options():
    """Every option of every command."""
    pages = [help_of(), *map(help_of, COMMANDS)]
    return {option for page in pages for option in re.findall(r"(?<![\w-])--[a-z]+", page)}


def fields():
    """The names of the fields that can be inspected alone."""
    return set(re.search(r"One of ([a-z0-9-]+(?:, [a-z0-9-]+)*)", help_of("field"))[1].split(", "))


def own_codes():
    """The codes of findings that are not the library's."""
    known = (inspector.ROOT / "include/turnout/core/errc.hpp").read_text(encoding="utf-8")
    answers = [inspector.read_answer(path.read_bytes())
               for path in (inspector.SOURCE / "golden").glob("*.json")]
    codes = {one["code"] for answer in answers for one in answer["findings"]}
    return {code for code in codes if not re.search(rf"\b{code},", known)}


@unittest.skipUnless(MAN, "there is no man")
class ManPage(unittest.TestCase):
    def test_it_is_sound_and_whole(self):
        with tempfile.TemporaryDirectory() as home:
            shown = subprocess.run(
                [MAN, "--warnings", "-E", "UTF-8", "-l", FOLDER / "turnout-inspect.1"],
                capture_output=True, timeout=inspector.SECONDS,
                env={**os.environ, "HOME": home, "LC_ALL": "C.UTF-8", "MANWIDTH": "500",
                     "MANPAGER": "cat"})
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        page = shown.stdout.decode()
        words = set(re.findall(r"--[a-z]+|[a-z0-9]+(?:-[a-z0-9]+)*", page))
        self.assertEqual((options() | fields() | set(COMMANDS)) - words, set())
        self.assertIn("NO_COLOR", page)
        for code in own_codes():
            self.assertIn(code, page)


@unittest.skipUnless(BASH, "there is no bash")
class Completion(unittest.TestCase):
    def complete(self, *words, folder="."):
        """What may replace the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_turnout_inspect; printf "%s\\n" "${COMPREPLY[@]}"')
        ran = subprocess.run(
            [BASH, "--norc", "-c", script, "bash", FOLDER / "turnout-inspect.bash",
             "turnout-inspect", *words], capture_output=True, cwd=folder, timeout=inspector.SECONDS)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        return set(ran.stdout.decode().split())

    def test_it_is_a_script(self):
        subprocess.run([BASH, "-n", FOLDER / "turnout-inspect.bash"], check=True)

    def test_it_is_registered(self):
        ran = subprocess.run([BASH, "--norc", "-c", 'source "$1"; complete -p', "bash",
                              FOLDER / "turnout-inspect.bash"], capture_output=True, check=True)
        self.assertIn(b"-F _turnout_inspect turnout-inspect", ran.stdout)

    def test_commands(self):
        self.assertEqual(self.complete(""), set(COMMANDS))
        self.assertEqual(self.complete("--json", "re"), {"request", "response", "relay"})

    def test_options(self):
        named = set().union(*(self.complete(command, "-") for command in COMMANDS))
        self.assertEqual(named | self.complete("-"), options())
        self.assertNotIn("--allow", self.complete("field", "-"))
        self.assertEqual(self.complete("--color", ""), {"auto", "always", "never"})
        self.assertEqual(self.complete("--color", "=", "n"), {"never"})
        self.assertEqual(self.complete("--color", "="), {"auto", "always", "never"})
        self.assertEqual(self.complete("field", "sec-websocket-accept", "--key", ""), set())

    def test_fields_and_protocols(self):
        self.assertEqual(self.complete("field", ""), fields())
        self.assertEqual(self.complete("field", "al"), {"alpn"})
        self.assertEqual(self.complete("relay", "--allow", "w"), {"websocket"})

    def test_addresses(self):
        self.assertEqual(self.complete("connect", "ws"), {"ws://", "wss://"})
        self.assertEqual(self.complete("connect", "ws://a/", "--origin", ""), set())
        self.assertEqual(self.complete("listen", ""), set())

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in "request.http", "response.http":
                open(os.path.join(folder, name), "wb").close()
            self.assertEqual(self.complete("request", "req", folder=folder), {"request.http"})
            self.assertEqual(self.complete("exchange", "request.http", "res", folder=folder),
                             {"response.http"})


CURL = b"""== Info: Connected to 127.0.0.1 (127.0.0.1) port 8080 (#0)
=> Send header, 78 bytes (0x4e)
0000: GET /x HTTP/1.1
0011: Host: 127.0.0.1:8080
0027: Connection: Upgrade
003c: Upgrade: foo/2
004c: 
== Info: Mark bundle as not supporting multiuse
<= Recv header, 22 bytes (0x16)
0000: HTTP/1.1 403 Forbidden
"""
CURL_VERBOSE = b"""* Connected to 127.0.0.1 (127.0.0.1) port 8080 (#0)
> GET /x HTTP/1.1
> Host: 127.0.0.1:8080
> Connection: Upgrade
> Upgrade: foo/2
> 
< HTTP/1.1 403 Forbidden
"""
TCPDUMP = b"""11:51:00.847 IP localhost.53664 > localhost.8080: Flags [.], ack 1, win 64, length 0
E..4Z.@.@.............F........m...@....
11:51:00.848 IP localhost.53664 > localhost.8080: Flags [P.], seq 1:79, ack 1, length 78
E...Z.@.@.............F........m...@.......$
./.G.b..GET /x HTTP/1.1
Host: 127.0.0.1:8080
Connection: Upgrade
Upgrade: foo/2


11:51:00.849 IP localhost.53664 > localhost.8080: Flags [F.], seq 79, ack 90, length 0
E..4Z.@.@.............F........m...@....
"""


class Readme(unittest.TestCase):
    maxDiff = None

    def test_it_takes_what_curl_and_tcpdump_saw(self):
        page = (inspector.ROOT / "README.md").read_text(encoding="utf-8")
        scripts = re.findall(r"sed -n '([^']+)'", page)
        for script, seen in zip(scripts, [CURL, TCPDUMP], strict=True):
            with self.subTest(script=script):
                text = subprocess.run(["sed", "-n", script], input=seen, capture_output=True)
                self.assertEqual(text.stderr, b"")
                self.check(inspector.ask("request", "--paste", octets=text.stdout))

    def test_it_takes_what_curl_prints_without_a_script(self):
        self.check(inspector.ask("request", "--paste", octets=CURL_VERBOSE))
        answer = inspector.ask("response", "--paste", octets=CURL_VERBOSE)
        self.assertEqual(answer["status_code"], 403)

    def check(self, answer):
        self.assertEqual(answer["verdict"], "offer")
        self.assertEqual((answer["target"], answer["head_size"]), ("/x", 78))

    def test_its_run_is_what_is_printed(self):
        page = (inspector.ROOT / "README.md").read_text(encoding="utf-8")
        marked = r"<!-- compared by tests/inspect -->\n```\n\$ turnout-inspect (.+)\n((?:.*\n)*?)```"
        (called, shown), = re.findall(marked, page)
        ran = inspector.run("--color=never", *called.split(), cwd=inspector.SOURCE / "golden")
        self.assertEqual(shown, ran.stdout.decode("ascii"))


if __name__ == "__main__":
    unittest.main()
