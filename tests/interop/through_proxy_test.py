"""Our client through a stock proxy, tinyproxy, to a stock server, websockets.

WS-15.
"""
import asyncio
import contextlib
import os
import socket
import subprocess
import tempfile
import time
import unittest

from websockets.legacy.server import serve

from peers import SECONDS, stop


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def tinyproxy(*lines):
    """A proxy, until the end: its port."""
    port = free_port()
    settings = ["Listen 127.0.0.1", f"Port {port}", "Timeout 60", "MaxClients 10", "LogLevel Error", *lines]
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write("\n".join(settings) + "\n")
        file.flush()
        process = subprocess.Popen([os.environ["TINYPROXY"], "-d", "-c", file.name],
                                   stdout=subprocess.DEVNULL)
        try:
            end = time.monotonic() + SECONDS
            while True:
                with contextlib.suppress(ConnectionRefusedError):
                    socket.create_connection(("127.0.0.1", port), SECONDS).close()
                    break
                if time.monotonic() > end or process.poll() is not None:
                    raise AssertionError("tinyproxy does not listen")
                time.sleep(0.05)
            yield port
        finally:
            stop(process)


class ThroughProxy(unittest.IsolatedAsyncioTestCase):
    async def ask(self, proxy, uri):
        """The client's exit status, and what it wrote to each output."""
        client = await asyncio.create_subprocess_exec(
            os.environ["TURNOUT_THROUGH_PROXY"], str(proxy), uri, "Hello",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = await asyncio.wait_for(client.communicate(), SECONDS)
        return client.returncode, out.decode(), err.decode()

    async def asyncSetUp(self):
        self.paths = []

        async def echo(peer, path):
            self.paths.append((path, peer.request_headers["Host"]))
            async for message in peer:
                await peer.send(message)

        self.server = await serve(echo, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        self.addAsyncCleanup(self.server.wait_closed)
        self.addCleanup(self.server.close)

    async def test_a_message_comes_back(self):
        with tinyproxy() as proxy:
            status, out, err = await self.ask(proxy, f"ws://127.0.0.1:{self.port}/chat?a=b")
        self.assertEqual((status, out), (0, "echoed: Hello\n"), err)
        self.assertEqual(self.paths, [("/chat?a=b", f"127.0.0.1:{self.port}")])

    async def test_a_port_that_the_proxy_does_not_reach(self):
        with tinyproxy("ConnectPort 443") as proxy:
            status, out, err = await self.ask(proxy, f"ws://127.0.0.1:{self.port}/")
        self.assertEqual((status, out, err), (1, "", "declined with 403\n"))
        self.assertEqual(self.paths, [])

    async def test_a_server_that_is_not_there(self):
        with tinyproxy() as proxy:
            status, out, err = await self.ask(proxy, f"ws://127.0.0.1:{free_port()}/")
        self.assertEqual((status, out), (1, ""))
        self.assertRegex(err, "^declined with 50[0-9]\n$")

    async def test_a_proxy_that_is_not_there(self):
        status, _, err = await self.ask(free_port(), f"ws://127.0.0.1:{self.port}/")
        self.assertEqual(status, 1)
        self.assertIn("Connection refused", err)

    async def test_what_is_no_websocket(self):
        for uri in "http://127.0.0.1/", "wss://127.0.0.1/", "ws:///":
            self.assertEqual((await self.ask(1, uri))[0], 2)


if __name__ == "__main__":
    unittest.main()
