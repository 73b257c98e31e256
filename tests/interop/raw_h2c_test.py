"""Our server and client that speak HTTP/2 against raw octets: what comes first, on which stream.

H2C-02, H2C-03, H2C-04, H2C-05, H2C-06, H2C-09, H2C-10, H2C-11, H2C-12, H2C-14, H2C-16, H2C-17.
"""
import base64
import unittest

from peers import Client, ServerCase, started, write_head

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7  # RFC 9113 section 6.
END_STREAM, ACK, END_HEADERS = 1, 1, 4
STATUS_200 = b"\x88"  # A field of HPACK's static table.
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
UPGRADED = b"This page came over HTTP/2, by upgrade from HTTP/1.1.\n"
HELLO = b"5 octets came with the request; they end with: hello\n"


def frame(kind, flags=0, stream=0, payload=b""):
    size = len(payload).to_bytes(3, "big")
    return size + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


LIMITED = SETTINGS, 0, 0, b"\0\3\0\0\0\x64"  # A server's, with at most 100 streams at a time.
BEGIN = PREFACE + frame(SETTINGS)  # What a client sends first.


def take_frame(connection):
    """The type of a frame, its flags, its stream and its payload."""
    head = connection.take(9)
    payload = connection.take(int.from_bytes(head[:3], "big"))
    return head[3], head[4], int.from_bytes(head[5:], "big"), payload


def take_kind(connection, kind):
    """The next frame of a type; others before it are let go."""
    while True:
        found = take_frame(connection)
        if found[0] == kind:
            return found


def request(changes={}, start="GET / HTTP/1.1"):
    """A request to switch to h2c."""
    fields = {"Host": "127.0.0.1", "Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c",
              "HTTP2-Settings": "AAMAAABkAAQAAP__"}
    return write_head(start, fields, changes)


def settings(*pairs):
    payload = b"".join(id.to_bytes(2, "big") + value.to_bytes(4, "big") for id, value in pairs)
    return base64.urlsafe_b64encode(payload).decode()


