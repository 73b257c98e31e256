"""The page of docs/try in a browser: what a link to some text shows, and that nothing is asked of another host.

Usage: try_test.py PAGE
"""
import base64
import html
import pathlib
import re
import subprocess
import sys
import unittest

PAGE = pathlib.Path(sys.argv.pop(1)).resolve()
ASKS = ("GET /chat HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n")
AGREES = ("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\n"
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n")


def marked(text, mark):
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in [*text.splitlines(), ""])


def document(text):
    """The page with this text, once its program has run."""
    fragment = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000",
               "--dump-dom", f"file://{PAGE}#{fragment}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


def shown(text):
    """What the page says about it."""
    output = re.search(r'(?s)<pre id="output".*?>(.*?)</pre>', document(text))[1]
    return html.unescape(re.sub(r"<[^>]*>", "", output))


class Page(unittest.TestCase):
    def test_a_request(self):
        self.assertTrue(shown(ASKS).startswith("offer"), shown(ASKS))

    def test_both_sides_one_after_the_other(self):
        said = shown(ASKS + "\n" + AGREES)
        self.assertTrue(said.startswith("switch"), said)

    def test_both_sides_as_curl_prints_them(self):
        text = "* Connected\n" + marked(ASKS, ">") + marked(AGREES, "<") + "* done\n"
        self.assertTrue(shown(text).startswith("switch"), shown(text))

    def test_a_response_alone(self):
        self.assertIn("101", shown(AGREES))

    def test_what_is_wrong_with_the_octet_and_a_link_to_the_rule(self):
        text = ASKS + "\n" + AGREES.replace("s3pP", "S3pP")
        self.assertIn("wrong_websocket_accept", shown(text))
        self.assertIn('href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1"', document(text))

    def test_text_that_is_no_message_and_none(self):
        self.assertIn("1.", shown("Hello\n"))
        self.assertEqual(shown(""), "")

    def test_markup_in_the_input_stays_text(self):
        said = document("GET /<script>alert(1)</script> HTTP/1.1\nHost: <b>\n")
        self.assertNotIn("<script>alert", said)
        self.assertNotIn("<b>", re.search(r'(?s)<pre id="output".*?</pre>', said)[0])

    def test_nothing_is_loaded(self):
        text = PAGE.read_text()
        self.assertNotRegex(text, r'(?:src|href)="(?!#|")[^"$]')
        self.assertNotIn("fetch(", text)
        self.assertNotIn("import(", text)


if __name__ == "__main__":
    unittest.main()
