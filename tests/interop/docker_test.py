"""The Docker command line against our server with the parts of a Docker daemon.

UPG-25, UPG-27, DKR-01, DKR-02, DKR-03, DKR-07, DKR-08, DKR-09.
"""
import os
import re
import subprocess
import tempfile
import time
import unittest

from peers import SECONDS, DaemonCase

TEXT = b"hello\nworld\n"
OTHER_ENGINES = {"DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_API_VERSION"}


class DockerCase(DaemonCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)

    def docker(self, *arguments, stdin=b""):
        """Exit status, standard output, and standard error."""
        self.log.clear()
        environment = {name: os.environ[name] for name in {*os.environ} - OTHER_ENGINES}
        environment.update(DOCKER_CONFIG=self.home.name, HOME=self.home.name)
        engine = ["--host", f"tcp://127.0.0.1:{self.port}"]
        ended = subprocess.run([os.environ["DOCKER"], *engine, *arguments], input=stdin,
                               capture_output=True, timeout=SECONDS, env=environment)
        return ended.returncode, ended.stdout, ended.stderr

    def assert_switched(self, target):
        """The log has a POST that asked to switch, and the 101 that answered it."""
        asked = rf"> POST /v[0-9.]+{target} HTTP/1\.1\n(> .+\n)*> Upgrade: tcp\n(> .+\n)*"
        agreed = asked + r"< HTTP/1\.1 101 Switching Protocols\n"
        end = time.monotonic() + SECONDS
        while not re.search(agreed, "".join(self.log)) and time.monotonic() < end:
            time.sleep(0.01)  # The log comes on its own way.
        self.assertRegex("".join(self.log), agreed)


class Attaching(DockerCase):
    def test_attach(self):
        for text in TEXT, b"", b"x" * 1000000:
            with self.subTest(size=len(text)):
                said = self.docker("attach", "box", stdin=text)
                self.assertEqual(said, (0, text.upper(), b"%d octets\n" % len(text)))
                self.assert_switched(r"/containers/box/attach\S*")

    def test_attach_without_input_waits_for_the_output(self):
        self.assertEqual(self.docker("attach", "--no-stdin", "box"), (0, b"", b"0 octets\n"))
        self.assert_switched(r"/containers/box/attach\S*")

    def test_exec(self):
        for text in TEXT, b"", b"x" * 1000000:
            with self.subTest(size=len(text)):
                said = self.docker("exec", "--interactive", "box", "tr", "a-z", "A-Z", stdin=text)
                self.assertEqual(said, (0, text.upper(), b"%d octets\n" % len(text)))
                self.assert_switched("/exec/echo/start")

    def test_exec_without_input(self):
        self.assertEqual(self.docker("exec", "box", "true"), (0, b"", b"0 octets\n"))
        self.assert_switched("/exec/echo/start")

    def test_exec_in_a_terminal(self):
        self.assertEqual(self.docker("exec", "--tty", "box", "true"), (0, b"0 octets\n", b""))
        self.assert_switched("/exec/echo/start")

    def test_a_refusal_is_shown(self):
        status, _, said = self.docker("rm", "box")
        self.assertEqual(status, 1)
        self.assertIn(b"page not found", said)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
