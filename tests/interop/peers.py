"""What the tests share: our server and client as processes, and connections of raw octets."""
import base64
import contextlib
import hashlib
import os
import re
import select
import socket
import subprocess
import threading
import unittest

SECONDS = 10  # Nothing is waited for longer.
TEXT, BINARY, CLOSE = 1, 2, 8  # Opcodes, RFC 6455 section 5.2.
RSV1 = 0x40  # What is next to the opcode of a compressed message, RFC 7692 section 6.


@contextlib.contextmanager
def serving(program, *arguments):
    """One of our servers, until the end: its process, its port, and its log, which grows."""
    call = [os.environ[program], "0", *arguments]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True)
    try:
        ready, _, _ = select.select([process.stdout], [], [], SECONDS)
        line = process.stdout.readline() if ready else ""
        port = int(re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)/\n", line)[1])
        log = []
        threading.Thread(target=drain, args=[process.stdout, log], daemon=True).start()
        yield process, port, log
    finally:
        stop(process)


class ServerCase(unittest.TestCase):
    """Tests of our server, which listens on `port` while the class runs, and logs to `log`."""

    server = "TURNOUT_SERVER"  # The variable that says where it is.
    arguments = []  # What it is told beside the port.

    @classmethod
    def setUpClass(cls):
        running = contextlib.ExitStack()
        cls.addClassCleanup(running.close)
        cls.process, cls.port, cls.log = running.enter_context(
            serving(cls.server, *cls.arguments))

    def tearDown(self):
        self.assertIsNone(self.process.poll(), "the server has ended")

    def connect(self):
        return Connection(socket.create_connection(("127.0.0.1", self.port), SECONDS))


class DaemonCase(ServerCase):
    """Tests of our server that plays the Docker daemon."""

    server = "TURNOUT_DAEMON"

    def assert_output(self, connection, stdout, total):
        """The container writes in capitals what it read, and then how much that was."""
        written = connection.take_outputs()
        self.assertEqual(written, {1: stdout, 2: b"%d octets\n" % total})


def drain(pipe, lines):
    """Reads to the end, so that the pipe is never full."""
    with pipe:
        lines.extend(pipe)


def stop(process):
    """Ends a process that a test started, if it has not ended."""
    process.kill()
    process.wait(SECONDS)


class Client:
    """Our client, which has sent the head of its request and waits for the answer."""

    def __init__(self, process, connection):
        self.process, self.connection = process, connection
        self.request = connection.take_head()

    def end(self):
        """Its exit status, and what it showed."""
        return self.process.wait(SECONDS), self.process.stdout.read()


@contextlib.contextmanager
def started(client, program, *arguments):
    """One of our clients, connected to the test: what `client` makes of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        call = [os.environ[program], str(listener.getsockname()[1]), *arguments]
        with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
            try:
                with Connection(listener.accept()[0]) as connection:
                    yield client(process, connection)
            finally:
                stop(process)


def run_client(port, *arguments, lines=""):
    """Lets our client talk to a server: its exit status, and what it showed."""
    program = [os.environ["TURNOUT_CLIENT"], str(port), *arguments]
    ended = subprocess.run(program, input=lines, stdout=subprocess.PIPE, text=True, timeout=SECONDS)
    return ended.returncode, ended.stdout


class Connection:
    """A TCP connection, whose octets a test sends and takes itself."""

    def __init__(self, connected):
        connected.settimeout(SECONDS)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = connected
        self.send = connected.sendall
        self.unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def end(self):
        """Sends no more, but goes on to read."""
        self.socket.shutdown(socket.SHUT_WR)

    def take(self, size):
        """The next octets, so many."""
        while len(self.unread) < size:
            self._read_more()
        taken, self.unread = self.unread[:size], self.unread[size:]
        return taken

    def take_head(self):
        while b"\r\n\r\n" not in self.unread:
            self._read_more()
        return Head(self.take(self.unread.index(b"\r\n\r\n") + 4))

    def take_frame(self):
        """The opcode with the reserved bits, and the content of a frame, and whether that was
        masked.
        """
        first, second = self.take(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(self.take(2 if size == 126 else 8), "big")
        masked = second > 0x7F
        mask = self.take(4) if masked else bytes(4)
        return first & 0x7F, masks(self.take(size), mask), masked

    def take_outputs(self):
        """What a container writes to each of its outputs, until the connection is closed."""
        written = {}
        with contextlib.suppress(ConnectionError):
            while head := self.take(8):
                text = self.take(int.from_bytes(head[4:], "big"))
                written[head[0]] = written.get(head[0], b"") + text
        return written

    def take_rest(self):
        """All octets until the other side closes the connection."""
        with contextlib.suppress(ConnectionError):
            while True:
                self._read_more()
        return self.unread

    def is_silent(self, seconds):
        """Waits, and says whether nothing came."""
        return not self.unread and not select.select([self.socket], [], [], seconds)[0]

    def _read_more(self):
        octets = self.socket.recv(65536)
        if not octets:
            raise ConnectionError(f"the other side closed the connection after {self.unread}")
        self.unread += octets


class Head:
    """The head of a message as it came in."""

    def __init__(self, octets):
        self.octets = octets
        self.start, *lines = octets[:-4].decode("latin-1").split("\r\n")
        self.fields = {}
        for name, value in (line.split(": ", 1) for line in lines):
            self.fields.setdefault(name, []).append(value)

    @property
    def status(self):
        return int(self.start.split(" ")[1])

    def __getitem__(self, name):
        """The values of all lines of a field, as one list; None if there is no such line."""
        return ", ".join(self.fields[name]) if name in self.fields else None


def write_head(start, fields={}, changes={}):
    """A head. Of the changed fields, those with None are left out, those with a list repeated."""
    lines = [start]
    for name, values in {**fields, **changes}.items():
        for value in [values] if isinstance(values, str) else values or []:
            lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # The key of RFC 6455 section 1.3, and what follows from it.
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def request(changes={}, start="GET /echo HTTP/1.1"):
    """A request to switch to WebSocket."""
    fields = {"Host": "127.0.0.1", "Connection": "Upgrade", "Upgrade": "websocket",
              "Sec-WebSocket-Key": KEY, "Sec-WebSocket-Version": "13"}
    return write_head(start, fields, changes)


def accept_for(key):
    text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return base64.b64encode(hashlib.sha1(text.encode()).digest()).decode()


def masks(content, mask):
    return bytes(octet ^ mask[i % 4] for i, octet in enumerate(content))


def frame(content, opcode=TEXT, mask=None):
    """A frame of at most 125 octets of content, masked as those of a client have to be."""
    sizes = bytes([0x80 | opcode, len(content) | (0x80 if mask else 0)])
    return sizes + (mask + masks(content, mask) if mask else content)


MASK = b"\x01\x80\x0d\x0a"  # It makes frames hold octets that no head may hold.
HELLO = frame(b"Hello", mask=MASK)