class Server(ServerCase):
    server = "TURNOUT_H2C_SERVER"

    def assert_answered(self, connection, content):
        """After the 101, the server's SETTINGS come first, and then the answer on stream 1."""
        self.assertEqual(connection.take(len(SWITCH)), SWITCH)
        self.assertEqual(take_frame(connection), LIMITED)
        self.assertEqual(take_kind(connection, HEADERS)[1:3], (END_HEADERS, 1))
        self.assertEqual(take_kind(connection, DATA), (DATA, END_STREAM, 1, content))

    def assert_goes_on(self, connection):
        """The server acknowledges the client's SETTINGS, and answers a PING."""
        self.assertEqual(take_kind(connection, SETTINGS), (SETTINGS, ACK, 0, b""))
        connection.send(frame(PING, payload=b"12345678"))
        self.assertEqual(take_kind(connection, PING), (PING, ACK, 0, b"12345678"))

    def assert_known(self, connection):
        """The server speaks HTTP/2, and nothing before it."""
        self.assertEqual(take_frame(connection), LIMITED)
        self.assert_goes_on(connection)

    def test_the_answer_waits_for_nothing(self):
        with self.connect() as connection:
            connection.send(request())
            self.assert_answered(connection, UPGRADED)
            connection.send(BEGIN)
            self.assert_goes_on(connection)

    def test_the_server_goes_on_where_the_request_ended(self):
        chunked = request({"Transfer-Encoding": "chunked"}, "POST / HTTP/1.1")
        requests = {
            "no content": (request(), b""),
            "content": (request({"Content-Length": "5"}, "POST / HTTP/1.1") + b"hello", HELLO),
            "chunked content": (chunked + b"5\r\nhello\r\n0\r\n\r\n", HELLO),
        }
        for name, (octets, content) in requests.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets + BEGIN)
                self.assert_answered(connection, UPGRADED + content)
                self.assert_goes_on(connection)

    def test_no_101_before_the_last_octet_of_content(self):
        with self.connect() as connection:
            connection.send(request({"Content-Length": "5"}, "POST / HTTP/1.1") + b"hell")
            self.assertTrue(connection.is_silent(0.1))
            connection.send(b"o")
            self.assert_answered(connection, UPGRADED + HELLO)

    def test_content_that_waits_gets_its_100(self):
        with self.connect() as connection:
            expecting = {"Content-Length": "5", "Expect": "100-continue"}
            connection.send(request(expecting, "POST / HTTP/1.1"))
            self.assertEqual(connection.take(len(CONTINUE)), CONTINUE)
            self.assertTrue(connection.is_silent(0.1))
            connection.send(b"hello")
            self.assert_answered(connection, UPGRADED + HELLO)

    def test_options_may_come_first(self):
        with self.connect() as connection:
            connection.send(request(start="OPTIONS * HTTP/1.1"))
            self.assertEqual(connection.take(len(SWITCH)), SWITCH)
            self.assertEqual(take_frame(connection), LIMITED)
            found = take_kind(connection, HEADERS)
            self.assertEqual(found[1:3], (END_STREAM | END_HEADERS, 1))

    def test_without_usable_settings_the_answer_is_an_ordinary_one(self):
        cases = {
            "no settings": {"HTTP2-Settings": None},
            "no octets": {"HTTP2-Settings": ""},
            "two lines": {"HTTP2-Settings": ["AAMAAABk", "AAMAAABk"]},
            "not nominated": {"Connection": "Upgrade"},
            "another alphabet": {"HTTP2-Settings": "AAR/////"},
            "padding": {"HTTP2-Settings": "AAMAAABk="},
            "half a setting": {"HTTP2-Settings": "AAMAAAA"},
            "a push that is neither on nor off": {"HTTP2-Settings": settings((2, 2))},
            "a window too large": {"HTTP2-Settings": settings((4, 1 << 31))},
            "what RFC 8441 does not allow": {"HTTP2-Settings": settings((8, 2))},
            "more than there is room for": {"HTTP2-Settings": settings(*[(3, 1)] * 33)},
            "another protocol": {"Upgrade": "h2"},
        }
        for name, changes in cases.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(request(changes) + request())
                head = connection.take_head()
                self.assertEqual((head.status, head["Connection"]), (200, None))
                content = connection.take(int(head["content-length"]))
                self.assertEqual(content, b"This page came over HTTP/1.1.\n")
                self.assert_answered(connection, UPGRADED)

    def test_what_is_not_the_preface_ends_the_connection(self):
        with self.connect() as connection:
            connection.send(request() + b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assert_answered(connection, UPGRADED)
            self.assertNotIn(b"HTTP/1.1", connection.take_rest())

    def test_prior_knowledge(self):
        with self.connect() as connection:
            connection.send(BEGIN)
            self.assert_known(connection)

    def test_prior_knowledge_in_single_octets(self):
        with self.connect() as connection:
            for octet in BEGIN:
                connection.send(bytes([octet]))
            self.assert_known(connection)

    def test_only_the_whole_preface_at_the_beginning_is_one(self):
        before = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        for name, octets in ("cut", PREFACE[:18] + b"XX"), ("late", before + BEGIN):
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                if name == "late":
                    head = connection.take_head()
                    connection.take(int(head["content-length"]))
                head = connection.take_head()
                self.assertEqual((head.status, head["Connection"]), (400, "close"))
                self.assertEqual(connection.take_rest(), b"")

    def test_a_client_may_be_gone_at_any_time(self):
        octets = request() + BEGIN
        for cut in 3, len(request()) - 1, len(request()), len(octets) - 4, len(octets):
            with self.subTest(cut=cut), self.connect() as connection:
                connection.send(octets[:cut])
                connection.end()
                connection.take_rest()


def client(*arguments):
    return started(Client, "TURNOUT_H2C_CLIENT", *arguments)


def page(stream, text):
    return frame(HEADERS, END_HEADERS, stream, STATUS_200) + frame(DATA, END_STREAM, stream, text)


class OurClient(unittest.TestCase):
    def assert_begins(self, connection, request):
        """The preface is first, and then the settings that the request has told already."""
        self.assertEqual(connection.take(len(PREFACE)), PREFACE)
        told = base64.urlsafe_b64decode(request["HTTP2-Settings"])
        self.assertEqual(take_frame(connection), (SETTINGS, 0, 0, told))

    def assert_gives_up(self, ours, shown):
        status, said = ours.end()
        self.assertEqual(status, 1, said)
        self.assertIn(shown, said)

    def test_the_request(self):
        with client() as ours:
            self.assertEqual(ours.request.start, "GET / HTTP/1.1")
            self.assertEqual(ours.request.fields["Connection"], ["Upgrade, HTTP2-Settings"])
            self.assertEqual(ours.request.fields["Upgrade"], ["h2c"])
            self.assertEqual(ours.request.fields["HTTP2-Settings"], [settings((2, 0), (3, 100))])

    def test_the_preface_follows_the_101_and_not_earlier(self):
        with client() as ours:
            self.assertTrue(ours.connection.is_silent(0.1))
            ours.connection.send(SWITCH[:-1])
            self.assertTrue(ours.connection.is_silent(0.1))
            ours.connection.send(SWITCH[-1:])
            self.assert_begins(ours.connection, ours.request)

    def test_the_answer_is_on_stream_1_and_the_next_request_on_stream_3(self):
        for name in "at once", "in single octets":
            with self.subTest(name), client() as ours:
                octets = SWITCH + frame(SETTINGS) + page(1, b"one\n")
                size = len(octets) if name == "at once" else 1
                for at in range(0, len(octets), size):
                    ours.connection.send(octets[at:at + size])
                self.assert_begins(ours.connection, ours.request)
                asked = take_kind(ours.connection, HEADERS)
                self.assertEqual(asked[1:3], (END_STREAM | END_HEADERS, 3))
                ours.connection.send(page(3, b"two\n"))
                take_kind(ours.connection, GOAWAY)
                status, said = ours.end()
                self.assertEqual(status, 0, said)
                self.assertTrue(said.endswith("stream 1: status 200\none\n"
                                              "stream 3: status 200\ntwo\n"), said)

    def test_the_content_comes_before_the_preface(self):
        with client("/", "hello") as ours:
            self.assertEqual(ours.request.start, "POST / HTTP/1.1")
            self.assertEqual(ours.request["Content-Length"], "5")
            ours.connection.send(SWITCH)
            self.assertEqual(ours.connection.take(5), b"hello")
            self.assert_begins(ours.connection, ours.request)

    def test_a_server_without_h2c_answers_in_http_1_1(self):
        with client() as ours:
            ours.connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nold\n")
            self.assert_gives_up(ours, "old\ndeclined: the page came over HTTP/1.1\n")
            self.assertEqual(ours.connection.take_rest(), b"")

    def test_another_switch_is_none(self):
        for other in b"h2", b"h2c/2", b"h2c, websocket", b"websocket":
            with self.subTest(other), client() as ours:
                ours.connection.send(SWITCH.replace(b"h2c", other))
                self.assert_gives_up(ours, "failed at octet ")
                self.assertEqual(ours.connection.take_rest(), b"")

    def test_it_does_not_wait_for_an_answer_that_will_not_come(self):
        ends = {
            "a reset": frame(RST_STREAM, 0, 1, bytes([0, 0, 0, 2])),
            "the end of the connection": frame(GOAWAY, payload=bytes(8)),
            "no frame": b"HTTP/1.1 200 OK\r\n\r\n",
        }
        for name, octets in ends.items():
            with self.subTest(name), client() as ours:
                ours.connection.send(SWITCH + frame(SETTINGS) + octets)
                self.assert_gives_up(ours, "< Upgrade: h2c\n")


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
