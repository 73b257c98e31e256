"""Our client that attaches to a container, against a Docker daemon of raw octets.

MSG-54, MSG-69, MSG-70, MSG-76, MSG-79, MSG-80, UPG-21, UPG-25, UPG-26, UPG-30, UPG-36,
UPG-37, UPG-47, CON-08, DKR-01, DKR-02, DKR-03, DKR-04, DKR-05, DKR-08, DKR-09, OPT-09, ENG-01.
"""
import time
import unittest

from peers import Client, started, write_head

CONTENT = '{"Tty":true}'
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = write_head("HTTP/1.1 103 Early Hints", {"Link": "</x>", "Connection": "close",
                                                "Upgrade": "foo"})
USABLE, UNUSABLE = (f"declined; the connection {can} be used again\n" for can in ("can", "cannot"))


def switch(kind="raw", changes={}):
    """The 101, in the words of the real daemon."""
    fields = {"Connection": "Upgrade", "Upgrade": "tcp",
              "Content-Type": f"application/vnd.docker.{kind}-stream"}
    return write_head("HTTP/1.1 101 UPGRADED", fields, changes)


def client(*arguments):
    return started(Client, "TURNOUT_DAEMON_CLIENT", "text", *arguments)


class RawDaemonCase(unittest.TestCase):
    def assert_attached(self, ours, output=b"OUT", shown="OUT"):
        """The client sends its text, and ends; output goes on, and is shown."""
        self.assertEqual(ours.connection.take_rest(), b"text")
        ours.connection.send(output)
        ours.connection.socket.close()
        status, said = ours.end()
        self.assertEqual(status, 0, said)
        self.assertTrue(said.endswith("-stream\n" + shown), said)

    def assert_declined(self, ours, shown, usable):
        """The client has sent not one octet more, and shows what came."""
        ours.connection.end()
        self.assertEqual(ours.connection.take_rest(), b"")
        status, said = ours.end()
        self.assertEqual(status, 1, said)
        self.assertTrue(said.endswith("\n" + shown + usable), said)


class Switching(RawDaemonCase):
    def test_the_request(self):
        with client() as ours:
            request = ours.request
            self.assertEqual(request.start, "POST /containers/echo/attach HTTP/1.1")
            self.assertEqual((request["Connection"], request["Upgrade"]), ("Upgrade", "tcp"))
            self.assertEqual((request["Content-Length"], request["Expect"]), ("0", None))
            self.assertTrue(ours.connection.is_silent(0.1))
            ours.connection.send(switch())
            self.assert_attached(ours)

    def test_the_content_waits_for_a_100_and_the_text_for_the_101(self):
        with client("/exec/x/start", CONTENT) as ours:
            self.assertEqual(ours.request["Content-Length"], str(len(CONTENT)))
            self.assertEqual(ours.request["Expect"], "100-continue")
            ours.connection.send(HINTS)
            self.assertTrue(ours.connection.is_silent(0.1))
            ours.connection.send(CONTINUE)
            self.assertEqual(ours.connection.take(len(CONTENT)).decode(), CONTENT)
            ours.connection.send(CONTINUE + HINTS)
            self.assertTrue(ours.connection.is_silent(0.1))
            ours.connection.send(switch())
            self.assert_attached(ours)

    def test_the_content_comes_before_the_text_also_behind_an_early_101(self):
        with client("/exec/x/start", CONTENT) as ours:
            ours.connection.send(switch() + b"EARLY ")
            self.assertEqual(ours.connection.take(len(CONTENT)).decode(), CONTENT)
            ours.connection.send(b"AND ")
            self.assertEqual(ours.connection.take_rest(), b"text")
            ours.connection.send(b"LATE")
            ours.connection.end()
            status, said = ours.end()
            self.assertEqual((status, said[-14:]), (0, "EARLY AND LATE"), said)

    def test_the_content_does_not_wait_forever(self):
        with client("/exec/x/start", CONTENT) as ours:
            self.assertTrue(ours.connection.is_silent(0.5))
            self.assertEqual(ours.connection.take(len(CONTENT)).decode(), CONTENT)
            ours.connection.send(CONTINUE + switch())
            self.assert_attached(ours)

    def test_output_rides_behind_the_101(self):
        frames = b"\x01\0\0\0\0\0\0\x03ONE\x01\0\0\0\0\0\0\x00\x01\0\0\0\0\0\0\x03TWO"
        for kind, output in ("raw", b"ONETWO"), ("multiplexed", frames):
            octets = HINTS + switch(kind) + output
            for cut in range(0, len(octets), 7):
                with self.subTest(kind, cut=cut), client() as ours:
                    ours.connection.send(octets[:cut])
                    time.sleep(0.002)
                    ours.connection.send(octets[cut:])
                    self.assert_attached(ours, b"", "ONETWO")

    def test_a_frame_that_is_not_whole_is_no_good_end(self):
        with client() as ours:
            ours.connection.send(switch("multiplexed") + b"\x01\0\0\0\0\0\0\x09HALF")
            ours.connection.end()
            self.assertEqual(ours.end()[0], 1)


class Declining(RawDaemonCase):
    def test_answers_have_ordinary_content(self):
        message = '{"message":"no such container"}\n'
        length = {"Content-Length": str(len(message))}
        chunked = f"{len(message):x}\r\n{message}\r\n0\r\nx: y\r\n\r\n"
        answers = {
            "a length": ("HTTP/1.1 404 Not Found", length, message, USABLE),
            "chunked": ("HTTP/1.1 409 Conflict", {"Transfer-Encoding": "chunked"}, chunked, USABLE),
            "required": ("HTTP/1.1 426 X", {"Upgrade": "tcp", "Connection": "upgrade", **length},
                         message, USABLE),
            "close": ("HTTP/1.1 404 X", {"Connection": "close", **length}, message, UNUSABLE),
            "HTTP/1.0": ("HTTP/1.0 404 X", length, message, UNUSABLE),
            "keep-alive": ("HTTP/1.0 404 X", {"Connection": "keep-alive", **length}, message,
                           USABLE),
            "no end": ("HTTP/1.1 200 OK", {"Content-Type": "application/vnd.docker.raw-stream"},
                       message, UNUSABLE),
        }
        for name, (start, fields, content, usable) in answers.items():
            octets = HINTS + write_head(start, fields) + content.encode()
            for cut in 0, len(octets) - len(content), *range(len(octets) - 20, len(octets)):
                with self.subTest(name, cut=cut), client() as ours:
                    ours.connection.send(octets[:cut])
                    time.sleep(0.002)
                    ours.connection.send(octets[cut:])
                    self.assert_declined(ours, message, usable)

    def test_content_that_nobody_wants_is_not_sent(self):
        with client("/exec/x/start", CONTENT) as ours:
            ours.connection.send(write_head("HTTP/1.1 413 X", {"Content-Length": "0"}))
            self.assert_declined(ours, "< HTTP/1.1 413 X\n< Content-Length: 0\n", UNUSABLE)

    def test_content_that_ends_early_fails(self):
        early = [({"Content-Length": "5"}, b"hell"), ({"Transfer-Encoding": "chunked"}, b"0\r\n")]
        for fields, content in early:
            with self.subTest(fields), client() as ours:
                ours.connection.send(write_head("HTTP/1.1 404 X", fields) + content)
                ours.connection.end()
                status, said = ours.end()
                self.assertEqual(status, 1)
                self.assertRegex(said, r"failed at octet \d+: .*ended within a message.* section 8\)\n$")


if __name__ == "__main__":
    unittest.main(failfast=True)  # A failure may have waited long for what did not come.
