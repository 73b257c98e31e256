"""curl against our server with the parts of a Docker daemon.

MSG-70, MSG-73, MSG-79, CON-07, CON-09, UPG-19, UPG-35, UPG-44, DKR-06.
"""
import os
import re
import subprocess
import unittest

from peers import SECONDS, DaemonCase

UPGRADE = ["--header", "Connection: Upgrade", "--header", "Upgrade: tcp"]
EXPECT = ["--header", "Expect: 100-continue", "--expect100-timeout", str(2 * SECONDS)]
CHUNKED = ["--header", "Transfer-Encoding: chunked"]
CONTINUE = "< HTTP/1.1 100 Continue"
LARGE = bytes(range(256)) * 8192  # Two megabytes: curl expects a 100 by itself.


class Curl(DaemonCase):
    def curl(self, *arguments, content=b"", paths=("/echo",), connections=1):
        """What came back, and the lines of the conversation. curl's own remarks in it differ from
        one version to the next, so the connections are counted, and the octets that were sent.
        """
        urls = [f"http://127.0.0.1:{self.port}{path}" for path in paths]
        quiet = ["--disable", "--noproxy", "*", "--silent", "--show-error", "--verbose"]
        count = ["--write-out", "%{stderr}connections: %{num_connects}\nsent: %{size_upload}\n"]
        program = [os.environ["CURL"], *quiet, *count, "--max-time", str(SECONDS), *arguments, *urls]
        ended = subprocess.run(program, input=content, capture_output=True, timeout=2 * SECONDS)
        said = ended.stderr.decode("latin-1")
        self.assertEqual(ended.returncode, 0, said)
        opened = [int(number) for number in re.findall("^connections: (.*)", said, re.MULTILINE)]
        self.assertEqual((len(opened), sum(opened)), (len(paths), connections), said)
        return ended.stdout, said.splitlines()

    def post(self, content, *arguments, **more):
        return self.curl("--data-binary", "@-", *arguments, content=content, **more)

    def assert_said(self, lines, *wanted):
        """The conversation has these lines in this order."""
        left = iter(lines)
        for one in wanted:
            self.assertTrue(any(line.startswith(one) for line in left), (one, lines))

    def test_content_comes_back(self):
        for content in b"hello", b"", LARGE[:1000000]:
            with self.subTest(size=len(content)):
                back, said = self.post(content, "--header", "Expect:")
                self.assertEqual(back, content)
                self.assertNotIn(CONTINUE, said)

    def test_a_100_comes_before_the_content(self):
        for content, arguments in (b"hello", EXPECT), (LARGE, EXPECT[2:]):
            with self.subTest(size=len(content)):
                back, said = self.post(content, *arguments)
                self.assertEqual(back, content)
                self.assert_said(said, "> Expect: 100-continue", CONTINUE, "< HTTP/1.1 200 OK")

    def test_content_that_nobody_wants_is_not_sent(self):
        _, said = self.post(LARGE, *EXPECT, paths=["/nowhere"])
        self.assert_said(said, "> Expect: 100-continue", "< HTTP/1.1 404", "< Connection: close",
                         "sent: 0")
        self.assertNotIn(CONTINUE, said)

    def test_chunked_content_comes_back_chunked(self):
        for content in b"hello", b"", LARGE:
            with self.subTest(size=len(content)):
                back, said = self.curl("--upload-file", "-", "--request", "POST", *CHUNKED,
                                       content=content)
                self.assertEqual(back, content)
                self.assert_said(said, "> Transfer-Encoding: chunked", "< HTTP/1.1 200 OK",
                                 "< Transfer-Encoding: chunked")

    def test_content_that_waits_may_be_chunked(self):
        back, said = self.post(b"hello", *CHUNKED, *EXPECT)
        self.assertEqual(back, b"hello")
        self.assert_said(said, CONTINUE, "< HTTP/1.1 200 OK")

    def test_http_1_0_ends_with_its_answer(self):
        back, said = self.post(b"hello", "--http1.0", paths=["/echo", "/_ping"], connections=2)
        self.assertTrue(back.startswith(b"hello"), back)
        self.assert_said(said, "> POST /echo HTTP/1.0", "< Connection: close",
                         "> POST /_ping HTTP/1.0", "< Connection: close")

    def test_http_1_0_goes_on_if_it_asks_for_that(self):
        back, said = self.post(b"hello", "--http1.0", "--header", "Connection: keep-alive",
                               paths=["/echo", "/echo"])
        self.assertEqual(back, b"hellohello")
        self.assert_said(said, "< Connection: keep-alive", "< Connection: keep-alive")

    def test_one_connection_carries_what_was_declined(self):
        paths = ["/echo", "/nowhere", "/exec/x/start", "/echo"]
        foo = ["--header", "Connection: Upgrade", "--header", "Upgrade: foo"]
        for name, arguments in ("plain", []), ("another protocol", foo):
            with self.subTest(name):
                back, said = self.post(b"hello", *arguments, paths=paths)
                self.assertEqual(back, b'hello{"message":"page not found"}\nhello')
                self.assert_said(said, "< HTTP/1.1 200", "< HTTP/1.1 404", "< HTTP/1.1 426",
                                 "< Connection: Upgrade", "< Upgrade: tcp", "< HTTP/1.1 200")

    def test_an_offer_with_content_is_declined_where_there_is_nothing_to_switch_to(self):
        back, said = self.post(b"hello", *UPGRADE, paths=["/echo", "/echo"])
        self.assertEqual(back, b"hellohello")
        self.assert_said(said, "> Upgrade: tcp", "< HTTP/1.1 200", "< HTTP/1.1 200")

    def test_close_is_heard(self):
        _, said = self.post(b"hello", "--header", "Connection: close", paths=["/echo", "/_ping"],
                            connections=2)
        self.assert_said(said, "< Connection: close", "> POST /_ping")

    def test_head_has_no_content(self):
        back, said = self.curl("--head", paths=["/_ping", "/_ping"])
        self.assertEqual(back.count(b"Content-Length: 2\r\n"), 2)
        self.assert_said(said, "< HTTP/1.1 200", "< HTTP/1.1 200")


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
