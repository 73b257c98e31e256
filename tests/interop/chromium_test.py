"""Chromium against our server: the page, subprotocols, and permessage-deflate in many ways.

WS-57, WS-61, WS-64, PMD-01, PMD-06, PMD-16, PMD-18, PMD-22, PMD-23, PMD-26, PMD-31.
"""
import contextlib
import random
import re
import unittest

from chromium import Chromium
from peers import serving
from wire import Wire

FIELD = "Sec-WebSocket-Extensions"
NAME = "permessage-deflate"
OFFER = NAME + "; client_max_window_bits"
NO_TAKEOVER = "; server_no_context_takeover; client_no_context_takeover"
# What the server is told to want, and answers.
ANSWERS = [NAME + parameters for parameters in [
    "", "; server_no_context_takeover", "; client_no_context_takeover", NO_TAKEOVER,
    *[f"; server_max_window_bits={bits}" for bits in range(9, 15)],
    *[f"; client_max_window_bits={bits}" for bits in range(8, 15)],
    "; server_max_window_bits=13; client_max_window_bits=10",
    "; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=12",
    NO_TAKEOVER + "; server_max_window_bits=9; client_max_window_bits=9"]]
LARGEST = NAME + "; server_max_window_bits=15; client_max_window_bits=15"

NOISE = random.Random(7692).randbytes(3000)
MESSAGES = [NOISE, NOISE, "Hello", "Hello", "", "\u00fc\u20ac\U0001d11e", "turnout " * 12800, "",
            "", b"", b"turnout " * 12800, random.Random(6455).randbytes(102400), b""]
CLOSED, FAILED = [1000, True], [1006, False]  # The codes, and whether both sides closed.

# Opens a WebSocket, sends all messages, closes it when as many have come back, and says what was
# agreed on, what came back, and how it ended. A message is a text, or octets as code points.
EXCHANGE = """(url, subprotocols, messages) => new Promise(resolve => {
  const socket = new WebSocket(url, subprotocols), back = [];
  const closeAfterAll = () => { if (back.length === messages.length) socket.close(1000); };
  const read = octets => Array.from(octets, octet => String.fromCharCode(octet)).join("");
  const write = points => Uint8Array.from(points, point => point.charCodeAt(0));
  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    for (const [text, points] of messages) socket.send(text ?? write(points));
    closeAfterAll();
  };
  socket.onmessage = ({data}) => {
    back.push(typeof data === "string" ? [data, null] : [null, read(new Uint8Array(data))]);
    closeAfterAll();
  };
  socket.onclose = ({code, wasClean}) =>
    resolve([socket.extensions, socket.protocol, back, [code, wasClean]]);
})"""
# Waits for words in the log of the page, and returns the log.
WAIT = """words => new Promise(resolve => {
  const log = document.getElementById("log");
  const look = () => { if (log.textContent.includes(words)) resolve(log.textContent); };
  new MutationObserver(look).observe(log, {childList: true});
  look();
})"""
LOG = f"""\
open, subprotocol "echo", extensions "{NAME}"
sent    Hello from the browser
echoed  Hello from the browser
sent    Hello again
echoed  Hello again
"""


def takes_over(answer, side):
    """Whether a side may refer to a message before that is as large as NOISE."""
    bits = re.search(side + r"_max_window_bits=(\d+)", answer)
    is_in_window = not bits or 2**int(bits[1]) > len(NOISE)
    return is_in_window and side + "_no_context_takeover" not in answer


