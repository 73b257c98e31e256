"""Damaged and random octets: always one line of valid JSON, one of four statuses, and no crash."""
import collections
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import inspector

COUNT = 2000
MESSAGES = sorted((inspector.SOURCE / "golden").glob("*.http"))
FIELDS = ["upgrade", "connection", "sec-websocket-extensions", "alpn", "capsule-protocol"]


def damaged(octets, source):
    """The octets with some of them changed, left out or repeated."""
    octets = bytearray(octets)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(octets) + 1)
        change = source.randrange(3)
        if change == 0:
            octets[at:at + source.randint(0, 9)] = source.randbytes(source.randint(0, 3))
        elif change == 1:
            octets[at:at] = octets[source.randrange(len(octets) + 1):][:40]
        else:
            octets[at:at] = source.choice([b"\r\n", b"\n", b"\r\n\r\n", b",", b"\"", b"\0", b" "])
    return bytes(octets)


class Robustness(unittest.TestCase):
    def test_thousands_of_inputs_in_one_process(self):
        program = [os.environ["TURNOUT_MUTATE"], str(COUNT), "1"]
        ran = subprocess.run(program, capture_output=True, timeout=60)
        self.assertEqual((ran.returncode, ran.stderr), (0, b""))
        seen = collections.Counter()
        for line in ran.stdout.splitlines(keepends=True):
            command, status, answer = line.decode("ascii").split(" ", 2)
            answer = inspector.read_answer(answer.encode("ascii"))
            self.assertEqual(int(status), inspector.status_of(command, answer), line)
            seen[command, answer.get("verdict", answer.get("ok"))] += 1
        self.assertGreater(sum(seen.values()), 10 * COUNT)
        # The damage is neither so small nor so great that it shows only one thing.
        self.assertGreater(min(seen.values()), 1, seen)
        self.assertGreaterEqual(len(seen), 20, seen)

    def test_hundreds_of_inputs_one_process_each(self):
        source = random.Random(1)
        with tempfile.TemporaryDirectory() as folder:
            other = pathlib.Path(folder, "other")
            for _ in range(50):
                octets = damaged(source.choice(MESSAGES).read_bytes(), source)
                other.write_bytes(source.choice(MESSAGES).read_bytes())
                with self.subTest(octets=octets):
                    for command in "request", "response", "relay":
                        inspector.ask(command, "--paste", octets=octets)
                        inspector.ask(command, octets=octets)
                    inspector.ask("exchange", "-", other, octets=octets)
                    inspector.ask("exchange", other, "-", octets=octets)
                    inspector.ask("field", source.choice(FIELDS), octets=octets)

    def test_random_octets(self):
        source = random.Random(2)
        for size in 0, 1, 2, 100, 5000, 300000:
            octets = source.randbytes(size)
            with self.subTest(size=size):
                for command in "request", "response", "relay":
                    inspector.ask(command, octets=octets)
                for field in FIELDS:
                    inspector.ask("field", field, octets=octets)


if __name__ == "__main__":
    unittest.main()
