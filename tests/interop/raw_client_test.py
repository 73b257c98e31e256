"""Our server against a client of raw octets, which may do everything that real ones must not.

MSG-05, MSG-09, MSG-11, MSG-12, MSG-13, MSG-17, MSG-27, MSG-28, MSG-32, MSG-42, MSG-44, MSG-46,
MSG-79, UPG-06, UPG-08, UPG-19, UPG-25, UPG-30, UPG-42, UPG-44, UPG-45, OPT-07, WS-40, WS-41,
WS-43, WS-44, WS-45, WS-47, WS-49, WS-52, WS-53, WS-54, WS-57, WS-58, WS-60, WS-62, WS-65, WS-68,
WS-69, WS-70, ENG-01.
"""
import time
import unittest

from peers import ACCEPT, CLOSE, HELLO, KEY, MASK, TEXT, ServerCase, frame, request

PAGE = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SWITCH = ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          f"Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n").encode()
TLS_CLIENT_HELLO = b"\x16\x03\x01\x00\xc5\x01"
LONG = "a" * 12000


class RawClientCase(ServerCase):
    def assert_switched(self, connection):
        """The 101 comes, with nothing before it, and the octets after it are frames."""
        self.assertEqual(connection.take(len(SWITCH)), SWITCH)

    def assert_echo(self, connection):
        self.assertEqual(connection.take_frame(), (TEXT, b"Hello", False))

    def assert_closed(self, connection):
        self.assertEqual(connection.take_rest(), b"")

    def assert_usable(self, connection):
        """The connection is good for another handshake."""
        connection.send(request() + HELLO)
        self.assert_switched(connection)
        self.assert_echo(connection)

    def assert_page(self, connection):
        head = connection.take_head()
        self.assertEqual((head.status, head["Connection"]), (200, None))
        self.assertEqual(head["Content-Type"], "text/html; charset=utf-8")
        page = connection.take(int(head["Content-Length"]))
        self.assertTrue(page.startswith(b"<!doctype html>") and page.endswith(b"</html>\n"))


class Switching(RawClientCase):
    def test_requests_that_differ_in_form_only_are_the_same(self):
        same = {
            "as in RFC 6455": request(),
            "a list of protocols": request({"Upgrade": "h2c, websocket"}),
            "protocols on two lines": request({"Upgrade": ["h2c", "websocket"]}),
            "empty list elements": request({"Upgrade": ", websocket,,"}),
            "another case": request({"Upgrade": "WebSocket", "Connection": "upgrade"}),
            "two options": request({"Connection": "keep-alive, Upgrade"}),
            "close beside upgrade": request({"Connection": "close, Upgrade"}),
            "options on several lines": request({"Connection": ["keep-alive", "x", "Upgrade"]}),
            "a later minor version": request(start="GET /echo HTTP/1.2"),
            "an absolute target": request(start="GET http://127.0.0.1/echo HTTP/1.1"),
            "a query": request(start="GET /echo?a=b HTTP/1.1"),
            "unknown fields": request({"X-Unknown": "yes", "Cookie": "a=b"}),
            "an empty line before": b"\r\n" + request(),
            "an origin of this site": request({"Origin": "http://127.0.0.1"}),
            "an unknown extension": request({"Sec-WebSocket-Extensions": "unknown; a=1"}),
            "an unknown subprotocol": request({"Sec-WebSocket-Protocol": "unknown"}),
        }
        for name, octets in same.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                self.assert_switched(connection)
                connection.send(HELLO)
                self.assert_echo(connection)

    def test_frames_behind_the_request_arrive_whole(self):
        with self.connect() as connection:
            connection.send(request() + HELLO + HELLO)
            self.assert_switched(connection)
            self.assert_echo(connection)
            self.assert_echo(connection)

    def test_what_comes_before_a_close_is_echoed_before_the_close(self):
        with self.connect() as connection:
            connection.send(request() + HELLO + frame(b"\x03\xe8", CLOSE, MASK))
            self.assert_switched(connection)
            self.assert_echo(connection)
            self.assertEqual(connection.take_frame(), (CLOSE, b"\x03\xe8", False))
            self.assert_closed(connection)

    def test_a_cut_at_any_octet_changes_nothing(self):
        octets = request() + HELLO
        for cut in range(1, len(octets)):
            with self.subTest(cut=cut), self.connect() as connection:
                connection.send(octets[:cut])
                time.sleep(0.002)
                connection.send(octets[cut:])
                self.assert_switched(connection)
                self.assert_echo(connection)

    def test_octets_that_come_one_by_one_change_nothing(self):
        with self.connect() as connection:
            for octet in request() + HELLO:
                connection.send(bytes([octet]))
                time.sleep(0.001)
            self.assert_switched(connection)
            self.assert_echo(connection)

    def test_nothing_is_answered_before_the_head_has_ended(self):
        with self.connect() as connection:
            connection.send(request()[:-1])
            self.assertTrue(connection.is_silent(0.2))
            connection.send(request()[-1:])
            self.assert_switched(connection)

    def test_expected_100_comes_before_the_101(self):
        with self.connect() as connection:
            connection.send(request({"Expect": "100-continue"}) + HELLO)
            self.assertEqual(connection.take_head().octets, b"HTTP/1.1 100 Continue\r\n\r\n")
            self.assert_switched(connection)
            self.assert_echo(connection)

    def test_the_page_and_then_the_switch_on_one_connection(self):
        with self.connect() as connection:
            connection.send(PAGE)
            self.assert_page(connection)
            connection.send(PAGE)
            self.assert_page(connection)
            self.assert_usable(connection)

    def test_requests_in_one_segment_are_answered_in_order(self):
        with self.connect() as connection:
            connection.send(PAGE + request({"Sec-WebSocket-Version": "8"}) + request() + HELLO)
            self.assert_page(connection)
            refusal = connection.take_head()
            self.assertEqual(refusal.status, 426)
            connection.take(int(refusal["Content-Length"]))
            self.assert_switched(connection)
            self.assert_echo(connection)


