"""Handshakes over connections: one that the inspector makes, and those that pass through it."""
import contextlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

import inspector

OPENSSL = shutil.which("openssl")
SWITCHES = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
REFUSES = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
OFFER = (b"GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
         b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
PAGE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
FOUND = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers each head on a connection with the next answer; and what it got."""

    def __init__(self, *answers, wrap=None):
        self.answers, self.wrap, self.got = answers, wrap, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.thread.join(inspector.SECONDS)

    def _serve(self):
        with contextlib.suppress(OSError):
            connection, _ = self.listener.accept()
            with self.wrap(connection) if self.wrap else connection as connection:
                for answer in self.answers:
                    while not self.got.endswith(b"\r\n\r\n"):
                        self.got += connection.recv(65536)
                    connection.sendall(answer)
                while more := connection.recv(65536):
                    self.got += more


class Connect(unittest.TestCase):
    def test_a_server_that_refuses(self):
        with Server(REFUSES) as server:
            answer = inspector.ask(
                "connect", f"ws://127.0.0.1:{server.port}/chat?a=1", "--subprotocol", "one",
                "--subprotocol", "two", "--origin", "https://example.org", "-H", "Cookie: a=b")
        self.assertEqual((answer["verdict"], answer["status_code"]), ("refused", 403))
        self.assertEqual(answer["leftover"], "no")
        lines = server.got.decode().split("\r\n")
        self.assertEqual(lines[0], "GET /chat?a=1 HTTP/1.1")
        for line in (f"Host: 127.0.0.1:{server.port}", "Origin: https://example.org", "Cookie: a=b",
                     "Sec-WebSocket-Protocol: one, two"):
            self.assertIn(line, lines)
        offer = inspector.ask("request", octets=server.got)
        self.assertEqual((offer["verdict"], offer["websocket"]["ok"]), ("offer", True))

    def test_a_server_that_switches_wrongly_and_whose_octets_are_explained(self):
        with Server(SWITCHES) as server:
            ran = inspector.run("--color=never", "connect", f"ws://127.0.0.1:{server.port}/")
        self.assertEqual((ran.returncode, ran.stderr), (1, b""))
        self.assertIn(b"wrong_websocket_accept", ran.stdout)
        self.assertIn(b"GET / HTTP/1.1", ran.stdout)

    def test_a_server_that_says_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def hang_up():
                listener.accept()[0].close()
            threading.Thread(target=hang_up, daemon=True).start()
            answer = inspector.ask("connect", f"ws://127.0.0.1:{listener.getsockname()[1]}/")
        self.assertEqual(answer["verdict"], "incomplete")

    def test_an_answer_without_an_end(self):
        for pause in 0.1, 0:  # an event stream, and octets as fast as they go
            with self.subTest(pause=pause), socket.create_server(("127.0.0.1", 0)) as listener:
                def send_on():
                    with contextlib.suppress(OSError), listener.accept()[0] as connection:
                        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                        while True:
                            connection.sendall(b"event\n\n" * (1 if pause else 10000))
                            time.sleep(pause)
                threading.Thread(target=send_on, daemon=True).start()
                answer = inspector.ask("connect", f"ws://127.0.0.1:{listener.getsockname()[1]}/")
                self.assertEqual((answer["verdict"], answer["status_code"]), ("refused", 200))

    def test_nobody_is_there(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        ran = inspector.run("connect", f"ws://127.0.0.1:{port}/")
        self.assertEqual((ran.returncode, ran.stdout), (2, b""))
        self.assertRegex(ran.stderr.decode(), r"\Aturnout-inspect: [^\n]+\n\Z")

    @unittest.skipUnless(OPENSSL, "there is no openssl")
    def test_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
            subprocess.run([OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a",
                            "-keyout", key, "-out", certificate], check=True, capture_output=True)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            def wrap(connection):
                return context.wrap_socket(connection, server_side=True)
            with Server(REFUSES, wrap=wrap) as server:
                url = f"wss://127.0.0.1:{server.port}/"
                self.assertEqual(inspector.ask("connect", "--insecure", url)["status_code"], 403)
            with Server(REFUSES, wrap=wrap) as server:
                ran = inspector.run("connect", f"wss://127.0.0.1:{server.port}/")
                self.assertEqual(ran.returncode, 2)
                self.assertIn(b"certificate", ran.stderr)


class Listen(unittest.TestCase):
    @contextlib.contextmanager
    def listening(self, server, *arguments):
        program = [inspector.PROGRAM, "--json", "listen", "0", "--to", f"127.0.0.1:{server.port}",
                   *arguments]
        with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            try:
                port = int(re.search(rb":(\d+)/", running.stderr.readline())[1])
                yield running, socket.create_connection(("127.0.0.1", port), inspector.SECONDS)
            finally:
                running.kill()

    def test_a_handshake_passes_unchanged_and_is_explained(self):
        with Server(FOUND, SWITCHES) as server, self.listening(server, "--once") as (running, client):
            with client:
                client.sendall(PAGE)
                self.assertEqual(self.read(client, len(FOUND)), FOUND)
                client.sendall(OFFER[:50])
                client.sendall(OFFER[50:])
                self.assertEqual(self.read(client, len(SWITCHES)), SWITCHES)
                answer = inspector.read_answer(running.stdout.readline())
                self.assertEqual((answer["verdict"], answer["findings"]), ("switched", []))
                self.assertEqual(running.wait(inspector.SECONDS), 0)
        self.assertEqual(server.got, PAGE + OFFER)

    def test_it_goes_on(self):
        with Server(REFUSES, SWITCHES) as server, self.listening(server) as (running, client):
            with client:
                for answer, verdict in (REFUSES, "refused"), (SWITCHES, "switched"):
                    client.sendall(OFFER)
                    self.assertEqual(self.read(client, len(answer)), answer)
                    said = inspector.read_answer(running.stdout.readline())
                    self.assertEqual(said["verdict"], verdict)
                client.sendall(b"\x81\x80abcd")
                client.shutdown(socket.SHUT_WR)
                self.assertEqual(client.recv(1), b"")
        self.assertEqual(server.got, OFFER + OFFER + b"\x81\x80abcd")

    def test_a_server_that_hangs_up(self):
        with Server(b"") as server, self.listening(server, "--once") as (running, client):
            with client:
                client.sendall(OFFER)
                client.shutdown(socket.SHUT_WR)
                answer = inspector.read_answer(running.stdout.readline())
                self.assertEqual(answer["verdict"], "incomplete")
                self.assertEqual(running.wait(inspector.SECONDS), 3)

    def test_what_is_too_large_to_keep_passes_and_ends_the_look(self):
        size = 4 << 20
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (size + 1)
        with Server(head + bytes(size)) as server, self.listening(server) as (running, client):
            with client:
                said = []
                reader = threading.Thread(target=lambda: said.append(running.stdout.readline()))
                reader.start()
                client.sendall(OFFER)
                self.assertEqual(self.read(client, len(head) + size), head + bytes(size))
                reader.join(inspector.SECONDS)
                self.assertEqual(len(said), 1, "nothing is said, since an octet is missing")
                answer = inspector.read_answer(said[0])
                self.assertEqual((answer["verdict"], answer["status_code"]), ("refused", 200))

    @staticmethod
    def read(connection, size):
        octets = b""
        while len(octets) < size:
            more = connection.recv(size - len(octets))
            if not more:
                break
            octets += more
        return octets


if __name__ == "__main__":
    unittest.main()
