"""Listens in between a client and a server of WebSockets, and tells what each of them sent."""
import contextlib
import re
import select
import socket
import struct
import threading

PING = b"\x89\x05early"


def read_head(connection):
    """A head, and what came with it."""
    octets = b""
    while b"\r\n\r\n" not in octets:
        some = connection.recv(65536)
        if not some:
            return octets, b""
        octets += some
    head, _, rest = octets.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", rest


def frames(octets):
    """Each whole frame: its opcode and its payload."""
    while len(octets) >= 2:
        opcode, size, at = octets[0] & 15, octets[1] & 127, 2
        if size > 125:
            width = 2 if size == 126 else 8
            size, at = int.from_bytes(octets[2:2 + width], "big"), 2 + width
        mask = octets[at:at + 4] if octets[1] & 128 else bytes(4)
        at += 4 if octets[1] & 128 else 0
        if len(octets) < at + size:
            return
        yield opcode, bytes(one ^ mask[i % 4] for i, one in enumerate(octets[at:at + size]))
        octets = octets[at + size:]


class Exchange:
    """One connection: both heads, and what came after them."""

    def __init__(self):
        self.request = self.response = ""
        self.from_client = self.from_server = b""

    def field(self, head, name):
        found = re.search(rf"(?im)^{name}:[ \t]*(.*?)[ \t]*\r?$", head)
        return found[1] if found else None

    @property
    def status(self):
        found = re.match(r"HTTP/1\.\d (\d+)", self.response)
        return int(found[1]) if found else 0

    @property
    def answered_early(self):
        """Whether the client has answered the ping that came with the 101."""
        return (10, b"early") in frames(self.from_client)

    def closed(self, octets):
        """The status code in a Close frame."""
        for opcode, payload in frames(octets):
            if opcode == 8:
                return struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else "no code"
        return "no Close"


@contextlib.contextmanager
def tap(port, edit=lambda head: head):
    """A port in front of another one, and what passed there: a ping is put right after each 101 of a
    WebSocket, and `edit` makes another request of the client's."""
    passed = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=talk, args=(client,), daemon=True).start()

    def talk(client):
        now = Exchange()
        passed.append(now)
        with contextlib.suppress(OSError), client, \
                socket.create_connection(("127.0.0.1", port), 10) as server:
            head, early = read_head(client)
            now.request = head.decode("latin-1")
            server.sendall(edit(head) + early)
            head, rest = read_head(server)
            now.response = head.decode("latin-1")
            switched = now.status == 101 and "websocket" in now.response.lower()
            client.sendall(head + (PING if switched else b"") + rest)
            now.from_client, now.from_server = early, rest
            open_ones = [client, server]
            while open_ones:
                for one in select.select(open_ones, [], [], 20)[0] or open_ones[:0]:
                    some = one.recv(65536)
                    other = server if one is client else client
                    if one is client:
                        now.from_client += some
                    else:
                        now.from_server += some
                    if some:
                        other.sendall(some)
                    else:
                        open_ones.remove(one)
                        with contextlib.suppress(OSError):
                            other.shutdown(socket.SHUT_WR)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], passed
    finally:
        listener.close()