class Refusing(RawClientCase):
    def assert_refused(self, connection, status, **fields):
        """The content says what is wrong with what is refused by turnout itself."""
        head = connection.take_head()
        self.assertEqual(head.status, status)
        for name, value in fields.items():
            self.assertEqual(head[name.replace("_", "-")], value, name)
        size = int(head["Content-Length"])
        self.assertEqual(head["Content-Type"], "text/plain" if size else None)
        connection.take(size)

    def test_other_versions_are_told_which_one_is_spoken(self):
        versions = {"12": 426, "8": 426, "0": 426, "013": 400, "13, 8": 400, None: 400}
        for version, status in versions.items():
            with self.subTest(version), self.connect() as connection:
                connection.send(request({"Sec-WebSocket-Version": version}))
                required = {"Upgrade": "websocket", "Connection": "Upgrade"}
                self.assert_refused(connection, status, Sec_WebSocket_Version="13",
                                    **(required if status == 426 else {}))
                self.assert_usable(connection)

    def test_faults_of_an_offer_leave_the_connection_usable(self):
        faults = {
            "no key": (400, {"Sec-WebSocket-Key": None}),
            "a short key": (400, {"Sec-WebSocket-Key": "AAAA"}),
            "two keys": (400, {"Sec-WebSocket-Key": [KEY, KEY]}),
            "an empty subprotocol list": (400, {"Sec-WebSocket-Protocol": ""}),
            "a subprotocol twice": (400, {"Sec-WebSocket-Protocol": "echo, echo"}),
            "a malformed extension": (400, {"Sec-WebSocket-Extensions": "a;;b"}),
            "another site": (403, {"Origin": "http://elsewhere.example"}),
            "an origin that can't be named": (403, {"Origin": "null"}),
        }
        for name, (status, changes) in faults.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(request(changes))
                self.assert_refused(connection, status, Connection=None, Sec_WebSocket_Accept=None)
                self.assert_usable(connection)

    def test_the_echo_is_nowhere_else(self):
        with self.connect() as connection:
            connection.send(request(start="GET /nowhere HTTP/1.1"))
            self.assert_refused(connection, 404, Connection=None)
            self.assert_usable(connection)

    def test_faults_of_a_request_end_the_connection(self):
        chunked = request({"Transfer-Encoding": "chunked"}) + b"0\r\n\r\n"
        faults = {
            "another method": (405, request(start="POST /echo HTTP/1.1")),
            "content": (400, request({"Content-Length": "5"}) + b"hello"),
            "chunked content": (400, chunked),
            "two lengths": (400, request({"Content-Length": ["5", "6"]})),
            "no host": (400, request({"Host": None})),
            "two hosts": (400, request({"Host": ["a", "a"]})),
            "an empty host": (400, request({"Host": ""})),
            "HTTP/2": (505, request(start="GET /echo HTTP/2.0")),
            "HTTP/0.9": (400, b"GET /\r\n\r\n"),
            "another expectation": (417, request({"Expect": "the unexpected"})),
            "a bare LF": (400, request().replace(b"\r\n", b"\n")),
            "a folded line": (400, request({"X": "a\r\n b"})),
            "a space before the colon": (400, request({"X ": "a"})),
            "frames without a request": (400, HELLO),
            "TLS": (400, TLS_CLIENT_HELLO),
            "a long target": (414, request(start=f"GET /{LONG} HTTP/1.1")),
            "a long field line": (431, request({"X": LONG + LONG})),
            "a large head": (431, request({"X": [LONG] * 3})),
            "many field lines": (431, request({"X": ["a"] * 100})),
            "many options": (431, request({"Connection": "upgrade" + ", a" * 100})),
        }
        for name, (status, octets) in faults.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                allow = "GET" if status == 405 else None
                self.assert_refused(connection, status, Connection="close", Allow=allow)
                self.assert_closed(connection)

    def test_upgrade_that_must_be_ignored_is_no_offer(self):
        ignored = {
            "HTTP/1.0": request(start="GET /echo HTTP/1.0"),
            "not nominated": request({"Connection": "keep-alive"}),
            "no option at all": request({"Connection": None}),
            "another protocol": request({"Upgrade": "h2c"}),
            "another version of the protocol": request({"Upgrade": "websocket/13"}),
            "a malformed list": request({"Upgrade": "websocket, /"}),
        }
        for name, octets in ignored.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                head = connection.take_head()
                self.assertEqual((head.status, head["Connection"]), (404, "close"))
                connection.take(int(head["Content-Length"]))
                self.assert_closed(connection)

    def test_the_head_of_the_page_has_no_content_after_it(self):
        for path, status in ("/", 200), ("/nothing", 404):
            with self.subTest(path=path), self.connect() as connection:
                connection.send(b"HEAD %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % path.encode())
                self.assertEqual(connection.take_head().status, status)
                self.assertEqual(connection.take_rest(), b"")

    def test_the_page_may_end_the_connection(self):
        ends = {
            "HTTP/1.0": request(start="GET / HTTP/1.0"),
            "close": request({"Connection": "close"}, "GET / HTTP/1.1"),
            "content": request({"Upgrade": None, "Content-Length": "5"}, "GET / HTTP/1.1"),
        }
        for name, octets in ends.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                head = connection.take_head()
                self.assertEqual((head.status, head["Connection"]), (200, "close"))
                connection.take(int(head["Content-Length"]))
                self.assert_closed(connection)

    def test_there_are_no_tunnels(self):
        with self.connect() as connection:
            connection.send(request(start="CONNECT 127.0.0.1:1 HTTP/1.1") + HELLO)
            self.assert_refused(connection, 405, Connection="close", Allow="GET")
            self.assert_closed(connection)

    def test_a_head_that_ends_early_is_refused(self):
        for cut in range(0, len(request()), 20):
            with self.subTest(cut=cut), self.connect() as connection:
                connection.send(request()[:cut])
                connection.end()
                if cut > 0:
                    head = connection.take_head()
                    self.assertEqual((head.status, head["Connection"]), (400, "close"))
                    connection.take(int(head["Content-Length"]))
                self.assert_closed(connection)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
