"""http.client of Python against our server with the parts of a Docker daemon.

MSG-70, MSG-73, MSG-79, UPG-19, UPG-44, DKR-06, OPT-09.
"""
import http.client
import unittest

from peers import SECONDS, DaemonCase

OFFERS = [{}, {"Connection": "Upgrade", "Upgrade": "tcp"},
          {"Connection": "Upgrade", "Upgrade": "foo, websocket"}]
CONTENTS = [b"", b"hello", bytes(range(256)) * 4096]


class HttpClient(DaemonCase):
    def setUp(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        self.addCleanup(self.connection.close)

    def ask(self, method, target, content=None, headers={}, **options):
        """The answer and its content."""
        self.connection.request(method, target, content, headers, **options)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def used(self):
        """The connection that was used; it is opened again without a word if it was closed."""
        return self.connection.sock and self.connection.sock.getsockname()

    def test_declined_offers_leave_the_connection_as_it_was(self):
        self.ask("GET", "/_ping")
        first = self.used()
        for headers in OFFERS:
            for content in CONTENTS:
                with self.subTest(headers=headers, size=len(content)):
                    answer, back = self.ask("POST", "/echo", content, headers)
                    self.assertEqual((answer.status, back), (200, content))
                    self.assertEqual(answer.headers["Content-Length"], str(len(content)))
                    self.assertIsNone(answer.headers["Upgrade"])
                    self.assertEqual(self.used(), first)

    def test_chunked_content_in_both_directions(self):
        self.ask("GET", "/_ping")
        first = self.used()
        chunked = {"Transfer-Encoding": "chunked"}
        for headers in OFFERS:
            for content in CONTENTS:
                with self.subTest(headers=headers, size=len(content)):
                    pieces = [content[:3], content[3:]]
                    answer, back = self.ask("POST", "/echo", filter(None, pieces),
                                            {**chunked, **headers}, encode_chunked=True)
                    self.assertEqual((answer.status, back), (200, content))
                    self.assertEqual(answer.headers["Transfer-Encoding"], "chunked")
                    self.assertEqual(self.used(), first)

    def test_refusals_are_read_to_their_end_and_the_connection_goes_on(self):
        self.ask("GET", "/_ping")
        first = self.used()
        for content in CONTENTS:
            with self.subTest(size=len(content)):
                answer, back = self.ask("POST", "/nowhere", content, OFFERS[1])
                self.assertEqual((answer.status, back), (404, b'{"message":"page not found"}\n'))
                answer, back = self.ask("POST", "/exec/x/start", content, OFFERS[2])
                self.assertEqual((answer.status, back), (426, b""))
                self.assertEqual(answer.headers["Upgrade"], "tcp")
                answer, back = self.ask("HEAD", "/nowhere")
                self.assertEqual((answer.status, back), (404, b""))
                self.assertEqual(self.used(), first)

    def test_close_and_http_1_0_end_the_connection(self):
        for version, headers in (11, {"Connection": "close"}), (10, {}):
            with self.subTest(version):
                self.connection._http_vsn = version
                self.connection._http_vsn_str = f"HTTP/1.{version - 10}"
                answer, back = self.ask("POST", "/echo", b"hello", headers)
                self.assertEqual((back, answer.headers["Connection"]), (b"hello", "close"))
                self.assertIsNone(self.used())

    def test_http_1_0_may_ask_for_more(self):
        self.connection._http_vsn, self.connection._http_vsn_str = 10, "HTTP/1.0"
        self.ask("GET", "/_ping", headers={"Connection": "keep-alive"})
        first = self.used()
        answer, _ = self.ask("GET", "/_ping", headers={"Connection": "keep-alive"})
        self.assertEqual(answer.headers["Connection"], "keep-alive")
        self.assertEqual(self.used(), first)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
