"""curl and nghttp against our server that speaks HTTP/2, and our client against nghttpx.

H2C-02, H2C-09, H2C-10, H2C-11, H2C-12, H2C-14, H2C-16, H2C-17.
"""
import os
import socket
import subprocess
import tempfile
import time
import unittest

from peers import SECONDS, ServerCase, stop

UPGRADED = "This page came over HTTP/2, by upgrade from HTTP/1.1.\n"
KNOWN = "This page came over HTTP/2.\n"
OLD = "This page came over HTTP/1.1.\n"
TEXTS = ["hello", "".join(map(str, range(80000)))]


def with_content(page, text):
    return f"{page}{len(text)} octets came with the request; they end with: {text[-32:]}\n"


def run(program, *arguments, content=""):
    """What a program wrote to its two outputs; it has to succeed."""
    ended = subprocess.run([program, *arguments], input=content, capture_output=True, text=True,
                           timeout=2 * SECONDS)
    if ended.returncode != 0:
        raise AssertionError(ended)
    return ended.stdout, ended.stderr


class H2cCase(ServerCase):
    server = "TURNOUT_H2C_SERVER"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def assert_logged(self, *wanted):
        """The server has shown these lines in this order since the test began."""
        end = time.monotonic() + SECONDS
        while True:
            left = iter(self.log)
            if all(f"{line}\n" in left for line in wanted):
                return
            self.assertLess(time.monotonic(), end, (wanted, self.log))
            time.sleep(0.01)  # The log comes on its own way.

    def setUp(self):
        self.log.clear()


class Curl(H2cCase):
    def curl(self, *arguments, content="", urls=1):
        """The pages, each with the version and the status that curl saw, and what it said."""
        quiet = ["--disable", "--noproxy", "*", "--silent", "--show-error", "--verbose"]
        told = ["--max-time", str(SECONDS), "--write-out", "%{http_version} %{response_code}\n"
                "%{stderr}connections: %{num_connects}\n"]
        return run(os.environ["CURL"], *quiet, *told, *arguments, *[self.url] * urls,
                   content=content)

    def test_the_page_by_upgrade(self):
        page, said = self.curl("--http2")
        self.assertEqual(page, UPGRADED + "2 200\n")
        for line in "> Upgrade: h2c", "< HTTP/1.1 101 Switching Protocols", "< HTTP/2 200":
            self.assertIn(line, said)
        self.assert_logged("> GET / HTTP/1.1", "< HTTP/1.1 101 Switching Protocols",
                           "  stream 1: GET /")

    def test_further_requests_are_streams(self):
        pages, _ = self.curl("--http2", urls=3)
        self.assertEqual(pages, UPGRADED + "2 200\n" + 2 * (KNOWN + "2 200\n"))
        self.assert_logged("  stream 1: GET /", "  stream 3: GET /", "  stream 5: GET /")

    def test_content_comes_before_the_switch(self):
        ways = [], ["--header", "Transfer-Encoding: chunked"], ["--header", "Expect: 100-continue"]
        for text in TEXTS:
            for way in ways:
                with self.subTest(way, size=len(text)):
                    page, _ = self.curl("--http2", "--data-binary", "@-", *way, content=text)
                    self.assertEqual(page, with_content(UPGRADED, text) + "2 200\n")

    def test_too_much_content(self):
        page, _ = self.curl("--http2", "--data-binary", "@-", content="x" * 1100000)
        self.assertEqual(page, "That is too much content.\n2 413\n")

    def test_head_has_no_content(self):
        page, _ = self.curl("--http2", "--head")
        self.assertIn(f"\ncontent-length: {len(UPGRADED)}\n", page.replace("\r", ""))
        self.assertTrue(page.endswith("\n2 200\n"), page)

    def test_prior_knowledge(self):
        for content in [], ["--data", "hello"]:
            with self.subTest(content):
                page, said = self.curl("--http2-prior-knowledge", *content)
                wanted = with_content(KNOWN, "hello") if content else KNOWN
                self.assertEqual(page, wanted + "2 200\n")
                self.assertNotIn("HTTP/1.1", said)

    def test_who_does_not_ask_stays_with_http_1_1(self):
        for content in [], ["--data", "hello"]:
            with self.subTest(content):
                pages, said = self.curl("--http1.1", *content, urls=2)
                wanted = with_content(OLD, "hello") if content else OLD
                self.assertEqual(pages, 2 * (wanted + "1.1 200\n"))
                self.assertIn("\nconnections: 0\n", said)


class Nghttp(H2cCase):
    def nghttp(self, *arguments):
        page, _ = run(os.environ["NGHTTP"], f"--timeout={SECONDS}s", *arguments, self.url)
        return page

    def test_the_page_by_upgrade(self):
        self.assertEqual(self.nghttp("--upgrade"), UPGRADED)
        self.assert_logged("> GET / HTTP/1.1", "  stream 1: GET /")

    def test_prior_knowledge(self):
        self.assertEqual(self.nghttp(), KNOWN)

    def test_options_comes_first_where_there_is_content(self):
        for text in TEXTS:
            with self.subTest(size=len(text)), tempfile.NamedTemporaryFile("w") as file:
                file.write(text)
                file.flush()
                page = self.nghttp("--upgrade", f"--data={file.name}")
                self.assertEqual(page, with_content(KNOWN, text))
                self.assert_logged("> OPTIONS * HTTP/1.1", "  stream 1: OPTIONS *")


class Nghttpx(H2cCase):
    """nghttpx upgrades its clients, and asks our server for the pages in HTTP/1.1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with socket.create_server(("127.0.0.1", 0)) as unused:
            cls.front = unused.getsockname()[1]
        program = [os.environ["NGHTTPX"], "--conf=/dev/null", "--workers=1", "--single-process",
                   f"--frontend=127.0.0.1,{cls.front};no-tls", f"--backend=127.0.0.1,{cls.port}"]
        cls.proxy = subprocess.Popen(program, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(stop, cls.proxy)
        end = time.monotonic() + SECONDS
        while not cls.listens() and time.monotonic() < end:
            time.sleep(0.05)

    @classmethod
    def listens(cls):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", cls.front)) == 0

    def ask(self, *arguments):
        shown, _ = run(os.environ["TURNOUT_H2C_CLIENT"], str(self.front), *arguments)
        self.assertIn("\n< HTTP/1.1 101 Switching Protocols\n", shown)
        return shown[shown.index("stream 1:"):]

    def test_the_page_by_upgrade_and_once_more(self):
        wanted = f"stream 1: status 200\n{OLD}stream 3: status 200\n{OLD}"
        self.assertEqual(self.ask(), wanted)

    def takes_content(self):
        """False if nghttpx refuses any offer with content: version 1.52 takes it, 1.64 does not."""
        with socket.create_connection(("127.0.0.1", self.front), SECONDS) as raw:
            raw.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 1\r\n\r\nx")
            return raw.recv(12) != b"HTTP/1.1 400"

    def test_content_comes_before_the_switch(self):
        if not self.takes_content():
            self.skipTest("this nghttpx refuses offers with content")
        for text in "hello", TEXTS[1][:100000]:
            with self.subTest(size=len(text)):
                wanted = f"stream 1: status 200\n{with_content(OLD, text)}"
                self.assertTrue(self.ask("/", text).startswith(wanted))


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
