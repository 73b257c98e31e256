"""Our servers and our proxy among peers that reset, stall and send without end: they go on serving.

A test ends with a page, or an echo, for a client that does no harm.
"""
import contextlib
import os
import random
import resource
import socket
import struct
import threading
import time
import unittest

from peers import (HELLO, MASK, SECONDS, TEXT, Connection, accept_for, frame, request, serving,
                   write_head)

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
HEAD_SECONDS, ANSWER_SECONDS = 10, 30  # As in examples/common/stream.hpp.


def reset(connection):
    """Ends a connection so that the other side finds it broken."""
    with contextlib.suppress(OSError):
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.socket.close()


def switched(connection, head):
    """Agrees to a WebSocket, whichever it is."""
    fields = {"Connection": "Upgrade", "Upgrade": "websocket",
              "Sec-WebSocket-Accept": accept_for(head["Sec-WebSocket-Key"])}
    connection.send(write_head("HTTP/1.1 101 Switching Protocols", fields))


class Origin:
    """A server of raw octets, which does for each request what the path says."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        with contextlib.suppress(OSError):  # It may be closed already.
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _listen(self):
        with contextlib.suppress(OSError):  # There is no listener any more.
            while True:
                connected, _ = self.listener.accept()
                threading.Thread(target=self._talk, args=[connected], daemon=True).start()

    def _talk(self, connected):
        with Connection(connected) as connection, contextlib.suppress(OSError):
            while True:
                head = connection.take_head()
                path = head.start.split(" ")[1]
                getattr(self, path[1:] or "page")(connection, head)

    def page(self, connection, _):
        connection.send(OK)

    def gone(self, connection, _):
        reset(connection)

    def gone_in_head(self, connection, _):
        connection.send(OK[:20])
        reset(connection)

    def gone_in_content(self, connection, _):
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + bytes(500000))
        reset(connection)

    def nonsense(self, connection, _):
        connection.send(bytes(range(256)))

    def early(self, connection, _):
        """Answers before the content of the request was read, and never reads that."""
        connection.send(b"HTTP/1.1 413 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
        time.sleep(0.5)

    def tunnel(self, connection, head):
        switched(connection, head)
        while octets := connection.socket.recv(65536):
            connection.send(octets)

    def gone_tunnel(self, connection, head):
        switched(connection, head)
        connection.send(frame(b"a"))
        reset(connection)

    def long(self, connection, _):
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + bytes(3000000))

    def slow(self, connection, _):
        connection.socket.settimeout(1)
        connection.take_rest()

    def silent(self, connection, _):
        connection.socket.settimeout(None)
        connection.take_rest()


# What hostile clients send; each one reads a little, perhaps, and resets its connection.
UPLOAD = (b"POST /%s HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", bytes(1000000))
HOSTILE = [
    [b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n" % path]
    for path in (b"gone", b"gone_in_head", b"gone_in_content", b"nonsense", b"long", b"slow")
] + [
    [UPLOAD[0] % path, UPLOAD[1]] for path in (b"gone", b"early", b"nonsense", b"slow")
] + [
    [request(start="GET /tunnel HTTP/1.1"), HELLO * 1000],
    [request(start="GET /gone_tunnel HTTP/1.1"), HELLO * 1000],
    [b"POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"zz\r\n"],
    [b"GET /slow HT"],
    [bytes(range(256))],
    [GET * 1000],
    [],
]


def harm(port, octets, read):
    with contextlib.suppress(OSError):
        client = Connection(socket.create_connection(("127.0.0.1", port), SECONDS))
        client.socket.settimeout(1)
        with contextlib.suppress(OSError):
            for some in octets:
                client.send(some)
            if read:
                client.socket.recv(read)
        reset(client)


class Proxy(unittest.TestCase):
    def setUp(self):
        running = contextlib.ExitStack()
        self.addCleanup(running.close)
        self.running = running
        self.origin = Origin()
        self.addCleanup(self.origin.close)
        self.process, self.port, self.log = running.enter_context(
            serving("TURNOUT_PROXY", str(self.origin.port)))

    def connect(self):
        connection = Connection(socket.create_connection(("127.0.0.1", self.port), SECONDS))
        return self.running.enter_context(connection)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def assert_serves(self):
        self.assertIsNone(self.process.poll(), "the proxy has ended")
        with self.connect() as client:
            client.send(GET)
            self.assertEqual(client.take_head().status, 200)
            self.assertEqual(client.take(2), b"hi")

    def assert_status(self, client, status):
        self.assertEqual(client.take_head().status, status)

    def test_resets_in_both_directions(self):
        self.assert_serves()
        before = self.descriptors()
        numbers = random.Random(13)
        for _ in range(4):
            harms = [threading.Thread(target=harm, args=[
                self.port, HOSTILE[number % len(HOSTILE)], numbers.choice([0, 1, 5000])])
                for number in range(250)]
            for one in harms:
                one.start()
            for one in harms:
                one.join()
            self.assert_serves()
        until = time.monotonic() + SECONDS
        while self.descriptors() > before + 2 and time.monotonic() < until:
            time.sleep(0.1)
        self.assertLessEqual(self.descriptors(), before + 2, "connections were left open")

    def test_it_outlives_the_end_of_its_descriptors(self):
        resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (64, 64))
        with contextlib.ExitStack() as idle:
            for _ in range(150):
                idle.enter_context(self.connect())
            time.sleep(0.5)
            self.assertIsNone(self.process.poll(), "the proxy has ended")
            self.assertIn("  not accepted: Too many open files\n", self.log)
        self.assert_serves()

    def test_a_server_that_can_not_be_reached_is_a_502(self):
        self.origin.close()
        client = self.connect()
        for _ in range(2):
            client.send(GET)
            self.assert_status(client, 502)

    def test_a_server_that_goes_before_it_has_the_head_is_a_502(self):
        for path in "gone", "gone_in_head", "nonsense":
            with self.subTest(path):
                client = self.connect()
                client.send(write_head(f"GET /{path} HTTP/1.1", {"Host": "a"}))
                self.assert_status(client, 502)
                self.assertEqual(client.take_rest(), b"")

    def test_an_answer_before_the_content_was_read_goes_on(self):
        client = self.connect()
        with contextlib.suppress(OSError):  # It may be closed meanwhile.
            client.send(UPLOAD[0] % b"early" + UPLOAD[1])
        self.assert_status(client, 413)
        self.assertEqual(client.take_rest(), b"no")

    def test_both_sides_of_a_tunnel_may_send_without_reading(self):
        client = self.connect()
        client.send(request(start="GET /tunnel HTTP/1.1"))
        self.assert_status(client, 101)
        sent = bytes(range(256)) * 80000  # More than all buffers on the way hold.
        sending = threading.Thread(target=client.send, args=[sent])
        sending.start()
        time.sleep(0.2)
        self.assertTrue(client.take(len(sent)) == sent)
        sending.join()

    def test_nothing_is_waited_for_without_end(self):
        """Each phase ends in time: the head of a request, its content, and the answer."""
        starts = {408: b"GET / HTTP/1.1\r\nHost", 504: b"GET /silent HTTP/1.1\r\nHost: a\r\n\r\n"}
        content = b"POST /silent HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhi"
        began = time.monotonic()
        waiting = [(status, self.connect()) for status in (408, 504, 408)]
        idle = self.connect()
        for (_, client), octets in zip(waiting, [*starts.values(), content]):
            client.send(octets)
            client.socket.settimeout(ANSWER_SECONDS + SECONDS)
        idle.socket.settimeout(HEAD_SECONDS + SECONDS)
        self.assertEqual(idle.take_rest(), b"")
        self.assertAlmostEqual(time.monotonic() - began, HEAD_SECONDS, delta=5)
        for status, client in waiting:
            self.assert_status(client, status)
            self.assertEqual(client.take_rest(), b"")
        self.assertAlmostEqual(time.monotonic() - began, ANSWER_SECONDS, delta=5)
        self.assert_serves()


class Servers(unittest.TestCase):
    def test_they_outlive_the_end_of_their_descriptors(self):
        for program in "TURNOUT_SERVER", "TURNOUT_DAEMON", "TURNOUT_H2C_SERVER":
            if program not in os.environ:
                continue
            with self.subTest(program), serving(program) as (process, port, log):
                resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (64, 64))
                with contextlib.ExitStack() as idle:
                    for _ in range(150):
                        idle.enter_context(socket.create_connection(("127.0.0.1", port), SECONDS))
                    time.sleep(0.5)
                    self.assertIsNone(process.poll(), "the server has ended")
                    self.assertIn("  not accepted: Too many open files\n", log)
                with Connection(socket.create_connection(("127.0.0.1", port), SECONDS)) as client:
                    client.send(GET)
                    self.assertEqual(client.take_head()["Connection"], None)

    def test_their_heads_come_in_time(self):
        programs = [name for name in ("TURNOUT_SERVER", "TURNOUT_DAEMON", "TURNOUT_H2C_SERVER")
                    if name in os.environ]
        with contextlib.ExitStack() as running:
            clients = []
            for program in programs:
                _, port, _ = running.enter_context(serving(program))
                client = socket.create_connection(("127.0.0.1", port), HEAD_SECONDS + SECONDS)
                clients.append(running.enter_context(Connection(client)))
                clients[-1].socket.settimeout(HEAD_SECONDS + SECONDS)
                clients[-1].send(b"GET / HTTP/1.1\r\nHost")
            answers = [client.take_rest()[:12] for client in clients]
            self.assertEqual(answers, [b"HTTP/1.1 408"] * len(programs))

    def test_a_message_in_many_frames_is_no_more_than_its_octets(self):
        frames = 300000
        with serving("TURNOUT_SERVER") as (process, port, _):
            with Connection(socket.create_connection(("127.0.0.1", port), SECONDS)) as client:
                client.send(request())
                self.assertEqual(client.take_head().status, 101)
                client.send(self.fragment(TEXT))
                before = self.memory(process)
                client.send(self.fragment(0) * frames)
                client.send(frame(b"", 9, mask=MASK))  # Its pong says that all before was read.
                self.assertEqual(client.take_frame()[0], 10)
                self.assertLess(self.memory(process) - before, 4 * 1024)
                client.send(frame(b"", 0, mask=MASK))
                self.assertEqual(client.take_frame(), (TEXT, b"a" * (frames + 1), False))

    def fragment(self, opcode):
        """A frame of one octet, after which its message goes on."""
        whole = bytearray(frame(b"a", opcode, mask=MASK))
        whole[0] &= 0x7F
        return bytes(whole)

    def memory(self, process):
        """What a process has in memory, in KiB."""
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


if __name__ == "__main__":
    unittest.main()
