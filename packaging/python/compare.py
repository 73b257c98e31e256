"""Prints how long a server's handshake takes in Python, beside websockets and wsproto.

Each reads the head of Chrome's request, and makes the octets of the 101.
"""
import statistics
import time

import turnout
import websockets
import wsproto
from websockets.server import ServerProtocol
from wsproto.events import AcceptConnection, Request

HEAD = (b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: Upgrade\r\nPragma: no-cache\r\n"
        b"Cache-Control: no-cache\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
        b"(KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\r\nUpgrade: websocket\r\n"
        b"Origin: http://127.0.0.1:8080\r\nSec-WebSocket-Version: 13\r\n"
        b"Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
ACCEPT = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def with_turnout():
    return turnout.accept(HEAD)[0]


def with_websockets():
    server = ServerProtocol()
    server.receive_data(HEAD)
    [request] = server.events_received()
    server.send_response(server.accept(request))
    return b"".join(server.data_to_send())


def with_wsproto():
    server = wsproto.WSConnection(wsproto.ConnectionType.SERVER)
    server.receive_data(HEAD)
    [asked] = [event for event in server.events() if isinstance(event, Request)]
    return server.send(AcceptConnection())


def microseconds(handshake, count=2000):
    begin = time.perf_counter()
    for _ in range(count):
        handshake()
    return 1e6 * (time.perf_counter() - begin) / count


def main():
    libraries = {"turnout": with_turnout, f"websockets {websockets.__version__}": with_websockets,
                 f"wsproto {wsproto.__version__}": with_wsproto}
    for name, handshake in libraries.items():
        assert ACCEPT in handshake(), name
    # By turns, so that a busy moment of the machine meets all of them.
    rounds = [[microseconds(handshake) for handshake in libraries.values()] for _ in range(7)]
    for name, times in zip(libraries, zip(*rounds)):
        print(f"{name}: {statistics.median(times):.1f} us a handshake")


if __name__ == "__main__":
    main()
