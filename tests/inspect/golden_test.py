"""What is printed for messages of all kinds, as it was printed before.

golden_test.py --update rewrites what is expected; read the difference before it is kept.
"""
import re
import sys
import unittest

import inspector

FOLDER = inspector.SOURCE / "golden"


def cases():
    """The exit status, the name and the command line of each case."""
    for line in (FOLDER / "cases.txt").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            status, name, called = re.fullmatch(r"(\d) (\w+): (.+)", line).groups()
            yield int(status), name, [*called.split(), *files(name)]


def files(name):
    """What a case inspects."""
    endings = [".http", ".value", ".answer.http", ".har", ".pcap", ".pcapng", ".paste"]
    return [name + ending for ending in endings if (FOLDER / (name + ending)).exists()]


def outputs(name, called):
    """Each file of what is expected, and what is printed now."""
    for ending, options in (".txt", ["--color=never"]), (".json", ["--json"]):
        yield FOLDER / (name + ending), inspector.run(*options, *called, cwd=FOLDER)


class Golden(unittest.TestCase):
    maxDiff = None

    def test_everything_is_printed_as_before(self):
        for status, name, called in cases():
            for path, ran in outputs(name, called):
                with self.subTest(name=path.name):
                    self.assertEqual(ran.stderr, b"")
                    self.assertEqual(ran.returncode, status)
                    self.assertEqual(ran.stdout.decode("ascii"), path.read_text(encoding="ascii"))

    def test_json_goes_with_the_exit_status(self):
        for status, name, called in cases():
            with self.subTest(name=name):
                command = next(word for word in called if not word.startswith("-"))
                answer = inspector.read_answer((FOLDER / f"{name}.json").read_bytes())
                self.assertEqual(inspector.status_of(command, answer), status)

    def test_no_file_is_without_a_case(self):
        wanted = {"cases.txt"}
        for _, name, _ in cases():
            wanted |= {name + ".txt", name + ".json", *files(name)}
        self.assertEqual({path.name for path in FOLDER.iterdir()}, wanted)

    def test_every_command_verdict_and_status_is_there(self):
        seen = set()
        for status, name, called in cases():
            command = next(word for word in called if not word.startswith("-"))
            answer = inspector.read_answer((FOLDER / f"{name}.json").read_bytes())
            seen.add((command, answer.get("verdict", answer.get("ok")), status))
        self.assertEqual(seen, {
            ("request", "offer", 0), ("request", "plain", 4), ("request", "invalid", 1),
            ("request", "incomplete", 3), ("response", "switched", 0), ("response", "interim", 0),
            ("response", "refused", 4), ("response", "invalid", 1), ("response", "incomplete", 3),
            ("exchange", "switched", 0), ("exchange", "refused", 4), ("exchange", "violation", 1),
            ("exchange", "invalid", 1), ("exchange", "incomplete", 3), ("relay", "upgrade", 0),
            ("relay", "plain", 0), ("relay", "tunnel", 0), ("relay", "respond", 0),
            ("relay", "refused", 1), ("relay", "incomplete", 3), ("field", True, 0),
            ("field", False, 1)})

    def test_every_known_protocol_is_there_accepted_and_refused(self):
        seen = set()
        for _, name, _ in cases():
            answer = inspector.read_answer((FOLDER / f"{name}.json").read_bytes())
            seen |= {(key, said["ok"]) for key, said in answer.items()
                     if isinstance(said, dict) and "ok" in said}
        known = ["websocket", "h2c", "connect-udp", "connect-ip", "connect-tcp", "tls", "tcp",
                 "spdy"]
        self.assertEqual(seen, {(key, ok) for key in known for ok in (True, False)})


def update():
    """Writes what is printed now."""
    for _, name, called in cases():
        for path, ran in outputs(name, called):
            path.write_bytes(ran.stdout)


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        update()
    else:
        unittest.main()
