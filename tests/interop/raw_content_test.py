"""Our server with the parts of a Docker daemon against a client of raw octets: content, many
requests on one connection, and the switch after them.

MSG-70, MSG-71, MSG-72, MSG-73, MSG-77, MSG-79, CON-07, CON-09, CON-10, UPG-19, UPG-27,
UPG-28, UPG-30, UPG-31, UPG-35, UPG-42, UPG-44, OPT-07, DKR-01, DKR-02, DKR-03, DKR-06, DKR-07,
DKR-09, ENG-01.
"""
import json
import time
import unittest

from peers import DaemonCase, write_head

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
SWITCH = ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
          "Content-Type: application/vnd.docker.{}-stream\r\n\r\n")
TWO_OUTPUTS, TERMINAL = SWITCH.format("multiplexed").encode(), SWITCH.format("raw").encode()
START = b'{"Detach":false,"Tty":false}'
OFFER = {"Connection": "Upgrade", "Upgrade": "tcp"}
PING = write_head("GET /_ping HTTP/1.1", {"Host": "a"})
ATTACH = write_head("POST /v1.49/containers/x/attach?stream=1 HTTP/1.1", {"Host": "a", **OFFER})


def post(content=b"", changes={}, target="/echo", version="HTTP/1.1"):
    """A POST whose content has a Content-Length."""
    fields = {"Host": "a", "Content-Length": str(len(content))}
    return write_head(f"POST {target} {version}", fields, changes) + content


def post_chunked(chunked, changes={}, target="/echo"):
    """A POST whose content is chunked already."""
    fields = {"Content-Length": None, "Transfer-Encoding": "chunked", **changes}
    return post(b"", fields, target) + chunked


def start_exec(content=START, changes={}):
    """A request to switch that has content."""
    return post(content, {**OFFER, **changes}, "/v1.49/exec/x/start")


class ContentCase(DaemonCase):
    def assert_answered(self, connection, status=200, content=None, **fields):
        """An answer comes whose content, if it matters, is this one."""
        head = connection.take_head()
        self.assertEqual(head.status, status)
        for name, value in {"Connection": None, **fields}.items():
            self.assertEqual(head[name], value, name)
        found = connection.take(int(head["Content-Length"]))
        self.assertIn(content, [None, found])

    def assert_chunked_answer(self, connection, chunked):
        head = connection.take_head()
        self.assertEqual((head.status, head["Transfer-Encoding"]), (200, "chunked"))
        self.assertEqual(connection.take(len(chunked)), chunked)

    def assert_attached(self, connection, switch=TWO_OUTPUTS):
        """The 101 comes, with nothing before it, and the container reads what is after it."""
        self.assertEqual(connection.take(len(switch)), switch)
        connection.send(b" and more")
        connection.end()

    def assert_usable(self, connection):
        connection.send(ATTACH + b"text")
        self.assert_attached(connection)
        self.assert_output(connection, b"TEXT AND MORE", 13)

    def assert_closed(self, connection):
        self.assertEqual(connection.take_rest(), b"")