class InChromium(unittest.TestCase):
    """One page, and servers that follow one another after the port from which it came."""

    @classmethod
    def setUpClass(cls):
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)
        cls.wire = Wire()
        cls.addClassCleanup(cls.wire.close)
        with serving("TURNOUT_SERVER") as (_, port, _):
            cls.wire.lead_to(port)
            cls.page = cls.browser.open(f"http://127.0.0.1:{cls.wire.port}/nothing")  # No script.

    @contextlib.contextmanager
    def server(self, *arguments):
        with serving("TURNOUT_SERVER", *arguments) as (process, port, _):
            self.wire.lead_to(port)
            yield
            self.assertIsNone(process.poll(), "the server has ended")

    def exchange(self, subprotocols=(), messages=(), wire=None):
        """The extensions and the subprotocol that the page sees agreed on, and how it ended."""
        sent = [[one, None] if isinstance(one, str) else [None, one.decode("latin-1")]
                for one in messages]
        url = f"ws://127.0.0.1:{(wire or self.wire).port}/echo"
        extensions, subprotocol, back, ended = self.page.run(EXCHANGE, url, subprotocols, sent)
        self.assertTrue(back == sent or ended == FAILED,
                        f"{len(back)} came back, not all as they were, and then {ended}")
        return extensions, subprotocol, ended

    def assert_compressed(self, kept, takes_over):
        """All messages are compressed, the second one into little if it may refer to the first."""
        messages = kept.take_messages()
        self.assertEqual(len(messages), len(MESSAGES))
        self.assertTrue(all(is_compressed for is_compressed, _ in messages))
        again = messages[1][1]
        (self.assertLess if takes_over else self.assertGreater)(again, len(NOISE) / 10)

    def assert_answers(self, wanted, answer):
        with self.subTest(wanted), self.server(wanted):
            self.assertEqual(self.exchange(messages=MESSAGES), (answer, "", CLOSED))
            asked, answered = self.wire.websocket()
            self.assertEqual(asked.take_head()[FIELD], OFFER)
            self.assertEqual(answered.take_head()[FIELD], answer)
            self.assert_compressed(asked, takes_over(answer, "client"))
            self.assert_compressed(answered, takes_over(answer, "server"))

    def test_messages_are_compressed_as_the_server_wants(self):
        for answer in ANSWERS:
            self.assert_answers(answer, answer)

    def test_the_largest_windows_go_without_saying(self):
        self.assert_answers(LARGEST, NAME)

    def test_without_agreement_nothing_is_compressed(self):
        with self.server(""):
            self.assertEqual(self.exchange(messages=MESSAGES), ("", "", CLOSED))
            octets = [one.encode() if isinstance(one, str) else one for one in MESSAGES]
            for kept in self.wire.websocket():
                self.assertIn("websocket", kept.take_head()["Upgrade"])
                self.assertEqual(kept.take_messages(), [[False, len(one)] for one in octets])

    def test_the_page_of_the_server(self):
        with self.server():
            page = self.browser.open(f"http://127.0.0.1:{self.wire.port}/")
            page.run(WAIT, "echoed  Hello from the browser\n")
            page.run("() => { text.value = 'Hello again'; button.click(); }")
            self.assertEqual(page.run(WAIT, "echoed  Hello again\n"), LOG)

    def test_the_subprotocol_is_the_first_that_both_speak(self):
        for offered, agreed in [([], ""), (["echo"], "echo"), (["x", "chat", "echo"], "chat")]:
            with self.subTest(offered), self.server():
                self.assertEqual(self.exchange(offered, ["Hello"]), (NAME, agreed, CLOSED))

    def test_without_a_common_subprotocol_the_browser_gives_up(self):
        with self.server():
            self.assertEqual(self.exchange(["x"]), ("", "", FAILED))
            answer = self.wire.websocket()[1].take_head()
            self.assertEqual((answer.status, answer["Sec-WebSocket-Protocol"]), (101, None))

    def test_a_page_of_another_site_is_refused(self):
        with self.server(), contextlib.closing(Wire(self.wire.target)) as other:
            self.assertEqual(self.exchange(wire=other), ("", "", FAILED))
            asked, answered = other.websocket()
            self.assertEqual(asked.take_head()["Origin"], f"http://127.0.0.1:{self.wire.port}")
            self.assertEqual(answered.take_head().status, 403)


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
