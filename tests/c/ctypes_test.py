"""The C interface, called by Python's ctypes: a server, a client, a relay, and another parser."""
import ctypes
import unittest
from ctypes import byref

import bound
from bound import (Buffer, Client, ClientTurn, Facts, Protocols, Relay, RelayTurn, Request, Server,
                   ServerTurn, Terms, Text, strings)

MORE, REQUEST, DECISION, _, CONTENT, RESPONSE, SWITCHED, CLOSE = range(8)
CLIENT_RESPONSE, CLIENT_CONTENT, CLIENT_DONE, CLIENT_SWITCHED, CLIENT_CLOSE = 3, 5, 6, 7, 8
RELAY_REQUEST, RELAY_CLOSE = 2, 6
NONCE = (ctypes.c_ubyte * 16)(*b"the sample nonce")
ASKS = (b"GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Protocol: chat, superchat\r\nOrigin: https://a\r\n\r\n")
ACCEPT = b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"


def code(error):
    return bytes(bound.error_name(error.code)).decode()


class Speaks:
    """A server's side."""

    def __init__(self, *tokens, capacity=16384):
        self.list = Protocols()
        bound.protocols_init(byref(self.list))
        bound.protocols_add_websocket(byref(self.list))
        self.tokens = tokens
        for token in tokens:
            assert bound.protocols_add(byref(self.list), token, 3, 1)
        self.server, self.turn = Server(), ServerTurn()
        bound.server_init(byref(self.server), byref(self.list), capacity)
        self.input, self.room = Buffer(), ctypes.create_string_buffer(1024)

    def advance(self, octets=b""):
        self.input.take(octets)
        bound.server_advance(byref(self.server), self.input.memory, self.input.size, self.room,
                             len(self.room), byref(self.turn))
        return self.turn.need

    def drop(self):
        self.input.drop(self.turn.used)

    def answer(self, terms=None):
        written = Text()
        error = bound.server_answer(byref(self.server), byref(self.turn), terms and byref(terms),
                                    self.room, len(self.room), byref(written))
        return code(error), bytes(written)

    def field(self, name):
        value = Text()
        return bytes(value) if bound.server_field(byref(self.turn), name, byref(value)) else None


class Asks:
    """A client's side."""

    def __init__(self, **request):
        self.request = Request(nonce=NONCE, **request)
        self.client, self.turn = Client(), ClientTurn()
        self.failed = code(bound.client_init(byref(self.client), byref(self.request), 16384))
        self.input, self.room = Buffer(), ctypes.create_string_buffer(1024)

    def advance(self, octets=b""):
        self.input.take(octets)
        bound.client_advance(byref(self.client), self.input.memory, self.input.size, self.room,
                             len(self.room), byref(self.turn))
        need, output = self.turn.need, bytes(self.turn.output)
        self.content, self.rest = bytes(self.turn.content), bytes(self.turn.rest)
        self.input.drop(self.turn.used)
        return need, output


class Words(unittest.TestCase):
    def test_codes_have_a_name_a_sentence_a_section_and_a_status(self):
        side = Speaks()
        self.assertEqual(side.advance(b"GET / HTTP/1.1\n"), CLOSE)
        why = side.turn.why.code
        self.assertEqual(bytes(bound.error_name(why)), b"bare_lf")
        self.assertIn(b"LF", bytes(bound.explain(why)))
        self.assertEqual(bytes(bound.section(why)), b"RFC 9112 section 2.2")
        self.assertEqual(bound.status(why), 400)
        self.assertEqual(side.turn.why.at, 14)

    def test_numbers_that_are_no_codes(self):
        for number in -1, 10000, 2**31 - 1, -2**31:
            self.assertEqual(bytes(bound.error_name(number)), b"none")
            self.assertEqual(bound.status(number), 0)