class Switching(ContentCase):
    def test_content_comes_before_the_new_protocol(self):
        trailers = b"2\r\n{}\r\n0\r\nConnection: close\r\nUpgrade: foo\r\n\r\n"
        chunked = {"Content-Length": None, "Transfer-Encoding": "chunked"}
        same = {
            "no content": ATTACH,
            "a length": start_exec(),
            "a length of none": start_exec(b""),
            "chunked": start_exec(b"2;a=b\r\n{}\r\n00A\r\n          \r\n0\r\n\r\n", chunked),
            "trailers, which change nothing": start_exec(trailers, chunked),
        }
        for name, octets in same.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets + b"text")
                self.assert_attached(connection)
                self.assert_output(connection, b"TEXT AND MORE", 13)

    def test_a_cut_at_any_octet_changes_nothing(self):
        octets = start_exec(b"2\r\n{}\r\n0\r\nx: y\r\n\r\n", {"Content-Length": None,
                                                           "Transfer-Encoding": "chunked"})
        for cut in range(1, len(octets) + 4):
            with self.subTest(cut=cut), self.connect() as connection:
                connection.send((octets + b"text")[:cut])
                time.sleep(0.002)
                connection.send((octets + b"text")[cut:])
                self.assert_attached(connection)
                self.assert_output(connection, b"TEXT AND MORE", 13)

    def test_the_101_waits_for_the_last_octet_of_content(self):
        with self.connect() as connection:
            connection.send(start_exec()[:-1])
            self.assertTrue(connection.is_silent(0.2))
            connection.send(start_exec()[-1:] + b"text")
            self.assert_attached(connection)

    def test_content_that_waits_is_asked_for_before_the_101(self):
        expecting = start_exec(changes={"Expect": "100-continue"})
        head, content = expecting[:-len(START)], START
        with self.subTest("it waits"), self.connect() as connection:
            connection.send(head)
            self.assertEqual(connection.take(len(CONTINUE)), CONTINUE)
            self.assertTrue(connection.is_silent(0.1))
            connection.send(content + b"text")
            self.assert_attached(connection)
        with self.subTest("it did not wait"), self.connect() as connection:
            connection.send(head + content + b"text")
            self.assert_attached(connection, CONTINUE + TWO_OUTPUTS)
        with self.subTest("there is none"), self.connect() as connection:
            connection.send(start_exec(b"", {"Expect": "100-continue"}) + b"text")
            self.assert_attached(connection, CONTINUE + TWO_OUTPUTS)

    def test_a_terminal_has_no_frames(self):
        with self.connect() as connection:
            connection.send(start_exec(START.replace(b"false}", b"true}")) + b"text")
            self.assert_attached(connection, TERMINAL)
            self.assertEqual(connection.take_rest(), b"TEXT AND MORE13 octets\n")

    def test_output_goes_on_behind_the_end_of_the_input(self):
        with self.connect() as connection:
            connection.send(ATTACH)
            self.assertEqual(connection.take(len(TWO_OUTPUTS)), TWO_OUTPUTS)
            self.assertTrue(connection.is_silent(0.1))
            connection.end()
            self.assertEqual(connection.take_outputs(), {2: b"0 octets\n"})


