"""Our client against a server of raw octets, which may do everything that real ones must not.

MSG-43, MSG-49, MSG-54, UPG-13, UPG-14, UPG-17, UPG-24, UPG-25, UPG-36, UPG-37, UPG-45, UPG-46,
WS-03, WS-05, WS-06, WS-07, WS-08, WS-13, WS-20, WS-21, WS-22, WS-23, WS-24, WS-26, WS-27, WS-30,
WS-31, WS-32, WS-36, ENG-01, ENG-05.
"""
import re
import time
import unittest

from peers import CLOSE, TEXT, Client, accept_for, frame, started, write_head

SWITCHING = "HTTP/1.1 101 Switching Protocols"


class WebSocketClient(Client):
    """Our client that waits for the switch to WebSocket."""

    def switch(self, changes={}, start=SWITCHING):
        """The 101 that it waits for."""
        accept = accept_for(self.request["Sec-WebSocket-Key"])
        fields = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Accept": accept}
        return write_head(start, fields, changes)


def client():
    return started(WebSocketClient, "TURNOUT_CLIENT", "Hello", "chat, echo")


class RawServerCase(unittest.TestCase):
    def assert_echoed(self, ours):
        """The client sends its text, has it back, and is content."""
        self.assertEqual(ours.connection.take_frame(), (TEXT, b"Hello", True))
        ours.connection.send(frame(b"Hello"))
        self.assert_content(ours)

    def assert_content(self, ours):
        """The client has its text back, and closes."""
        for taken in iter(ours.connection.take_frame, (CLOSE, b"\x03\xe8", True)):
            self.assertEqual(taken, (TEXT, b"Hello", True))
        ours.connection.send(frame(b"\x03\xe8", CLOSE))
        self.assertEqual(ours.connection.take_rest(), b"")
        status, shown = ours.end()
        self.assertEqual(status, 0, shown)
        self.assertIn("\nechoed: Hello\n", shown)

    def assert_gave_up(self, ours):
        """The client has sent not one octet after its request; returns what it showed."""
        self.assertEqual(ours.connection.take_rest(), b"")
        status, shown = ours.end()
        self.assertEqual(status, 1, shown)
        self.assertNotIn("echoed", shown)
        return shown

    def assert_failed(self, ours, why, section):
        said = rf"\nfailed at octet \d+: .*{re.escape(why)}.* \(RFC {re.escape(section)}\)\n$"
        self.assertRegex(self.assert_gave_up(ours), said)