class Servers(unittest.TestCase):
    def test_a_websocket_with_its_first_octets(self):
        side = Speaks()
        self.assertEqual(side.advance(ASKS[:50]), MORE)
        self.assertEqual(side.advance(ASKS[50:] + b"\x81\x05hello"), DECISION)
        self.assertEqual(bytes(side.turn.protocol), b"websocket")
        self.assertEqual((bytes(side.turn.method), bytes(side.turn.target)), (b"GET", b"/chat"))
        self.assertEqual(side.field(b"sec-websocket-protocol"), b"chat, superchat")
        self.assertIsNone(side.field(b"Cookie"))
        names, count = strings(b"superchat")
        answered = side.answer(Terms(subprotocols=names, subprotocol_count=count))
        self.assertEqual(answered[0], "none")
        self.assertIn(ACCEPT, answered[1])
        self.assertIn(b"Sec-WebSocket-Protocol: superchat\r\n", answered[1])
        side.drop()
        self.assertEqual(side.advance(), SWITCHED)
        self.assertEqual(bytes(side.turn.protocol), b"websocket")
        self.assertEqual(bytes(side.turn.rest), b"\x81\x05hello")

    def test_an_origin_that_may_not(self):
        side = Speaks()
        self.assertEqual(side.advance(ASKS), DECISION)
        names, count = strings(b"https://b")
        answered = side.answer(Terms(origins=names, origin_count=count))
        self.assertTrue(answered[1].startswith(b"HTTP/1.1 403 "), answered)

    def test_compression(self):
        side = Speaks()
        offer = b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        self.assertEqual(side.advance(ASKS[:-2] + offer), DECISION)
        self.assertIn(b"permessage-deflate", side.answer(Terms(deflate=1))[1])

    def test_a_protocol_of_ones_own_and_a_list_that_is_full(self):
        side = Speaks(b"foo/2", b"bar")
        asks = ASKS.replace(b"websocket\r", b"bar, foo/2\r")
        self.assertEqual(side.advance(asks), DECISION)
        self.assertEqual(bytes(side.turn.protocol), b"bar")
        self.assertIn(b"Upgrade: bar\r\n", side.answer()[1])
        for _ in range(5):
            self.assertTrue(bound.protocols_add(byref(side.list), b"x", 1, 0))
        self.assertFalse(bound.protocols_add(byref(side.list), b"x", 1, 0))
        self.assertFalse(bound.protocols_add(byref(Speaks().list), b"no token", 1, 0))

    def test_an_ordinary_request_with_content_and_the_next_one(self):
        side = Speaks()
        self.assertEqual(side.advance(b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                                      b"GET /b HTTP/1.0\r\n\r\n"), REQUEST)
        side.drop()
        self.assertEqual(side.advance(), CONTENT)
        self.assertEqual(bytes(side.turn.content), b"hello")
        side.drop()
        self.assertEqual(side.advance(), RESPONSE)
        self.assertEqual(code(bound.server_responded(byref(side.server), 0)), "none")
        side.drop()
        self.assertEqual(side.advance(), REQUEST)
        self.assertEqual(bytes(bound.server_connection_line(byref(side.server))),
                         b"Connection: close\r\n")
        written = Text()
        error = bound.server_refuse(byref(side.server), 404, side.room, 1024, byref(written))
        self.assertEqual(code(error), "none")
        self.assertTrue(bytes(written).startswith(b"HTTP/1.1 404 Not Found\r\n"))
        for status in 200, 700, -1, 2**31 - 1, 65536 + 404:
            error = bound.server_refuse(byref(side.server), status, side.room, 1024, byref(written))
            self.assertNotEqual(code(error), "none")

    def test_calls_out_of_turn(self):
        side = Speaks()
        self.assertEqual(side.advance(), MORE)
        self.assertEqual(side.answer(), ("out_of_turn", b""))
        self.assertEqual(code(bound.server_responded(byref(side.server), 1)), "out_of_turn")

    def test_too_little_room_says_how_much_it_takes(self):
        side = Speaks()
        self.assertEqual(side.advance(ASKS), DECISION)
        side.room = ctypes.create_string_buffer(10)
        written = Text()
        error = bound.server_answer(byref(side.server), byref(side.turn), None, side.room, 10,
                                    byref(written))
        self.assertEqual(error.code, 1)
        side.room = ctypes.create_string_buffer(error.at)
        self.assertEqual(side.answer()[0], "none")

    def test_a_head_that_does_not_fit_the_buffer(self):
        side = Speaks(capacity=200)
        self.assertEqual(side.advance(ASKS), CLOSE)
        self.assertIn(b"431", bytes(side.turn.output))

    def test_a_client_that_is_late_or_gone(self):
        for late, status in (1, b"408"), (0, b"400"):
            side = Speaks()
            self.assertEqual(side.advance(b"GET /"), MORE)
            bound.server_end(byref(side.server), late, side.input.memory, side.input.size,
                             side.room, 1024, byref(side.turn))
            self.assertEqual(side.turn.need, CLOSE)
            self.assertTrue(bytes(side.turn.output).startswith(b"HTTP/1.1 " + status))


