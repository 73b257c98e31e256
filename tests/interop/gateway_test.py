"""The gateways of examples/gateway between stock WebSocket clients and servers of HTTP/1.1.

Each test goes up to HTTP/2 and down again, or has Chromium in front, which speaks WebSocket over HTTP/2
where a server allows it. XC-15, XC-18, XC-19, XC-21, XC-22.
"""
import asyncio
import contextlib
import os
import pathlib
import resource
import socket
import subprocess
import tempfile
import threading
import unittest
import unittest.mock

from websockets.exceptions import InvalidStatusCode
from websockets.legacy.client import connect
from websockets.legacy.server import serve

import chromium
from peers import SECONDS, Connection, accept_for, serving

# All programs get as many descriptors as there may be: systems often begin with 1,024.
MOST = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (MOST, MOST))
TUNNELS = min(int(os.environ.get("TURNOUT_TUNNELS", "2000")), MOST - 100 if MOST > 0 else 2000)
ASKS = (b"GET /echo HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
ACCEPT = b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
# A masked text frame, "Hello" (RFC 6455 section 5.7), and the same from a server.
FRAME = b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"
ECHO = b"\x81\x05Hello"

EXCHANGE = """url => new Promise(resolve => {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send("over HTTP/2");
  socket.onmessage = ({data}) => { socket.close(1000); resolve(data); };
  socket.onerror = () => resolve("failed");
})"""


@contextlib.contextmanager
def stock_echo():
    """The server of the module websockets, which takes pages of any origin: its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def echo(peer, _):
        async for message in peer:
            await peer.send(message)

    async def begin():
        return await serve(echo, "127.0.0.1", 0)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(SECONDS)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(server.wait_closed(), loop).result(SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(SECONDS)
        loop.close()


class Gateways(unittest.IsolatedAsyncioTestCase):
    """An echo server, the way down to it, and the way up to that."""

    def setUp(self):
        running = contextlib.ExitStack()
        self.addCleanup(running.close)
        _, self.echo, _ = running.enter_context(serving("TURNOUT_SERVER"))
        self.down, port, self.streams = running.enter_context(serving("TURNOUT_GATEWAY_DOWN", str(self.echo)))
        self.up, self.port, _ = running.enter_context(serving("TURNOUT_GATEWAY_UP", str(port)))

    def tearDown(self):
        self.assertIsNone(self.down.poll(), "the gateway down has ended")
        self.assertIsNone(self.up.poll(), "the gateway up has ended")

    async def test_messages_and_the_closing_handshake(self):
        async with connect(f"ws://127.0.0.1:{self.port}/echo", subprotocols=["echo"]) as peer:
            self.assertEqual(peer.subprotocol, "echo")
            for message in ["Hello", b"\0" * 100000, ""]:
                await peer.send(message)
                self.assertEqual(await asyncio.wait_for(peer.recv(), SECONDS), message)
        self.assertEqual(peer.close_code, 1000)

    async def test_a_refusal_comes_back_as_it_is(self):
        with self.assertRaises(InvalidStatusCode) as refused:
            async with connect(f"ws://127.0.0.1:{self.port}/nothing"):
                pass
        self.assertEqual(refused.exception.status_code, 404)

    def test_octets_that_come_early_arrive_after_the_switch(self):
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as client:
            client.sendall(ASKS + FRAME)
            came = b""
            while not came.endswith(ECHO):
                piece = client.recv(4096)
                self.assertTrue(piece, came)
                came += piece
        self.assertTrue(came.startswith(b"HTTP/1.1 101 "), came)

    def test_the_next_request_after_a_refusal(self):
        with socket.create_connection(("127.0.0.1", self.port), SECONDS) as client:
            client.sendall(ASKS.replace(b"/echo", b"/nothing") + ASKS)
            came = b""
            while b"HTTP/1.1 101 " not in came:
                piece = client.recv(4096)
                self.assertTrue(piece, came)
                came += piece
        self.assertTrue(came.startswith(b"HTTP/1.1 404 "), came)

    async def test_many_tunnels_at_once(self):
        """All are open before the first one sends."""
        asyncio.get_running_loop().set_debug(False)
        opened = [asyncio.open_connection("127.0.0.1", self.port) for _ in range(TUNNELS)]
        peers = await asyncio.gather(*opened)
        for _, writer in peers:
            writer.write(ASKS)
        for reader, _ in peers:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 6 * SECONDS)
            self.assertTrue(head.startswith(b"HTTP/1.1 101 "), head)
            self.assertIn(ACCEPT, head)
        for _, writer in peers:
            writer.write(FRAME)
        for reader, _ in peers:
            self.assertEqual(await asyncio.wait_for(reader.readexactly(len(ECHO)), 6 * SECONDS), ECHO)
        self.assertEqual(len(self.streams), TUNNELS)
        for _, writer in peers:
            writer.close()


class SlowPeers(unittest.TestCase):
    """A client and a server of which one sends and the other one does not read."""

    def setUp(self):
        running = contextlib.ExitStack()
        self.addCleanup(running.close)
        listener = running.enter_context(socket.create_server(("127.0.0.1", 0)))
        server = str(listener.getsockname()[1])
        _, port, _ = running.enter_context(serving("TURNOUT_GATEWAY_DOWN", server))
        _, port, _ = running.enter_context(serving("TURNOUT_GATEWAY_UP", str(port)))
        self.client = running.enter_context(socket.create_connection(("127.0.0.1", port), SECONDS))
        self.client.sendall(ASKS)
        self.server = running.enter_context(listener.accept()[0])
        asked = Connection(self.server).take_head()
        self.server.sendall(b"HTTP/1.1 101 \r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            b"Sec-WebSocket-Accept: %b\r\n\r\n"
                            % accept_for(asked["Sec-WebSocket-Key"]).encode())
        self.assertEqual(Connection(self.client).take_head().status, 101)

    def assert_waits(self, sender):
        """What the sockets between them hold is less than this; the gateways keep no more."""
        sender.settimeout(2)
        sent = 0
        with self.assertRaises(TimeoutError):
            while sent < 64 << 20:
                sent += sender.send(bytes(65536))

    def test_a_client_waits_for_its_server(self):
        self.assert_waits(self.client)

    def test_a_server_waits_for_its_client(self):
        self.assert_waits(self.server)


@unittest.skipUnless(os.environ.get("CHROMIUM"), "there is no Chromium")
class Browser(unittest.TestCase):
    """Chromium over TLS, with a certificate made on the spot."""

    def test_a_websocket_over_http_2(self):
        with contextlib.ExitStack() as running:
            folder = pathlib.Path(running.enter_context(tempfile.TemporaryDirectory()))
            certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                            "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                            "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                           check=True, capture_output=True)
            echo = running.enter_context(stock_echo())
            _, port, streams = running.enter_context(
                serving("TURNOUT_GATEWAY_DOWN", str(echo), certificate, key))
            flags = [*chromium.FLAGS, "--ignore-certificate-errors"]
            running.enter_context(unittest.mock.patch.object(chromium, "FLAGS", flags))
            browser = running.enter_context(contextlib.closing(chromium.Chromium()))
            page = browser.open(f"https://127.0.0.1:{port}/")
            self.assertEqual(page.run(EXCHANGE, f"wss://127.0.0.1:{port}/echo"), "over HTTP/2")
            self.assertEqual(len(streams), 1)


if __name__ == "__main__":
    unittest.main()