class Switching(RawServerCase):
    def test_the_request(self):
        with client() as ours:
            request = ours.request
            self.assertEqual(request.start, "GET /echo HTTP/1.1")
            port = ours.connection.socket.getsockname()[1]
            self.assertEqual(request["Host"], f"127.0.0.1:{port}")
            self.assertEqual((request["Connection"], request["Upgrade"]), ("Upgrade", "websocket"))
            self.assertEqual(request["Sec-WebSocket-Version"], "13")
            self.assertEqual(request["Sec-WebSocket-Protocol"], "chat, echo")
            self.assertRegex(request["Sec-WebSocket-Key"], "^[A-Za-z0-9+/]{22}==$")
            self.assertEqual(len(request.fields), 6)

    def test_every_request_has_a_key_of_its_own(self):
        keys = set()
        for _ in range(5):
            with client() as ours:
                keys.add(ours.request["Sec-WebSocket-Key"])
        self.assertEqual(len(keys), 5)

    def test_answers_that_differ_in_form_only_are_the_same(self):
        same = {
            "as in RFC 6455": {},
            "a subprotocol": {"Sec-WebSocket-Protocol": "echo"},
            "another case": {"Connection": "upgrade", "Upgrade": "WebSocket"},
            "two options": {"Connection": "keep-alive, Upgrade"},
            "close beside upgrade": {"Connection": ["upgrade", "close"]},
            "options on two lines": {"Connection": ["keep-alive", "Upgrade"]},
            "a folded line": {"Upgrade": "\r\n websocket"},
            "lengths, which count for nothing": {"Content-Length": "5"},
            "unknown fields": {"X-Unknown": "yes", "Set-Cookie": ["a=b", "c=d"]},
        }
        for name, changes in same.items():
            with self.subTest(name), client() as ours:
                ours.connection.send(ours.switch(changes))
                self.assert_echoed(ours)

    def test_the_reason_phrase_counts_for_nothing(self):
        for start in "HTTP/1.1 101 ", "HTTP/1.1 101 UPGRADED", "HTTP/1.1 101 404 Not Found":
            with self.subTest(start), client() as ours:
                ours.connection.send(ours.switch(start=start))
                self.assert_echoed(ours)

    def test_frames_behind_the_101_arrive_whole(self):
        with client() as ours:
            ours.connection.send(ours.switch() + frame(b"Hello"))
            self.assert_content(ours)

    def test_the_text_is_sent_before_the_close(self):
        with client() as ours:
            ours.connection.send(ours.switch() + frame(b"Hello"))
            self.assertEqual(ours.connection.take_frame(), (TEXT, b"Hello", True))
            self.assert_content(ours)

    def test_interim_responses_may_come_before_the_101(self):
        wait, hints = "HTTP/1.1 100 Continue", "HTTP/1.1 103 Early Hints"
        befores = {
            "100": [write_head(wait)],
            "103": [write_head(hints, {"Link": "</style.css>; rel=preload"})],
            "103 and its fields": [write_head(hints, {"Upgrade": "h2c", "Connection": "close"})],
            "an unknown one": [write_head("HTTP/1.1 199 X", {"Content-Length": "5"})],
            "sixteen": [write_head(wait)] * 16,
        }
        for name, before in befores.items():
            with self.subTest(name), client() as ours:
                ours.connection.send(b"".join(before) + ours.switch() + frame(b"Hello"))
                self.assert_content(ours)
            with self.subTest(name + ", one by one"), client() as ours:
                for head in before:
                    ours.connection.send(head)
                    self.assertTrue(ours.connection.is_silent(0.01))
                ours.connection.send(ours.switch())
                self.assert_echoed(ours)

    def test_a_cut_at_any_octet_changes_nothing(self):
        with client() as ours:
            size = len(ours.switch() + frame(b"Hello"))
        for cut in range(1, size):
            with self.subTest(cut=cut), client() as ours:
                octets = ours.switch() + frame(b"Hello")
                ours.connection.send(octets[:cut])
                time.sleep(0.002)
                ours.connection.send(octets[cut:])
                self.assert_content(ours)

    def test_octets_that_come_one_by_one_change_nothing(self):
        with client() as ours:
            for octet in ours.switch():
                self.assertTrue(ours.connection.is_silent(0.001))
                ours.connection.send(bytes([octet]))
            self.assert_echoed(ours)

    def test_nothing_is_sent_before_the_101_has_ended(self):
        with client() as ours:
            ours.connection.send(ours.switch()[:-1])
            self.assertTrue(ours.connection.is_silent(0.2))
            ours.connection.send(ours.switch()[-1:])
            self.assert_echoed(ours)


