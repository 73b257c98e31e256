"""permessage-deflate between raw octets and our server, and our client and raw octets: what real
peers never send, and what compressed messages must not do.

PMD-01, PMD-06, PMD-07, PMD-14, PMD-15, PMD-19, PMD-20, PMD-21, PMD-31.
"""
import unittest
import zlib

from peers import (BINARY, CLOSE, HELLO, MASK, RSV1, TEXT, Client, ServerCase, accept_for, frame,
                   request, run_client, started, write_head)

FIELD = "Sec-WebSocket-Extensions"
NAME = "permessage-deflate"
COMPRESSED = TEXT | RSV1
TAIL = b"\x00\x00\xff\xff"
HELLO_DEFLATED = b"\xf2\x48\xcd\xc9\xc9\x07\x00"  # RFC 7692 section 7.2.3.1.
INVALID, TOO_BIG, PROTOCOL = b"\x03\xef", b"\x03\xf1", b"\x03\xea"  # 1007, 1009, 1002.


def deflated(content, level=6):
    stream = zlib.compressobj(level, wbits=-15)
    return (stream.compress(content) + stream.flush(zlib.Z_SYNC_FLUSH)).removesuffix(TAIL)


def inflated(content):
    return zlib.decompressobj(wbits=-15).decompress(content + TAIL)


def unfinished(octets):
    """The frame as one after which the message goes on."""
    return bytes([octets[0] & 0x7F]) + octets[1:]


class Server(ServerCase):
    def assert_answered(self, connection, offer, answer):
        connection.send(request({FIELD: offer}))
        head = connection.take_head()
        self.assertEqual((head.status, head[FIELD]), (101, answer))

    def switch(self):
        connection = self.connect()
        self.assert_answered(connection, NAME, NAME)
        return connection

    def assert_fails(self, octets, code):
        with self.switch() as connection:
            connection.send(octets)
            self.assertEqual(connection.take_frame(), (CLOSE, code, False))
            self.assertEqual(connection.take_rest(), b"")

    def assert_echo(self, connection):
        opcode, content, masked = connection.take_frame()
        self.assertEqual((opcode, inflated(content), masked), (COMPRESSED, b"Hello", False))

    def test_bad_offers_are_passed_over(self):
        bad = ["; foo", "; server_max_window_bits", "; server_max_window_bits=7",
               "; server_max_window_bits=016", "; client_no_context_takeover=1",
               "; server_no_context_takeover; server_no_context_takeover"]
        for parameters in bad:
            with self.subTest(parameters):
                with self.connect() as connection:
                    self.assert_answered(connection, NAME + parameters, None)
                    connection.send(HELLO)
                    self.assertEqual(connection.take_frame(), (TEXT, b"Hello", False))
                with self.connect() as connection:
                    self.assert_answered(connection, [NAME + parameters, NAME], NAME)

    def test_good_offers_are_answered(self):
        for parameters in "; server_no_context_takeover", "; server_max_window_bits=15":
            with self.subTest(parameters), self.connect() as connection:
                self.assert_answered(connection, NAME + parameters, NAME + parameters)

    def test_a_message_may_come_uncompressed(self):
        with self.switch() as connection:
            connection.send(HELLO + frame(HELLO_DEFLATED, COMPRESSED, MASK))
            self.assert_echo(connection)
            self.assertEqual(connection.take_frame()[0], COMPRESSED)

    def test_without_agreement_no_message_may_be_compressed(self):
        with self.connect() as connection:
            connection.send(request() + frame(HELLO_DEFLATED, COMPRESSED, MASK))
            connection.take_head()
            self.assertEqual(connection.take_frame(), (CLOSE, PROTOCOL, False))

    def test_forms_of_one_message(self):
        forms = {
            "a block": deflated(b"Hello"),
            "a block without compression": deflated(b"Hello", 0),
            "the examples of RFC 7692": HELLO_DEFLATED,
            "a block that says it is the last": b"\xf3\x48\xcd\xc9\xc9\x07\x00\x00",
            "two blocks": b"\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00",
        }
        for name, form in forms.items():
            with self.subTest(name), self.switch() as connection:
                connection.send(frame(form, COMPRESSED, MASK) * 2)
                self.assert_echo(connection)
                connection.take_frame()

    def test_fragments_may_be_cut_anywhere(self):
        for cut in range(len(HELLO_DEFLATED) + 1):
            with self.subTest(cut=cut), self.switch() as connection:
                connection.send(unfinished(frame(HELLO_DEFLATED[:cut], COMPRESSED, MASK)))
                connection.send(frame(HELLO_DEFLATED[cut:], 0, MASK))
                self.assert_echo(connection)

    def test_the_window_outlives_the_last_block(self):
        last = zlib.compressobj(wbits=-15)
        first = last.compress(b"Hello") + last.flush() + b"\x00"
        again = b"\xf2\x00\x11\x00\x00"  # The second example of RFC 7692 section 7.2.3.2.
        with self.switch() as connection:
            connection.send(frame(first, COMPRESSED, MASK) + frame(again, COMPRESSED, MASK))
            self.assert_echo(connection)
            _, content, _ = connection.take_frame()
            self.assertEqual(content, again)

    def test_messages_that_are_not_what_they_say(self):
        broken = {
            "no octet": b"",
            "no stream": b"\x06",
            "half of one": HELLO_DEFLATED[:-2],
            "a distance beyond the beginning": b"\xf2\x00\x11\x00\x00",
            "a last block without a block after it": HELLO_DEFLATED[:-1] + b"\x03\x00",
            "no UTF-8": deflated(b"Hell\xc3"),
            "a surrogate": deflated(b"\xed\xa0\x80"),
            "too long for its character": deflated(b"\xc0\x80"),
            "beyond the last character": deflated(b"\xf4\x90\x80\x80"),
        }
        for name, content in broken.items():
            with self.subTest(name):
                self.assert_fails(frame(content, COMPRESSED, MASK), INVALID)

    def test_few_octets_that_stand_for_very_many(self):
        bomb = deflated(bytes(2**24 + 1))
        sizes = bytes([0x80 | BINARY | RSV1, 0x80 | 126]) + len(bomb).to_bytes(2, "big")
        self.assertLess(len(bomb), 2**16)
        self.assert_fails(sizes + bytes(4) + bomb, TOO_BIG)

    def test_only_the_first_frame_of_a_message_says_that_it_is_compressed(self):
        first = unfinished(frame(HELLO_DEFLATED[:3], COMPRESSED, MASK))
        self.assert_fails(first + frame(HELLO_DEFLATED[3:], RSV1, MASK), PROTOCOL)
        self.assert_fails(frame(b"", 9 | RSV1, MASK), PROTOCOL)