class GoingOn(ContentCase):
    def test_requests_in_one_segment_are_answered_in_order(self):
        with self.connect() as connection:
            connection.send(post(b"one") + PING + post_chunked(b"3\r\ntwo\r\n0\r\n\r\n")
                            + post(b"three", OFFER) + post(b"four", {}, "/nowhere")
                            + start_exec(b"{}", {"Upgrade": "foo"}) + start_exec() + b"text")
            self.assert_answered(connection, content=b"one")
            self.assert_answered(connection, content=b"OK", Ostype="linux")
            self.assert_chunked_answer(connection, b"3\r\ntwo\r\n0\r\n\r\n")
            self.assert_answered(connection, content=b"three", Upgrade=None)
            self.assert_answered(connection, 404)
            self.assert_answered(connection, 426, b"", Connection="Upgrade", Upgrade="tcp")
            self.assert_attached(connection)
            self.assert_output(connection, b"TEXT AND MORE", 13)

    def test_what_must_be_ignored_is_no_offer(self):
        ignored = {
            "no Upgrade": {"Connection": None, "Upgrade": None},
            "not nominated": {"Connection": "keep-alive"},
            "another protocol": {"Upgrade": "foo, tcp/1"},
        }
        for name, changes in ignored.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(start_exec(changes=changes))
                self.assert_answered(connection, 426, b"", Connection="Upgrade", Upgrade="tcp")
                self.assert_usable(connection)

    def test_every_document(self):
        documents = [("GET", "/_ping", 200), ("GET", "/v1.49/containers/x/json", 200),
                     ("POST", "/containers/x/resize?h=1&w=1", 200),
                     ("POST", "/containers/x/wait", 200), ("POST", "/v1.49/containers/x/exec", 201),
                     ("POST", "/exec/x/resize", 201), ("GET", "/exec/x/json", 200),
                     ("GET", "/", 404), ("GET", "/v1.49", 404), ("GET", "/containers//json", 404),
                     ("GET", "/containers/x/json/", 404), ("DELETE", "/_ping", 404)]
        with self.connect() as connection:
            for method, target, status in documents:
                with self.subTest(target):
                    connection.send(write_head(f"{method} {target} HTTP/1.1", {"Host": "a"}))
                    self.assert_answered(connection, status)
            self.assert_usable(connection)

    def test_the_inspected_container_is_json(self):
        with self.connect() as connection:
            connection.send(write_head("GET /containers/x/json HTTP/1.1", {"Host": "a"}))
            size = int(connection.take_head()["Content-Length"])
            self.assertTrue(json.loads(connection.take(size))["State"]["Running"])

    def test_no_content_answers_head(self):
        with self.connect() as connection:
            for target, size in ("/_ping", "2"), ("/nowhere", "29"):
                connection.send(write_head(f"HEAD {target} HTTP/1.1", {"Host": "a"}))
                self.assertEqual(connection.take_head()["Content-Length"], size)
            self.assert_usable(connection)

    def test_content_is_asked_for_only_if_it_is_wanted(self):
        expect = {"Expect": "100-continue", "Content-Length": "5"}
        with self.subTest("wanted"), self.connect() as connection:
            connection.send(post(b"", expect))
            self.assertEqual(connection.take(len(CONTINUE)), CONTINUE)
            connection.send(b"hello")
            self.assert_answered(connection, content=b"hello")
            self.assert_usable(connection)
        refused = {
            "nothing is there": (404, post(b"", expect, "/nowhere")),
            "no offer": (426, post(b"", expect, "/exec/x/start")),
            "too much": (413, post(b"", {**expect, "Content-Length": "99999999"})),
        }
        for name, (status, octets) in refused.items():
            with self.subTest(name), self.connect() as connection:
                connection.send(octets)
                head = connection.take_head()
                self.assertEqual(head.status, status)
                self.assertIn("close", head["Connection"])
                connection.take(int(head["Content-Length"]))
                self.assert_closed(connection)

    def test_the_connection_goes_on_as_the_request_lets_it(self):
        cases = [("HTTP/1.1", {}, None), ("HTTP/1.1", {"Connection": "close"}, "close"),
                 ("HTTP/1.1", {"Connection": "keep-alive, close"}, "close"),
                 ("HTTP/1.0", {}, "close"), ("HTTP/1.0", {"Connection": "close"}, "close"),
                 ("HTTP/1.0", {"Connection": "keep-alive"}, "keep-alive")]
        for version, changes, option in cases:
            with self.subTest((version, changes)), self.connect() as connection:
                connection.send(post(b"one", changes, version=version) + post(b"two"))
                self.assert_answered(connection, content=b"one", Connection=option)
                if option == "close":
                    self.assert_closed(connection)
                else:
                    self.assert_answered(connection, content=b"two")

    def test_no_100_goes_to_http_1_0(self):
        with self.connect() as connection:
            connection.send(post(b"", {"Expect": "100-continue", "Content-Length": "5"},
                                 version="HTTP/1.0"))
            self.assertTrue(connection.is_silent(0.1))
            connection.send(b"hello")
            self.assert_answered(connection, content=b"hello", Connection="close")


class Refusing(ContentCase):
    def test_broken_content_ends_the_connection(self):
        for broken in b"0x5\r\n", b"5 \r\n", b"-1\r\n", b"\r\n", b"F" * 17 + b"\r\n", b"1\r\nab":
            with self.subTest(broken), self.connect() as connection:
                connection.send(post_chunked(broken, OFFER, "/exec/x/start") + PING)
                self.assert_answered(connection, 400, b"", Connection="close")
                self.assert_closed(connection)
            with self.subTest((broken, "after an answer")), self.connect() as connection:
                connection.send(post_chunked(broken, {}, "/nowhere") + PING)
                self.assert_answered(connection, 404)
                self.assert_closed(connection)

    def test_too_much_content(self):
        chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
        with self.connect() as connection:
            connection.send(post_chunked(chunk * 65))
            self.assert_answered(connection, 413, Connection="close")
            connection.end()
            self.assert_closed(connection)

    def test_content_that_ends_early(self):
        with self.connect() as connection:
            connection.send(post(b"hello")[:-1])
            connection.end()
            self.assert_answered(connection, 400, b"", Connection="close")
            self.assert_closed(connection)

    def test_there_are_no_tunnels(self):
        with self.connect() as connection:
            connection.send(write_head("CONNECT a:1 HTTP/1.1", {"Host": "a:1"}) + PING)
            self.assert_answered(connection, 405, Connection="close", Allow="GET, HEAD, POST")
            self.assert_closed(connection)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
