"""Our own server, client and proxies keep all rules, and others that break some are found out."""
import contextlib
import os
import socket
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree

import prober

SWITCHES = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
PONG = b"\x8a\x07turnout"


class Probed(unittest.TestCase):
    def check(self, least, *arguments):
        """All musts hold, and so many cases were tried."""
        status, said = prober.ask(*arguments)
        failed = [one for one in said["cases"] if one["result"] == "failed"]
        self.assertEqual((status, failed), (0, []))
        self.assertTrue(said["musts_hold"])
        passed = [one for one in said["cases"] if one["result"] == "passed"]
        self.assertGreaterEqual(len(passed), least)


class OwnPrograms(Probed):
    def test_server_on_poll(self):
        with prober.serving("poll_server") as port:
            self.check(1000, "server", f"ws://127.0.0.1:{port}/ws")
            self.check(50, "--only", "host", "server", f"http://127.0.0.1:{port}/")

    @unittest.skipUnless((prober.PROGRAMS / "websocket_echo_server").exists(), "it is not built")
    def test_server_on_asio(self):
        with prober.serving("websocket_echo_server") as port:
            self.check(1000, "server", f"ws://127.0.0.1:{port}/echo")

    @unittest.skipUnless((prober.PROGRAMS / "websocket_echo_client").exists(), "it is not built")
    def test_client(self):
        self.check(100, "--patience", 300, "client", "--", prober.PROGRAMS / "websocket_echo_client",
                   "{port}")

    def test_proxies(self):
        for name in "relay_proxy", "reverse_proxy":
            with self.subTest(name):
                origin = prober.free_port()
                with prober.serving(name, origin) as port:
                    self.check(100, "proxy", "--listen", origin, "--to", f"127.0.0.1:{port}")


class Careless:
    """A server that switches whatever it is asked."""

    def __init__(self, answer=SWITCHES, then=PONG, endless=False):
        self.answer, self.then, self.endless = answer, then, endless
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=[connection], daemon=True).start()

    def _talk(self, connection):
        with connection:
            octets = b""
            while b"\r\n\r\n" not in octets:
                more = connection.recv(65536)
                if not more:
                    return
                octets += more
            connection.sendall(self.answer)
            with contextlib.suppress(OSError):
                while self.endless:
                    connection.sendall(b"event\n\n")
                    time.sleep(0.05)
            if self.then and connection.recv(65536):
                connection.sendall(self.then)