class DeflatingClient(Client):
    def answer(self, extensions):
        accept = accept_for(self.request["Sec-WebSocket-Key"])
        fields = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Accept": accept}
        return write_head("HTTP/1.1 101 Switching Protocols", fields, {FIELD: extensions})


def client(offer):
    return started(DeflatingClient, "TURNOUT_CLIENT", "Hello", "chat", offer)


class OurClient(unittest.TestCase):
    def test_an_answer_that_fits(self):
        offer = NAME + "; server_max_window_bits=10; client_max_window_bits"
        for answer in ["; server_max_window_bits=9",
                       "; client_max_window_bits=9; server_max_window_bits=10"]:
            with self.subTest(answer), client(offer) as ours:
                self.assertEqual(ours.request[FIELD], offer)
                ours.connection.send(ours.answer(NAME + answer))
                opcode, content, masked = ours.connection.take_frame()
                self.assertEqual((opcode, inflated(content), masked), (COMPRESSED, b"Hello", True))
                ours.connection.send(frame(HELLO_DEFLATED, COMPRESSED))
                self.assertEqual(ours.connection.take_frame(), (CLOSE, b"\x03\xe8", True))
                ours.connection.send(frame(b"\x03\xe8", CLOSE))
                self.assertEqual(ours.end()[0], 0)

    def test_an_answer_that_does_not_fit(self):
        limited, forgets = "; server_max_window_bits=10", "; server_no_context_takeover"
        for asked, answer in [
            (limited, NAME),
            (limited, NAME + "; server_max_window_bits=11"),
            (forgets, NAME),
            ("", NAME + "; client_max_window_bits=10"),
            ("", NAME + "; foo"),
            ("", f"{NAME}, {NAME}"),
            ("; client_max_window_bits", NAME + "; client_max_window_bits=8"),
        ]:
            with self.subTest(answer), client(NAME + asked) as ours:
                ours.connection.send(ours.answer(answer) + frame(b"Hello"))
                self.assertEqual(ours.connection.take_rest(), b"")
                status, shown = ours.end()
                self.assertEqual(status, 1)
                self.assertRegex(shown, r"\nfailed at octet \d+: .*\(RFC 7692 section [\d.]+\)\n$")

    def test_a_message_that_is_not_what_it_says(self):
        with client(NAME) as ours:
            ours.connection.send(ours.answer(NAME) + frame(b"\x06", COMPRESSED))
            self.assertEqual(ours.connection.take_frame()[0], COMPRESSED)
            self.assertEqual(ours.connection.take_frame(), (CLOSE, INVALID, True))
            self.assertEqual(ours.end()[0], 1)

    def test_an_offer_that_there_is_not(self):
        for offer in "foo", NAME + "; foo", NAME + "; server_max_window_bits", NAME + ";":
            with self.subTest(offer):
                self.assertEqual(run_client(1, "Hello", "chat", offer)[0], 2)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
