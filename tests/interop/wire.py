"""What a peer and our server say to each other, handed on and kept."""
import contextlib
import socket
import threading

from peers import CLOSE, RSV1, Connection


class Wire:
    """A port that leads to a server of ours, and can lead to another one later."""

    def __init__(self, target=None):
        self.lead_to(target)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def lead_to(self, target):
        """New connections go there, and nothing is kept of those before."""
        self.target, self.kept = target, []

    def _listen(self):
        with contextlib.suppress(OSError):  # There is no listener any more.
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._join, args=[client], daemon=True).start()

    def _join(self, client):
        asked, answered = bytearray(), bytearray()
        self.kept.append((asked, answered))
        with client, contextlib.suppress(ConnectionRefusedError):  # The server may be gone.
            with socket.create_connection(("127.0.0.1", self.target)) as server:
                ends = [server, client, answered]
                back = threading.Thread(target=hand_on, args=ends, daemon=True)
                back.start()
                hand_on(client, server, asked)
                back.join()

    def websocket(self):
        """What went each way of the one connection that asked for a WebSocket."""
        [kept] = [kept for kept in self.kept if b"\nUpgrade: websocket\r\n" in kept[0]]
        return Kept(kept[0]), Kept(kept[1])


def hand_on(source, target, kept):
    target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(OSError):  # One side may be gone.
        while octets := source.recv(65536):
            kept += octets
            target.sendall(octets)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Kept(Connection):
    """What went one way of a connection so far."""

    def __init__(self, octets):
        self.unread = bytes(octets)

    def take_messages(self):
        """Whether each message is compressed, and its size, up to the frame that closes."""
        messages = []
        while True:
            first, content, _ = self.take_frame()
            if first & 0x0F == CLOSE:
                return messages
            if first & 0x0F:
                messages.append([first & RSV1 != 0, 0])
            messages[-1][1] += len(content)

    def _read_more(self):
        raise ConnectionError(f"no more went there than {self.unread}")
