"""python3-websockets against our server, and our client against python3-websockets.

UPG-48, WS-20, WS-32, WS-57, WS-58, WS-59, WS-60, WS-61, WS-68, PMD-31.
"""
import asyncio
import http
import unittest

from websockets.exceptions import InvalidStatusCode
from websockets.legacy.client import connect
from websockets.legacy.server import serve

from peers import SECONDS, ServerCase, run_client

TEXTS = ["Hello", "", "\u00fc\u20ac\U0001d11e", "a" * 70000]
MESSAGES = [*TEXTS, b"", bytes(range(256)), b"\xff" * 70000]


async def echo_of(socket, message):
    await socket.send(message)
    return await asyncio.wait_for(socket.recv(), SECONDS)


async def idleness_of(server):
    """A server complains if it is closed while it is not done with a connection."""
    while server.websockets:
        await asyncio.sleep(0.01)


class TheirClient(ServerCase, unittest.IsolatedAsyncioTestCase):
    arguments = [""]  # It agrees to no extension; websockets_deflate_test.py is for that.

    def connect(self, path="/echo", **options):
        return connect(f"ws://127.0.0.1:{self.port}{path}", **options)

    async def test_messages_come_back(self):
        async with self.connect() as socket:
            for message in MESSAGES:
                self.assertEqual(await echo_of(socket, message), message)

    async def test_many_messages_come_back_in_order(self):
        async with self.connect() as socket:
            sent = [str(number) for number in range(500)]
            for message in sent:
                await socket.send(message)
            back = [await asyncio.wait_for(socket.recv(), SECONDS) for _ in sent]
            self.assertEqual(back, sent)

    async def test_connections_at_the_same_time(self):
        async def talk(message):
            async with self.connect() as socket:
                return await echo_of(socket, message)

        sent = [str(number) for number in range(20)]
        self.assertEqual(await asyncio.gather(*map(talk, sent)), sent)

    async def test_a_ping_is_answered(self):
        async with self.connect() as socket:
            await asyncio.wait_for(await socket.ping(), SECONDS)

    async def test_the_subprotocol_is_the_first_that_both_speak(self):
        offers = {"chat": ["chat", "echo"], "echo": ["nothing", "echo", "chat"]}
        for agreed, offered in offers.items():
            with self.subTest(offered):
                async with self.connect(subprotocols=offered) as socket:
                    self.assertEqual(socket.subprotocol, agreed)
                    self.assertEqual(await echo_of(socket, "Hello"), "Hello")

    async def test_without_a_common_subprotocol_there_is_none(self):
        for offered in ["nothing"], ["ECHO"], None:
            with self.subTest(offered):
                async with self.connect(subprotocols=offered) as socket:
                    self.assertNotIn("Sec-WebSocket-Protocol", socket.response_headers)
                    self.assertEqual(await echo_of(socket, "Hello"), "Hello")

    async def test_compression_is_offered_and_not_agreed_to(self):
        async with self.connect(compression="deflate") as socket:
            self.assertIn("permessage-deflate", socket.request_headers["Sec-WebSocket-Extensions"])
            self.assertNotIn("Sec-WebSocket-Extensions", socket.response_headers)
            self.assertEqual(await echo_of(socket, "Hello"), "Hello")

    async def test_a_close_is_answered_with_its_code(self):
        for code in 1000, 1001, 4321:
            with self.subTest(code=code):
                async with self.connect() as socket:
                    await socket.close(code, "the reason")
                self.assertEqual(socket.close_code, code)

    async def test_refusals(self):
        refused = [("/nowhere", None, 404), ("/echo", "http://elsewhere.example", 403)]
        for path, origin, status in refused:
            with self.subTest(path), self.assertRaises(InvalidStatusCode) as refusal:
                await self.connect(path, origin=origin)
            self.assertEqual(refusal.exception.status_code, status)

    async def test_pages_of_this_site_are_welcome(self):
        async with self.connect(origin=f"http://127.0.0.1:{self.port}") as socket:
            self.assertEqual(await echo_of(socket, "Hello"), "Hello")


class TheirServer(unittest.IsolatedAsyncioTestCase):
    async def meet(self, *arguments, handler=None, **options):
        """Our client's exit status, what it showed, and their server's end of the connection."""
        met = []

        async def echo(socket):
            met.append(socket)
            async for message in socket:
                await socket.send(message)

        async with serve(handler or echo, "127.0.0.1", 0, **options) as server:
            port = server.sockets[0].getsockname()[1]
            status, shown = await asyncio.to_thread(run_client, port, *arguments)
            await asyncio.wait_for(idleness_of(server), SECONDS)
        return status, shown, *met

    async def test_the_text_comes_back_and_the_connection_closes(self):
        for text in TEXTS:
            with self.subTest(size=len(text)):
                status, shown, socket = await self.meet(text)
                self.assertEqual(status, 0, shown)
                self.assertIn(f"\nechoed: {text}\n", shown)
                self.assertEqual(socket.close_code, 1000)
                self.assertEqual(socket.path, "/echo")
                self.assertNotIn("Sec-WebSocket-Extensions", socket.request_headers)

    async def test_the_subprotocol_that_they_choose(self):
        for agreed in "chat", "echo":
            with self.subTest(agreed):
                status, shown, socket = await self.meet(
                    "Hello", "chat, other, echo", subprotocols=[agreed])
                self.assertEqual((status, socket.subprotocol), (0, agreed), shown)
                self.assertIn(f'\nswitched to websocket, subprotocol "{agreed}"\n', shown)

    async def test_without_a_common_subprotocol_there_is_none(self):
        status, shown, _ = await self.meet("Hello", "chat, echo", subprotocols=["nothing"])
        self.assertEqual(status, 0, shown)
        self.assertIn('\nswitched to websocket, subprotocol ""\n', shown)

    async def test_refusals_are_shown(self):
        async def refuse(path, headers):
            return answer, [("WWW-Authenticate", "Basic realm=x")], b"content"

        for answer in http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.NOT_FOUND, http.HTTPStatus.OK:
            with self.subTest(answer):
                status, shown = await self.meet(process_request=refuse)
                self.assertEqual(status, 1, shown)
                self.assertIn(f"\n< HTTP/1.1 {answer.value} {answer.phrase}\n", shown)
                self.assertIn("\n< WWW-Authenticate: Basic realm=x\n", shown)

    async def test_an_origin_is_demanded(self):
        status, shown = await self.meet(origins=["http://elsewhere.example"])
        self.assertEqual(status, 1, shown)
        self.assertIn("\n< HTTP/1.1 403 Forbidden\n", shown)

    async def test_they_close_without_an_echo(self):
        async def close(socket):
            await socket.close(1001)
            met.append(socket.close_code)

        met = []
        status, shown = await self.meet(handler=close)
        self.assertEqual((status, met), (1, [1001]), shown)
        self.assertNotIn("echoed", shown)

    async def test_another_text_is_no_echo(self):
        async def mumble(socket):
            await socket.send("Hallo")
            await socket.wait_closed()

        status, shown = await self.meet(handler=mumble)
        self.assertEqual(status, 1, shown)
        self.assertIn("\nechoed: Hallo\n", shown)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
