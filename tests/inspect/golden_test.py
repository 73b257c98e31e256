"""What is printed for messages of all kinds, as it was printed before.

golden_test.py --update rewrites what is expected; read the difference before it is kept.
"""
import contextlib
import pathlib
import re
import sys
import tempfile
import typing
import unittest

import inspector

sys.path.insert(0, str(inspector.ROOT / "tests/vectors"))
import suite

FOLDER = inspector.SOURCE / "golden"
ENDINGS = [".http", ".value", ".answer.http", ".har", ".pcap", ".pcapng", ".paste"]
# What a command reads of a vector: the role that it has, and its octets for each file.
OF_VECTOR = {"request": ("server", {".http": "request"}), "relay": ("relay", {".http": "request"}),
             "response": ("client", {".http": "response"}), "field": ("field", {".value": "value"}),
             "exchange": ("client", {".http": "request", ".answer.http": "response"})}
VECTORS = {one["id"]: one for one in suite.cases()}


class Case(typing.NamedTuple):
    status: int
    name: str
    words: list
    vector: str  # whose octets are inspected; if there is none, those of the files of that name

    @property
    def command(self):
        return next(word for word in self.words if not word.startswith("-"))

    def files(self):
        """The files of its own that it inspects."""
        return [self.name + ending for ending in ENDINGS if (FOLDER / (self.name + ending)).exists()]

    def octets(self):
        """What it inspects, by the ending of a file's name."""
        if self.vector:
            return of_vector(self.command, VECTORS[self.vector])
        return {name.removeprefix(self.name): (FOLDER / name).read_bytes() for name in self.files()}

    @contextlib.contextmanager
    def inspected(self):
        """A folder with its files."""
        with tempfile.TemporaryDirectory() as folder:
            for ending, octets in self.octets().items():
                pathlib.Path(folder, self.name + ending).write_bytes(octets)
            yield folder

    def outputs(self):
        """Each file of what is expected, and what is printed now."""
        called = [*self.words, *(self.name + ending for ending in self.octets())]
        with self.inspected() as folder:
            for ending, options in (".txt", ["--color=never"]), (".json", ["--json"]):
                yield FOLDER / (self.name + ending), inspector.run(*options, *called, cwd=folder)

    def answer(self):
        """The JSON that is expected."""
        return inspector.read_answer((FOLDER / f"{self.name}.json").read_bytes())


def of_vector(command, vector):
    """What a command inspects of a vector."""
    return {ending: vector[key].encode("latin-1") for ending, key in OF_VECTOR[command][1].items()}


def cases():
    for line in (FOLDER / "cases.txt").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            status, name, called, vector = re.fullmatch(r"(\d) (\w+): (.+?)(?: = (\S+))?", line).groups()
            yield Case(int(status), name, called.split(), vector)


class Golden(unittest.TestCase):
    maxDiff = None

    def test_everything_is_printed_as_before(self):
        for case in cases():
            for path, ran in case.outputs():
                with self.subTest(name=path.name):
                    self.assertEqual(ran.stderr, b"")
                    self.assertEqual(ran.returncode, case.status)
                    self.assertEqual(ran.stdout.decode("ascii"), path.read_text(encoding="ascii"))

    def test_json_goes_with_the_exit_status(self):
        for case in cases():
            with self.subTest(name=case.name):
                self.assertEqual(inspector.status_of(case.command, case.answer()), case.status)

    def test_no_file_is_without_a_case(self):
        wanted = {"cases.txt"}
        for case in cases():
            wanted |= {case.name + ".txt", case.name + ".json", *case.files()}
            self.assertNotEqual(bool(case.vector), bool(case.files()), case.name)
        self.assertEqual({path.name for path in FOLDER.iterdir()}, wanted)

    def test_octets_of_a_vector_are_there_once(self):
        for case in cases():
            if case.vector or case.command not in OF_VECTOR:
                continue
            role, own = OF_VECTOR[case.command][0], case.octets()
            same = [one["id"] for one in VECTORS.values() if one["role"] == role
                    and one.get("field") in {None, case.words[-1].lower()}
                    and of_vector(case.command, one) == own]
            self.assertEqual(same, [], f"{case.name} has its octets: write = ID in cases.txt")

    def test_every_command_verdict_and_status_is_there(self):
        seen = set()
        for case in cases():
            answer = case.answer()
            seen.add((case.command, answer.get("verdict", answer.get("ok")), case.status))
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
        for case in cases():
            seen |= {(key, said["ok"]) for key, said in case.answer().items()
                     if isinstance(said, dict) and "ok" in said}
        known = ["websocket", "h2c", "connect-udp", "connect-ip", "connect-tcp", "tls", "tcp",
                 "spdy"]
        self.assertEqual(seen, {(key, ok) for key in known for ok in (True, False)})


def update():
    """Writes what is printed now."""
    for case in cases():
        for path, ran in case.outputs():
            path.write_bytes(ran.stdout)


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        update()
    else:
        unittest.main()
