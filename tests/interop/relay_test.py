"""Our proxy between clients and our servers, and between raw octets on both sides.

INT-07, INT-08, INT-09, INT-10, INT-11, INT-13, INT-14, INT-15, INT-16, INT-29, INT-30, INT-33, INT-34,
INT-35, INT-39, K8S-08, DKR-01, DKR-02.
"""
import asyncio
import contextlib
import os
import socket
import subprocess
import threading
import time
import unittest

from websockets.legacy.client import connect
from websockets.legacy.server import serve

from peers import (HELLO, SECONDS, TEXT, Connection, ServerCase, accept_for, frame, request, run_client,
                   serving, write_head)

PAGE = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


class Proxied(ServerCase):
    """Tests of our proxy, which listens on `port`, in front of one of our servers."""

    after = "TURNOUT_SERVER"

    @classmethod
    def setUpClass(cls):
        running = contextlib.ExitStack()
        cls.addClassCleanup(running.close)
        _, server, _ = running.enter_context(serving(cls.after))
        cls.process, cls.port, cls.log = running.enter_context(serving("TURNOUT_PROXY", str(server)))


class WebSockets(Proxied, unittest.IsolatedAsyncioTestCase):
    async def test_messages_of_python_come_back(self):
        async with connect(f"ws://127.0.0.1:{self.port}/echo") as peer:
            for message in "Hello", "", "a" * 70000, bytes(range(256)):
                await peer.send(message)
                self.assertEqual(await asyncio.wait_for(peer.recv(), SECONDS), message)

    async def test_connections_at_the_same_time(self):
        async def talk(message):
            async with connect(f"ws://127.0.0.1:{self.port}/echo") as peer:
                await peer.send(message)
                return await asyncio.wait_for(peer.recv(), SECONDS)

        sent = [str(number) for number in range(20)]
        self.assertEqual(await asyncio.gather(*map(talk, sent)), sent)

    def test_our_client(self):
        status, shown = run_client(self.port, "Hello", "chat, echo")
        self.assertEqual(status, 0, shown)
        self.assertIn("echoed: Hello", shown)
        self.assertIn("< Via: 1.1 turnout", shown)

    def test_a_refusal_and_a_page_and_a_switch_on_one_connection(self):
        with self.connect() as client:
            client.send(request({"Sec-WebSocket-Version": "12"}) + PAGE + request() + HELLO)
            head = client.take_head()
            self.assertEqual((head.status, head["Upgrade"]), (426, "websocket"))
            client.take(int(head["Content-Length"]))
            page = client.take_head()
            self.assertEqual((page.status, page["Via"]), (200, "1.1 turnout"))
            client.take(int(page["Content-Length"]))
            self.assertEqual(client.take_head().status, 101)
            self.assertEqual(client.take_frame(), (TEXT, b"Hello", False))

    def test_it_does_not_speak_h2c_nor_open_tunnels(self):
        with self.connect() as client:
            client.send(write_head("GET / HTTP/1.1", {
                "Host": "a", "Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c",
                "HTTP2-Settings": "AAMAAABk"}))
            self.assertEqual(client.take_head().status, 200)
        with self.connect() as client:
            client.send(b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\nhello")
            self.assertEqual(client.take_head().status, 405)
            self.assertEqual(client.take_rest(), b"")


class Terminals(Proxied):
    after = "TURNOUT_DAEMON"

    def test_our_client_attaches_and_its_end_goes_through(self):
        program = [os.environ["TURNOUT_DAEMON_CLIENT"], str(self.port), "hello"]
        for arguments in [], ["/exec/echo/start", '{"Detach":false,"Tty":false}']:
            with self.subTest(arguments):
                ended = subprocess.run([*program, *arguments], stdout=subprocess.PIPE, text=True,
                                       timeout=SECONDS)
                self.assertEqual(ended.returncode, 0, ended.stdout)
                self.assertIn("HELLO", ended.stdout)

    def test_curl_has_its_content_back(self):
        for content in b"hello", bytes(range(256)) * 200:
            for chunked in [], ["--header", "Transfer-Encoding: chunked"]:
                back = subprocess.run(
                    [os.environ["CURL"], "--disable", "--noproxy", "*", "-sS", "--max-time",
                     str(SECONDS), "--data-binary", "@-", *chunked,
                     f"http://127.0.0.1:{self.port}/echo"],
                    input=content, stdout=subprocess.PIPE, timeout=2 * SECONDS)
                self.assertEqual((back.returncode, back.stdout), (0, content))


class RawOctets(unittest.TestCase):
    """A client and a server of raw octets, on both sides of the proxy."""

    def setUp(self):
        running = contextlib.ExitStack()
        self.addCleanup(running.close)
        self.listener = running.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.listener.settimeout(SECONDS)
        server = str(self.listener.getsockname()[1])
        _, self.port, _ = running.enter_context(serving("TURNOUT_PROXY", server))
        self.client = running.enter_context(
            Connection(socket.create_connection(("127.0.0.1", self.port), SECONDS)))
        self.running = running

    def accept(self):
        return self.running.enter_context(Connection(self.listener.accept()[0]))

    def ask(self, octets):
        """The server's connection, and the head that went on."""
        self.client.send(octets)
        server = self.accept()
        return server, server.take_head()

    def switch(self, head, changes={}):
        fields = {"Connection": "Upgrade", "Upgrade": "websocket",
                  "Sec-WebSocket-Accept": accept_for(head["Sec-WebSocket-Key"])}
        return write_head("HTTP/1.1 101 Switching Protocols", fields, changes)

    def assert_bad_gateway(self, server):
        self.assertEqual(self.client.take_head().status, 502)
        self.assertEqual(self.client.take_rest(), b"")
        self.assertEqual(server.take_rest(), b"")

    def test_a_target_on_another_host_goes_to_our_server(self):
        # CVE-2026-44578: a client does not choose where the proxy connects.
        start = "GET http://169.254.169.254/latest HTTP/1.1"
        _, head = self.ask(request(start=start))
        self.assertEqual((head.start, head["Host"]), ("GET /latest HTTP/1.1", "169.254.169.254"))

    def test_early_octets_wait_for_the_101(self):
        server, head = self.ask(request() + HELLO)
        self.assertEqual((head["Connection"], head["Upgrade"]), ("Upgrade", "websocket"))
        self.assertTrue(server.is_silent(0.2))
        server.send(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
        self.assertEqual(self.client.take_head().status, 103)
        self.assertTrue(server.is_silent(0.2))
        server.send(self.switch(head) + frame(b"first"))
        self.assertEqual(self.client.take_head()["Upgrade"], "websocket")
        self.assertEqual(self.client.take_frame(), (TEXT, b"first", False))
        self.assertEqual(server.take(len(HELLO)), HELLO)

    def test_without_a_101_they_are_requests(self):
        server, _ = self.ask(request() + PAGE)
        server.send(OK)
        self.assertEqual(self.client.take_head().status, 200)
        self.assertEqual(server.take_head().start, "GET / HTTP/1.1")
        server.send(b"HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n")
        self.assertEqual(self.client.take(2), b"hi")
        self.assertEqual(self.client.take_head().status, 403)

    def test_a_101_that_was_not_offered_is_a_502(self):
        for changes in {"Upgrade": "h2c"}, {"Upgrade": None}, {"Connection": "close"}:
            with self.subTest(changes):
                self.setUp()
                server, head = self.ask(request() + HELLO)
                server.send(self.switch(head, changes) + HELLO)
                self.assert_bad_gateway(server)

    def test_a_101_that_nobody_asked_for_is_a_502(self):
        server, _ = self.ask(PAGE)
        server.send(b"HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + HELLO)
        self.assert_bad_gateway(server)

    def test_a_server_that_is_gone_is_a_502(self):
        server, _ = self.ask(request())
        server.socket.close()
        self.assertEqual(self.client.take_head().status, 502)
        self.assertEqual(self.client.take_rest(), b"")

    def test_a_101_in_content_is_content(self):
        server, head = self.ask(request())
        inner = self.switch(head)
        server.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)
        self.assertEqual(self.client.take_head().status, 200)
        self.assertEqual(self.client.take(len(inner)), inner)
        self.client.send(HELLO)
        self.assertEqual(self.client.take_head().status, 400)
        self.assertEqual(server.take_rest(), b"")

    def test_advertisements_stay_behind(self):
        server, _ = self.ask(PAGE)
        server.send(b"HTTP/1.1 200 OK\r\nConnection: Upgrade, X\r\nUpgrade: h2c\r\nX: y\r\n"
                    b"Content-Length: 0\r\nFold: a\r\n b\r\n\r\n")
        head = self.client.take_head()
        self.assertEqual((head["Connection"], head["Upgrade"], head["X"]), (None, None, None))
        self.assertEqual(head["Fold"], "a b")

    def test_http_1_0_gets_no_chunks_and_the_connection_ends(self):
        server, _ = self.ask(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        server.send(b"HTTP/1.1 102 X\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    b"2\r\nhi\r\n0\r\n\r\n")
        head = self.client.take_head()
        self.assertEqual((head.status, head["Connection"]), (200, "close"))
        self.assertEqual(self.client.take_rest(), b"hi")

    def test_a_refusal_waits_for_the_answer_before_it(self):
        server, _ = self.ask(PAGE + b"nonsense\r\n\r\n")
        content = bytes(range(256)) * 20000  # More than all buffers on the way hold.
        sending = threading.Thread(target=server.send, args=[
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content])
        sending.start()
        time.sleep(0.2)
        self.assertEqual(self.client.take_head().status, 200)
        self.assertTrue(self.client.take(len(content)) == content)
        self.assertEqual(self.client.take_head().status, 400)
        self.assertEqual(self.client.take_rest(), b"")
        sending.join()

    def test_a_terminal_goes_on_when_one_side_has_ended(self):
        asks = b"POST /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
        for first in "client", "server":
            with self.subTest(first):
                self.setUp()
                server, _ = self.ask(asks)
                server.send(b"HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n")
                self.client.take_head()
                here, there = (self.client, server) if first == "client" else (server, self.client)
                here.send(b"one")
                here.end()
                self.assertEqual(there.take_rest(), b"one")
                there.send(b"two")
                self.assertEqual(here.take(3), b"two")
                there.end()
                self.assertEqual(here.take_rest(), b"")

    def test_a_tunnel_ends_with_either_side(self):
        for first in "client", "server":
            with self.subTest(first):
                self.setUp()
                server, head = self.ask(request())
                server.send(self.switch(head))
                self.client.take_head()
                here, there = (self.client, server) if first == "client" else (server, self.client)
                here.send(HELLO)
                here.end()
                self.assertEqual(there.take_rest(), HELLO)
                there.end()
                self.assertEqual(here.take_rest(), b"")

    def test_a_connection_to_the_server_is_used_again_until_it_is_part_of_a_tunnel(self):
        server, _ = self.ask(PAGE)
        server.send(OK)
        self.client.take_head()
        self.client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
        self.assertEqual(self.client.take(2), b"hi")
        self.assertEqual(server.take_head().start, "POST /x HTTP/1.1")
        self.assertEqual(server.take(2), b"hi")
        server.send(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.assertEqual(self.client.take_head()["Connection"], None)
        self.client.take(2)
        again, head = self.ask(request())
        again.send(self.switch(head))
        self.assertEqual(self.client.take_head().status, 101)


if __name__ == "__main__":
    unittest.main()