class Clients(unittest.TestCase):
    def test_joined_to_a_server(self):
        client = Asks(target=b"/chat", host=b"a", subprotocols=b"chat, superchat",
                      origin=b"https://a")
        server = Speaks()
        _, asked = client.advance()
        self.assertEqual(server.advance(asked), DECISION)
        names, count = strings(b"chat")
        _, answer = server.answer(Terms(subprotocols=names, subprotocol_count=count))
        need, _ = client.advance(answer + b"\x81\x02hi")
        self.assertEqual(need, CLIENT_SWITCHED)
        self.assertEqual(client.turn.status, 101)
        self.assertEqual(client.rest, b"\x81\x02hi")

    def test_a_refusal_with_its_content(self):
        client = Asks(host=b"a")
        client.advance()
        need, _ = client.advance(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
        self.assertEqual((need, client.turn.status), (CLIENT_RESPONSE, 403))
        self.assertEqual(client.advance()[0], CLIENT_CONTENT)
        self.assertEqual(client.content, b"no")
        self.assertEqual(client.advance()[0], CLIENT_DONE)

    def test_a_wrong_accept_value_is_no_switch(self):
        client = Asks(host=b"a")
        client.advance()
        need, _ = client.advance(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                                 b"Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n")
        self.assertEqual(need, CLIENT_CLOSE)
        self.assertEqual(code(client.turn.why), "wrong_websocket_accept")

    def test_subprotocols_that_are_no_list(self):
        self.assertNotEqual(Asks(host=b"a", subprotocols=b"a b").failed, "none")

    def test_a_host_that_is_none(self):
        client = Asks(host=b"a\r\nX: y")
        self.assertEqual(client.advance()[0], CLIENT_CLOSE)
        self.assertEqual(bytes(client.turn.output), b"")


class Relays(unittest.TestCase):
    def setUp(self):
        self.side = Speaks()
        self.relay, self.turn = Relay(), RelayTurn()
        bound.relay_init(byref(self.relay), byref(self.side.list), b"p", 16384)
        self.room = ctypes.create_string_buffer(32768)
        self.inputs = [Buffer(), Buffer()]

    def advance(self, side, octets=b""):
        came = self.inputs[side]
        came.take(octets)
        bound.relay_advance(byref(self.relay), side, came.memory, came.size, self.room,
                            len(self.room), byref(self.turn))
        return self.turn.need

    def test_a_websocket_passes_and_early_octets_wait(self):
        self.assertEqual(self.advance(0, ASKS + b"early"), RELAY_REQUEST)
        self.assertEqual(bytes(self.turn.target), b"/chat")
        written = Text()
        error = bound.relay_forward(byref(self.relay), byref(self.turn), self.room,
                                    len(self.room), byref(written))
        self.assertEqual(code(error), "none")
        asked = bytes(written)
        self.assertIn(b"Via: 1.1 p\r\n", asked)
        self.assertNotIn(b"early", asked)
        self.inputs[0].drop(self.turn.used)
        self.assertEqual(self.side.advance(asked), DECISION)
        _, answer = self.side.answer()
        self.advance(1, answer)
        self.assertIn(ACCEPT, b"".join(map(bytes, self.turn.to_client)))
        self.assertEqual(bytes(self.turn.protocol), b"websocket")
        self.inputs[1].drop(self.turn.used)
        self.advance(0)
        self.assertEqual(b"".join(map(bytes, self.turn.to_server)), b"early")

    def test_no_server(self):
        self.assertEqual(self.advance(0, ASKS), RELAY_REQUEST)
        written = Text()
        error = bound.relay_refuse(byref(self.relay), 502, self.room, len(self.room), byref(written))
        self.assertEqual(code(error), "none")
        self.assertTrue(bytes(written).startswith(b"HTTP/1.1 502 "))

    def test_a_client_that_is_late(self):
        self.advance(0, b"GET")
        bound.relay_end(byref(self.relay), 0, 1, self.inputs[0].memory, 3, self.room,
                        len(self.room), byref(self.turn))
        self.assertEqual(self.turn.need, RELAY_CLOSE)
        self.assertIn(b"408", b"".join(map(bytes, self.turn.to_client)))


class OtherParsers(unittest.TestCase):
    def open_websocket(self, fields, method=b"GET", minor_version=1):
        facts, written, room = Facts(), Text(), ctypes.create_string_buffer(512)
        bound.facts_init(byref(facts), method, len(method), minor_version)
        for name, value in fields:
            bound.facts_see(byref(facts), name, len(name), value, len(value))
        error = bound.facts_open_websocket(byref(facts), None, room, len(room), byref(written))
        return code(error), bytes(written)

    fields = [tuple(line.split(b": ")) for line in ASKS.split(b"\r\n")[1:-2]]

    def test_a_websocket(self):
        failed, written = self.open_websocket(self.fields)
        self.assertEqual(failed, "none")
        self.assertIn(ACCEPT, written)

    def test_what_is_none(self):
        for fields, method, version, why in [
                (self.fields[:1], b"GET", 1, "no_upgrade"),
                (self.fields, b"POST", 1, "method_not_allowed"),
                (self.fields, b"GET", 0, "upgrade_in_http_1_0"),
                (self.fields[1:], b"GET", 1, "missing_host"),
                ([one for one in self.fields if one[0] != b"Sec-WebSocket-Key"], b"GET", 1,
                 "missing_websocket_key")]:
            self.assertEqual(self.open_websocket(fields, method, version), (why, b""))


if __name__ == "__main__":
    unittest.main()
