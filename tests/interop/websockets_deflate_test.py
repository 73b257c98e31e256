"""permessage-deflate between python3-websockets and our server, and our client and
python3-websockets.

PMD-01, PMD-06, PMD-07, PMD-14, PMD-15, PMD-16, PMD-17, PMD-18, PMD-20, PMD-22, PMD-31.
"""
import asyncio
import random
import unittest

from websockets.extensions.permessage_deflate import (
    ClientPerMessageDeflateFactory as Offer, ServerPerMessageDeflateFactory as Answer)
from websockets.legacy.client import connect
from websockets.legacy.server import serve

from peers import SECONDS, ServerCase, run_client
from websockets_test import echo_of, idleness_of

FIELD = "Sec-WebSocket-Extensions"
NAME = "permessage-deflate"
LARGE = "turnout " * 131072  # 1 MiB.
NOISE = random.Random(7692).randbytes(6000)
NOISE_TEXT = NOISE.hex()
FAR = [f"{i:05}" * 40 for i in range(100)]  # What repeats is further away than small windows are.
TEXTS = ["Hello", "Hello", "", "\u00fc\u20ac\U0001d11e", NOISE_TEXT, NOISE_TEXT, LARGE,
         "".join(FAR + FAR), "", ""]
MESSAGES = [*TEXTS, NOISE, NOISE, b"", b"\xff" * 70000]


def watch(socket):
    """The frames of messages that come in from now on, as they are on the wire."""
    [extension] = socket.extensions
    frames, decode = [], extension.decode

    def note(frame, **options):
        if frame.opcode < 8:
            frames.append(frame)
        return decode(frame, **options)

    extension.decode = note
    return frames


class TheirClientCase(ServerCase, unittest.IsolatedAsyncioTestCase):
    def connect(self, *offers):
        extensions = [Offer(**offer) for offer in offers]
        return connect(f"ws://127.0.0.1:{self.port}/echo", compression=None, max_size=2**21,
                       extensions=extensions)

    async def assert_compresses(self, offers, answer, takes_over=True):
        """All messages come back, compressed as the server answered."""
        async with self.connect(*offers) as socket:
            self.assertEqual(socket.response_headers[FIELD], answer)
            frames = watch(socket)
            for message in MESSAGES:
                self.assertEqual(await echo_of(socket, message), message)
            self.assertTrue(all(frame.rsv1 and frame.fin for frame in frames))
            self.assertEqual(len(frames), len(MESSAGES))
            self.assertLess(len(frames[TEXTS.index(LARGE)].data), len(LARGE) / 50)
            again = frames[TEXTS.index(NOISE_TEXT) + 1].data
            (self.assertLess if takes_over else self.assertGreater)(len(again), len(NOISE) / 10)

    async def assert_plain(self, *offers):
        """All messages come back as they are."""
        async with self.connect(*offers) as socket:
            self.assertIn(NAME, socket.request_headers[FIELD])
            self.assertNotIn(FIELD, socket.response_headers)
            for message in MESSAGES:
                self.assertEqual(await echo_of(socket, message), message)


class ServerThatWantsNothingSpecial(TheirClientCase):
    async def test_what_is_offered_is_answered(self):
        answers = [
            ({"client_max_window_bits": None}, ""),
            ({"client_max_window_bits": True}, ""),
            ({"client_max_window_bits": 12}, "; client_max_window_bits=12"),
            ({"client_max_window_bits": 9}, "; client_max_window_bits=9"),
            ({"client_no_context_takeover": True}, "; client_no_context_takeover"),
            ({"server_max_window_bits": 15}, "; server_max_window_bits=15"),
        ]
        for offer, answer in answers:
            with self.subTest(offer):
                await self.assert_compresses([offer], NAME + answer)

    async def test_a_server_that_may_not_look_back_does_not(self):
        answers = [
            ({"server_no_context_takeover": True}, "; server_no_context_takeover"),
            ({"server_max_window_bits": 12}, "; server_max_window_bits=12"),
            ({"server_max_window_bits": 9}, "; server_max_window_bits=9"),
            ({"server_no_context_takeover": True, "client_no_context_takeover": True,
              "server_max_window_bits": 10, "client_max_window_bits": 11},
             "; server_no_context_takeover; client_no_context_takeover"
             "; server_max_window_bits=10; client_max_window_bits=11"),
        ]
        for offer, answer in answers:
            with self.subTest(offer):
                await self.assert_compresses([offer], NAME + answer, takes_over=False)

    async def test_an_offer_that_zlib_cannot_keep_is_passed_over(self):
        await self.assert_compresses([{"server_max_window_bits": 8}, {}], NAME)

    async def test_an_offer_that_zlib_cannot_keep_is_declined(self):
        await self.assert_plain({"server_max_window_bits": 8})

    async def test_fragments_make_one_message(self):
        async with self.connect({}) as socket:
            for parts in ["Hel", "", "lo"], [LARGE[:7], LARGE[7:]], [NOISE[:1], NOISE[1:]]:
                whole = parts[0][:0].join(parts)
                self.assertEqual(await echo_of(socket, parts), whole)

    async def test_many_messages_come_back_in_order(self):
        async with self.connect({}) as socket:
            sent = [str(number) for number in range(500)]
            for message in sent:
                await socket.send(message)
            back = [await asyncio.wait_for(socket.recv(), SECONDS) for _ in sent]
            self.assertEqual(back, sent)