class GivingUp(RawServerCase):
    def test_a_101_that_breaks_a_rule(self):
        accept, protocol = "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol"
        server, upgrade, connection = "6455 section 4.1", "9110 section 7.8", "9110 section 7.6.1"
        broken = [
            ({accept: accept_for("another key")}, "does not match the key that was sent", server),
            ({accept: ""}, "does not match the key that was sent", server),
            ({accept: None}, f"{accept} is missing", server),
            ({accept: ["A", "B"]}, f"more than one {accept} line", "6455 section 11.3.3"),
            ({"Upgrade": None}, "names no protocol", "9110 section 15.2.2"),
            ({"Upgrade": "h2c"}, "was not offered", upgrade),
            ({"Upgrade": "websocket/13"}, "was not offered", upgrade),
            ({"Upgrade": "websocket, h2c"}, "more than one protocol", upgrade),
            ({"Upgrade": ["websocket", "websocket"]}, "more than one protocol", upgrade),
            ({"Upgrade": "web socket"}, "Upgrade is malformed", upgrade),
            ({"Connection": None}, "does not list the option upgrade", connection),
            ({"Connection": "keep-alive"}, "does not list the option upgrade", connection),
            ({protocol: "zzz"}, "the subprotocol was not offered", server),
            ({protocol: "CHAT"}, "the subprotocol was not offered", server),
            ({protocol: "chat, echo"}, "more than one subprotocol", "6455 section 11.3.4"),
            ({protocol: ["chat", "chat"]}, "more than one subprotocol", "6455 section 11.3.4"),
            ({protocol: ""}, "is not a list of tokens", "6455 section 4.3"),
            ({"Sec-WebSocket-Extensions": "permessage-deflate"}, "the extension was not", server),
        ]
        for changes, why, section in broken:
            with self.subTest(changes), client() as ours:
                ours.connection.send(ours.switch(changes) + frame(b"Hello"))
                self.assert_failed(ours, why, section)

    def test_what_is_no_101_of_http_1_1(self):
        broken = [
            ("HTTP/1.0 101 Switching Protocols", "came with HTTP/1.0", "9110 section 15.2"),
            ("HTTP/2.0 101 Switching Protocols", "version of HTTP is not 1", "9110 section 15.6.6"),
            ("HTTP/1.1 1O1 Switching Protocols", "status line is not", "9112 section 4"),
            ("SSH-2.0-OpenSSH_9.2", "is not like HTTP/1.1", "9112 section 2.3"),
        ]
        for start, why, section in broken:
            with self.subTest(start), client() as ours:
                ours.connection.send(ours.switch(start=start) + frame(b"Hello"))
                self.assert_failed(ours, why, section)

    def test_fields_of_a_103_do_not_make_up_for_those_of_the_101(self):
        with client() as ours:
            hints = ours.switch(start="HTTP/1.1 103 Early Hints")
            ours.connection.send(hints + write_head(SWITCHING) + frame(b"Hello"))
            self.assert_failed(ours, "does not list the option upgrade", "9110 section 7.6.1")

    def test_interim_responses_without_end(self):
        with client() as ours:
            ours.connection.send(write_head("HTTP/1.1 100 Continue") * 17 + ours.switch())
            self.assert_failed(ours, "more interim responses than the limit", "9110 section 15.2")

    def test_a_connection_that_ends_in_the_head(self):
        for cut in 0, 1, 20, 60, -2, -1:
            with self.subTest(cut=cut), client() as ours:
                ours.connection.send(ours.switch()[:cut])
                ours.connection.end()
                self.assert_failed(ours, "ended within a message", "9112 section 8")

    def test_final_responses_are_shown_and_switch_nothing(self):
        declined = {
            "HTTP/1.1 200 OK": {},
            "HTTP/1.1 302 Found": {"Location": "http://127.0.0.1/elsewhere"},
            "HTTP/1.1 401 Unauthorized": {"WWW-Authenticate": "Basic realm=x"},
            "HTTP/1.1 426 Upgrade Required": {"Sec-WebSocket-Version": ["13", "8, 7"]},
            "HTTP/1.0 404 Not Found": {"Connection": None, "Upgrade": None},
            "HTTP/1.1 503 ": {"Content-Length": "0"},
        }
        for start, changes in declined.items():
            with self.subTest(start), client() as ours:
                head = ours.switch(changes, start)
                ours.connection.send(head + frame(b"Hello"))
                lines = head.decode().replace("\r\n", "\n").strip("\n").replace("\n", "\n< ")
                self.assertIn(f"\n< {lines}\n", self.assert_gave_up(ours))


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
