"""The reverse proxy that people copy, between stock clients and a stock server."""
import asyncio
import contextlib
import os
import socket
import threading
import unittest
from http import HTTPStatus

from websockets.exceptions import ConnectionClosed
from websockets.legacy.client import connect
from websockets.legacy.server import serve

from peers import HELLO, SECONDS, TEXT, Connection, ServerCase, request, serving, write_head

PAGE = b"a page\n"
GET = write_head("GET /page HTTP/1.1", {"Host": "a"})


async def answer(path, _):
    """What websockets answers without a switch."""
    return (HTTPStatus.OK, [("X-From", "websockets")], PAGE) if path == "/page" else None


async def echo(peer):
    with contextlib.suppress(ConnectionClosed):
        async for message in peer:
            await peer.send(message)


def closed_port():
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Proxied(ServerCase, unittest.IsolatedAsyncioTestCase):
    """websockets on both sides of the proxy."""

    server = "TURNOUT_REVERSE_PROXY"

    @classmethod
    def setUpClass(cls):
        started, loop = threading.Event(), asyncio.new_event_loop()

        async def listen():
            cls.backend = await serve(echo, "127.0.0.1", 0, process_request=answer, max_size=None)
            started.set()

        def run():
            loop.run_until_complete(listen())
            loop.run_forever()

        threading.Thread(target=run, daemon=True).start()
        cls.addClassCleanup(loop.call_soon_threadsafe, loop.stop)
        assert started.wait(SECONDS)
        cls.arguments = [str(cls.backend.sockets[0].getsockname()[1])]
        super().setUpClass()

    async def test_messages_come_back(self):
        async with connect(f"ws://127.0.0.1:{self.port}/", max_size=None) as peer:
            for message in "Hello", "", "a" * 70000, bytes(range(256)):
                await peer.send(message)
                self.assertEqual(await asyncio.wait_for(peer.recv(), SECONDS), message)
        self.assertEqual(peer.close_code, 1000)

    async def test_much_goes_both_ways_at_a_time(self):
        sent = [os.urandom(1 << 20) for _ in range(8)]
        async with connect(f"ws://127.0.0.1:{self.port}/", max_size=None, compression=None) as peer:
            async def receive():
                return [await asyncio.wait_for(peer.recv(), SECONDS) for _ in sent]

            async def send():
                for message in sent:
                    await peer.send(message)

            received, _ = await asyncio.gather(receive(), send())
            self.assertEqual(received, sent)

    def test_a_page_goes_through(self):
        with self.connect() as peer:
            peer.send(GET)
            head = peer.take_head()
            self.assertEqual((head.status, head["X-From"]), (200, "websockets"))
            self.assertIn("example", head["Via"])
            self.assertEqual(peer.take(len(PAGE)), PAGE)
            peer.send(GET)
            self.assertEqual(peer.take_head().status, 200, "the server closes, the client goes on")

    def test_a_frame_that_comes_early(self):
        with self.connect() as peer:
            peer.send(request() + HELLO)
            self.assertEqual(peer.take_head().status, 101)
            self.assertEqual(peer.take_frame(), (TEXT, b"Hello", False))

    def test_other_upgrades_are_ordinary_requests_and_connect_is_refused(self):
        with self.connect() as peer:
            peer.send(write_head("GET /page HTTP/1.1", {
                "Host": "a", "Connection": "Upgrade", "Upgrade": "h2c, tls/1.0"}))
            self.assertEqual(peer.take_head().status, 200)
        with self.connect() as peer:
            peer.send(write_head("CONNECT a:443 HTTP/1.1", {"Host": "a:443"}) + b"hello")
            self.assertGreaterEqual(peer.take_head().status, 400)

    def test_what_is_malformed_goes_nowhere(self):
        with self.connect() as peer:
            peer.send(b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
            self.assertEqual(peer.take_head().status, 400)
            peer.take_rest()


class WithoutServer(unittest.TestCase):
    """A server that is not there, or goes away."""

    def ask(self, port, octets):
        running = contextlib.ExitStack()
        self.addCleanup(running.close)
        _, proxy, _ = running.enter_context(serving("TURNOUT_REVERSE_PROXY", str(port)))
        peer = running.enter_context(
            Connection(socket.create_connection(("127.0.0.1", proxy), SECONDS)))
        peer.send(octets)
        return peer

    def test_nobody_listens(self):
        for octets in GET, request():
            self.assertEqual(self.ask(closed_port(), octets).take_head().status, 502)

    def test_it_hangs_up(self):
        for said in b"", b"HTTP/1.1 200", b"HTTP/1.1 103 Early Hints\r\n\r\n":
            with self.subTest(said), socket.create_server(("127.0.0.1", 0)) as listener:
                listener.settimeout(SECONDS)
                peer = self.ask(listener.getsockname()[1], GET)
                with Connection(listener.accept()[0]) as server:
                    server.take_head()
                    server.send(said)
                head = peer.take_head()
                self.assertEqual((peer.take_head() if head.status == 103 else head).status, 502)


if __name__ == "__main__":
    unittest.main()