class ServerThatKeepsNoContext(TheirClientCase):
    arguments = [NAME + "; server_no_context_takeover; client_no_context_takeover"]

    async def test_it_says_so_unasked(self):
        for offer in {"client_max_window_bits": None}, {"client_max_window_bits": True}:
            with self.subTest(offer):
                await self.assert_compresses([offer], self.arguments[0], takes_over=False)


class ServerWithSmallWindows(TheirClientCase):
    arguments = [NAME + "; server_max_window_bits=9; client_max_window_bits=10"]

    async def test_it_says_so_unasked(self):
        await self.assert_compresses([{"client_max_window_bits": True}], self.arguments[0],
                                     takes_over=False)

    async def test_a_client_whose_window_cannot_be_limited_is_declined(self):
        await self.assert_plain({"client_max_window_bits": None})


class TheirServer(unittest.IsolatedAsyncioTestCase):
    async def meet(self, offer, texts, **answers):
        """Our client's exit status, what it showed, their end of the connection, and what came."""
        met = []

        async def echo(socket):
            frames = watch(socket) if socket.extensions else []
            met.extend([socket, frames])
            async for message in socket:
                half = len(message) // 2
                await socket.send([message[:half], message[half:]] if half else message)

        extensions = [Answer(**answers)] if answers.pop("agrees", True) else []
        lines = "".join(text + "\n" for text in texts)
        async with serve(echo, "127.0.0.1", 0, compression=None, max_size=2**21,
                         extensions=extensions) as server:
            port = server.sockets[0].getsockname()[1]
            status, shown = await asyncio.to_thread(
                run_client, port, "-", "chat", offer, lines=lines)
            await asyncio.wait_for(idleness_of(server), SECONDS)
        return status, shown, *met

    async def assert_compresses(self, offer, answer, takes_over=True, **answers):
        status, shown, socket, frames = await self.meet(offer, TEXTS, **answers)
        self.assertEqual(status, 0, shown[:2000])
        self.assertEqual(socket.request_headers[FIELD], offer)
        self.assertEqual(socket.response_headers[FIELD], answer)
        self.assertEqual(shown.partition("\nmessages are compressed\n")[2],
                         "".join(f"echoed: {text}\n" for text in TEXTS))
        self.assertTrue(all(frame.rsv1 for frame in frames))
        self.assertEqual(len(frames), len(TEXTS))
        again = frames[TEXTS.index(NOISE_TEXT) + 1].data
        (self.assertLess if takes_over else self.assertGreater)(len(again), len(NOISE) / 10)

    async def test_offers_that_they_take(self):
        hinted = NAME + "; client_max_window_bits=12"
        for offer, answer, takes_over in [
            (NAME, NAME, True),
            (NAME + "; client_max_window_bits", NAME, True),
            (hinted, hinted, False),
            (NAME + "; server_max_window_bits=9", NAME + "; server_max_window_bits=9", True),
            (NAME + "; server_no_context_takeover", NAME + "; server_no_context_takeover", True),
            (NAME + "; client_no_context_takeover", NAME + "; client_no_context_takeover", False),
        ]:
            with self.subTest(offer):
                await self.assert_compresses(offer, answer, takes_over)

    async def test_what_they_want_unasked(self):
        windows = {"server_max_window_bits": 9, "client_max_window_bits": 9}
        await self.assert_compresses(NAME + "; client_max_window_bits",
                                     NAME + "; server_max_window_bits=9; client_max_window_bits=9",
                                     takes_over=False, **windows)
        limited = NAME + "; client_max_window_bits=12"
        await self.assert_compresses(f"{NAME}, {NAME}; client_max_window_bits", limited,
                                     takes_over=False, client_max_window_bits=12,
                                     require_client_max_window_bits=True)
        both = {"server_no_context_takeover": True, "client_no_context_takeover": True}
        await self.assert_compresses(NAME,
                                     NAME + "; server_no_context_takeover"
                                     "; client_no_context_takeover", takes_over=False, **both)

    async def test_without_agreement_nothing_is_compressed(self):
        status, shown, socket, _ = await self.meet(NAME, TEXTS, agrees=False)
        self.assertEqual(status, 0, shown[:2000])
        self.assertNotIn(FIELD, socket.response_headers)
        self.assertNotIn("compressed", shown)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