class Others(unittest.TestCase):
    CASES = prober.ROOT / "tests/probe/cases.json"

    def failed(self, *arguments):
        status, said = prober.ask(*arguments)
        self.assertEqual(status, 1)
        self.assertFalse(said["musts_hold"])
        return {one["id"]: one for one in said["cases"] if one["result"] == "failed"}

    def test_a_server_that_switches_always(self):
        with Careless() as server:
            found = self.failed("--cases", self.CASES, "--patience", 300, "server",
                                f"ws://127.0.0.1:{server.port}/")
        self.assertEqual(set(found), {"test/no-key", "test/no-host"})
        self.assertEqual(found["test/no-key"]["said"], "the server switched")
        self.assertIn("GET / HTTP/1.1\r\n", found["test/no-key"]["sent"])

    def test_a_server_whose_faultless_answer_is_wrong(self):
        for answer, then, said in [
                (SWITCHES.replace(b"s3p", b"t3p"), PONG, "Sec-WebSocket-Accept"),
                (SWITCHES, b"\x88\x00", "no pong came"), (b"HTTP/1.1 404 N\r\n\r\n", b"", "404")]:
            with self.subTest(said), Careless(answer, then) as server:
                found = self.failed("--patience", 300, "server", f"ws://127.0.0.1:{server.port}/")
                self.assertEqual(set(found), {"live/faultless-server"})
                self.assertIn(said, found["live/faultless-server"]["said"])

    def test_a_server_whose_answer_has_no_end(self):
        with Careless(b"HTTP/1.1 200 OK\r\n\r\n", endless=True) as server:
            found = self.failed("--patience", 300, "server", f"ws://127.0.0.1:{server.port}/")
        self.assertEqual(set(found), {"live/faultless-server"})

    def test_a_client_that_takes_everything(self):
        client = ("import socket, sys\n"
                  "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                  "s.sendall(b'GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: Upgrade\\r\\n'\n"
                  "          b'Upgrade: websocket\\r\\nSec-WebSocket-Version: 13\\r\\n'\n"
                  "          b'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n')\n"
                  "s.recv(65536)\n"
                  "s.sendall(b'\\x8a\\x87\\0\\0\\0\\0turnout')\n"
                  "s.recv(65536)\n")
        found = self.failed("--cases", self.CASES, "client", "--", "python3", "-c", client, "{port}")
        self.assertEqual(set(found), {"test/wrong-accept"})
        self.assertEqual(found["test/wrong-accept"]["said"], "the client took the switch")


class Usage(unittest.TestCase):
    def check_complaint(self, *arguments, says):
        ran = prober.run(*arguments)
        self.assertEqual((ran.returncode, ran.stdout), (2, b""), arguments)
        self.assertRegex(ran.stderr.decode(), r"\Aturnout-probe: [^\n]+\n\Z")
        self.assertIn(says, ran.stderr.decode())

    def test_what_is_asked_wrong(self):
        self.check_complaint(says="a command is missing")
        self.check_complaint("server", says="URL")
        self.check_complaint("server", "ftp://a/", says="ftp://a/")
        self.check_complaint("client", says="COMMAND")
        self.check_complaint("proxy", says="--to")
        self.check_complaint("--rate", "0", "server", "ws://a/", says="--rate")
        self.check_complaint("--cases", "missing", "server", "ws://a/", says="missing")
        self.check_complaint("--cases", os.devnull, "server", "ws://a/", says="parse")

    def test_nobody_can_be_reached(self):
        port = prober.free_port()
        self.check_complaint("server", f"ws://127.0.0.1:{port}/", says="no connection")
        self.check_complaint("proxy", "--to", f"127.0.0.1:{port}", says="no connection")
        self.check_complaint("client", "--", "true", says="ended without a connection")
        self.check_complaint("client", "--", "/nowhere", says="/nowhere")

    def test_list(self):
        listed = prober.run("--list", "--only", "smuggling", "proxy")
        self.assertEqual((listed.returncode, listed.stderr), (0, b""))
        self.assertIn(b"live/200-is-no-switch  must, RFC 9110 section 15.2.2: Only a 101 switches.\n",
                      listed.stdout)
        self.assertNotIn(b"live/interim-first", listed.stdout)

    def test_table_and_junit(self):
        with prober.serving("poll_server") as port, tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "results.xml")
            ran = prober.run("--only", "pipelined", "--junit", file, "server",
                             f"ws://127.0.0.1:{port}/ws")
            self.assertEqual((ran.returncode, ran.stderr), (0, b""))
            self.assertRegex(ran.stdout, rb"(?m)^section +must +should +other\n")
            self.assertRegex(ran.stdout, rb"(?m)^RFC 6455 section 4\.2\.2 +3/3 *\n")
            suite = xml.etree.ElementTree.parse(file).getroot()
            self.assertEqual(suite.get("failures"), "0")
            self.assertEqual(len(suite), int(suite.get("tests")))

    def test_a_file_that_can_not_be_written(self):
        with prober.serving("poll_server") as port:
            ran = prober.run("--only", "none", "--junit", "/dev/full", "server",
                             f"ws://127.0.0.1:{port}/ws")
            self.assertEqual(ran.returncode, 2)
            self.assertIn(b"can't be written", ran.stderr)


if __name__ == "__main__":
    unittest.main()
