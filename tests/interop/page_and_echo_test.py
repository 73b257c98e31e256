"""The servers that people copy: a page at /, and a WebSocket that echoes at /ws.

MSG-84, WS-60.
"""
import asyncio
import contextlib
import os
import resource
import select
import subprocess
import time
import unittest

from websockets.legacy.client import connect

from peers import CLOSE, HELLO, MASK, SECONDS, TEXT, ServerCase, frame, request, write_head

SWITCH = request(start="GET /ws HTTP/1.1")
PAGE = "The WebSocket is at /ws.\n"
SERVES_CONNECTION = os.environ["TURNOUT_SERVES"] == "connection"  # or "facts": not all duties


class Browsers(ServerCase, unittest.IsolatedAsyncioTestCase):
    """Stock clients."""

    async def test_messages_of_python_come_back(self):
        async with connect(f"ws://127.0.0.1:{self.port}/ws", compression=None) as peer:
            for message in "Hello", "", "a" * 900, "\u00fc\u20ac", bytes(range(256)), ["He", "", "llo"]:
                await peer.send(message)
                back = await asyncio.wait_for(peer.recv(), SECONDS)
                self.assertEqual(back, message if isinstance(message, (str, bytes)) else "Hello")
            await asyncio.wait_for(await peer.ping(), SECONDS)
        self.assertEqual(peer.close_code, 1000)

    async def test_connections_at_the_same_time(self):
        async def talk(message):
            async with connect(f"ws://127.0.0.1:{self.port}/ws") as peer:
                await peer.send(message)
                return await asyncio.wait_for(peer.recv(), SECONDS)

        sent = [str(number) for number in range(20)]
        self.assertEqual(await asyncio.gather(*map(talk, sent)), sent)

    def curl(self, *arguments):
        """What curl writes: the contents, and what --write-out adds."""
        program = [os.environ["CURL"], "--disable", "--noproxy", "*", "-sS", "--max-time", str(SECONDS)]
        ended = subprocess.run([*program, *arguments], stdout=subprocess.PIPE, text=True,
                               timeout=2 * SECONDS)
        self.assertEqual(ended.returncode, 0, arguments)
        return ended.stdout

    def test_pages_over_one_connection_of_curl(self):
        url = f"http://127.0.0.1:{self.port}/"
        written = self.curl("-w", "%{http_code} %{num_connects}\n", url, url, url + "no")
        pages = f"{PAGE}200 1\n{PAGE}200 0\n"
        self.assertTrue(written.startswith(pages), written)
        self.assertTrue(written.endswith("404 0\n"), written)

    def test_head_and_a_form_and_an_offer_that_is_declined(self):
        url = f"http://127.0.0.1:{self.port}/"
        self.assertIn(f"Content-Length: {len(PAGE)}\n", self.curl("-I", url).replace("\r", ""))
        self.assertIn(PAGE, self.curl("--data", "a" * 9000, url))
        self.assertEqual(self.curl("-H", "Connection: Upgrade", "-H", "Upgrade: h2c", url), PAGE)
        offer = ["-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "-H",
                 "Sec-WebSocket-Version: 13", "-H", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        self.assertEqual(self.curl(*offer, url), PAGE)


class RawOctets(ServerCase):
    """Octets that come early, and requests that are refused."""

    def test_a_frame_that_comes_with_the_request(self):
        with self.connect() as peer:
            peer.send(SWITCH + HELLO + frame(b"", CLOSE, MASK))
            self.assertEqual(peer.take_head().status, 101)
            self.assertEqual(peer.take_frame(), (TEXT, b"Hello", False))
            self.assertEqual(peer.take_frame(), (CLOSE, b"", False))
            self.assertEqual(peer.take_rest(), b"")

    def test_octet_by_octet(self):
        with self.connect() as peer:
            for octet in SWITCH + HELLO:
                peer.send(bytes([octet]))
            self.assertEqual(peer.take_head()["Sec-WebSocket-Accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            self.assertEqual(peer.take_frame(), (TEXT, b"Hello", False))

    def test_a_page_and_then_a_switch(self):
        with self.connect() as peer:
            peer.send(write_head("GET / HTTP/1.1", {"Host": "a"}) + SWITCH + HELLO)
            page = peer.take_head()
            self.assertEqual(page.status, 200)
            peer.take(int(page["Content-Length"]))
            self.assertEqual(peer.take_head().status, 101)
            self.assertEqual(peer.take_frame(), (TEXT, b"Hello", False))

    def test_refusals(self):
        post = {"Content-Length": "5"}
        refused = [
            (request({"Sec-WebSocket-Version": "8"}, "GET /ws HTTP/1.1"), 426),
            (request({"Sec-WebSocket-Key": None}, "GET /ws HTTP/1.1"), 400),
            (request({"Host": None}, "GET /ws HTTP/1.1"), 400),
            (request({"Sec-WebSocket-Key": ["a", "b"]}, "GET /ws HTTP/1.1"), 400),
            (request(post, "POST /ws HTTP/1.1") + b"Hello", 405),
            (b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
        ]
        if SERVES_CONNECTION:
            refused += [(b"Hello\r\n\r\n", 400),
                        (write_head("GET / HTTP/1.1", {"Host": "a", "A": "a" * 40000}), 431)]
        for octets, status in refused:
            with self.subTest(octets[:200]), self.connect() as peer:
                peer.send(octets)
                head = peer.take_head()
                self.assertEqual(head.status, status)
                if status == 426:
                    self.assertEqual(head["Sec-WebSocket-Version"], "13")

    def test_many_requests_at_once(self):
        with self.connect() as peer:
            peer.send(write_head("GET / HTTP/1.1", {"Host": "a"}) * 500)
            for _ in range(500):
                page = peer.take_head()
                self.assertEqual(page.status, 200)
                self.assertEqual(peer.take(int(page["Content-Length"])), PAGE.encode())

    def test_a_client_that_takes_no_responses_blocks_no_other_one(self):
        requests = write_head("GET / HTTP/1.1", {"Host": "a"}) * 1000
        with self.connect() as full, self.connect() as other:
            full.socket.setblocking(False)
            while select.select([], [full.socket], [], 0.5)[1]:
                full.socket.send(requests)
            other.send(write_head("GET / HTTP/1.1", {"Host": "a"}))
            self.assertEqual(other.take_head().status, 200)

    def test_more_clients_than_descriptors(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (256, most))
        with contextlib.ExitStack() as crowd:
            for _ in range(300):
                crowd.enter_context(self.connect())
            time.sleep(0.2)
        with self.connect() as peer:
            peer.send(write_head("GET / HTTP/1.1", {"Host": "a"}))
            self.assertEqual(peer.take_head().status, 200)

    @unittest.skipUnless(SERVES_CONNECTION, "closing in stages is a duty of the HTTP library")
    def test_a_client_that_still_sends_gets_the_refusal(self):
        with self.connect() as peer:
            peer.send(b"GET / HTTP/1.1\n" + b"a" * 3000)
            for _ in range(3):
                time.sleep(0.1)
                peer.send(b"a")
            self.assertEqual(peer.take_head().status, 400)
            peer.take_rest()  # and no reset

    def test_a_client_that_goes_away(self):
        for octets in b"", b"GET", SWITCH, SWITCH + HELLO[:3]:
            with self.connect() as peer:
                peer.send(octets)
        with self.connect() as peer:
            peer.send(b"GET / HTTP/1.1\r\n")
            peer.end()
            rest = peer.take_rest()
            if SERVES_CONNECTION:
                self.assertRegex(rest, b"^HTTP/1.1 400 ")

    @unittest.skipUnless(SERVES_CONNECTION, "100 (Continue) is a duty of the HTTP library")
    def test_content_that_waits_for_a_100(self):
        with self.connect() as peer:
            peer.send(write_head("POST / HTTP/1.1", {"Host": "a", "Content-Length": "5",
                                                     "Expect": "100-continue"}))
            head = peer.take_head()
            self.assertIn((head.status, head["Connection"]), [(100, None), (200, "close")])
            if head.status == 100:
                peer.send(b"Hello")
                self.assertEqual(peer.take_head().status, 200)

    def test_a_frame_without_mask(self):
        with self.connect() as peer:
            peer.send(SWITCH + frame(b"Hello"))
            self.assertEqual(peer.take_head().status, 101)
            self.assertEqual(peer.take_frame(), (CLOSE, b"\x03\xea", False))


if __name__ == "__main__":
    unittest.main()
