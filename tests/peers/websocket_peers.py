"""WebSockets: their clients with our server, and our client with their servers."""
import base64
import contextlib
import json
import re
import socket
import subprocess

from tap import read_head, tap

SECONDS = 40


@contextlib.contextmanager
def server(command, pattern=r"(\d+)", environment=None):
    """A server: its port, from the first line that it prints."""
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          env=environment) as process:
        try:
            yield int(re.search(pattern, process.stdout.readline())[1])
        finally:
            process.kill()


def ours(examples, name, *arguments):
    return server([examples / name, "0", *arguments], r":(\d+)/")


def answer_of(command, environment):
    """What a client says of what it saw."""
    ended = subprocess.run(list(map(str, command)), timeout=SECONDS, check=True, capture_output=True, text=True,
                           env=environment)
    return json.loads(ended.stdout)


def compression_of(exchange):
    """Of both heads: whether it was offered, and agreed."""
    if "permessage-deflate" not in (exchange.field(exchange.request, "Sec-WebSocket-Extensions") or ""):
        return "not offered"
    agreed = exchange.field(exchange.response, "Sec-WebSocket-Extensions") or ""
    return "yes" if "permessage-deflate" in agreed else "not agreed"


def old_version(head):
    """The second request of a client, for a version of WebSocket that is none, where there is one."""
    there = re.sub(rb"^GET (\S*)/none ", rb"GET \1/echo ", head)
    return head if there == head else version_12(there)


def clients(examples, known):
    head = ["client", "version", "token", "subprotocol", "compression", "early octets", "echo", "refusal", "426",
            "closing"]
    return head, _clients(examples, known)


def _clients(examples, known):
    with ours(examples, "websocket_echo_server") as port:
        for name, version, command, _ in known.websockets():
            if version is None:
                yield name, None, True
                continue
            try:
                with tap(port) as (there, passed):
                    saw = answer_of([*command, "client", f"ws://127.0.0.1:{there}"], known.environment)
                    opened = next(one for one in passed if one.status == 101)
                with tap(port, old_version) as (there, _):
                    upgrade = answer_of([*command, "client", f"ws://127.0.0.1:{there}"], known.environment)["refused"]
            except (subprocess.SubprocessError, ValueError, StopIteration) as error:
                yield name, [name, version, f"failed: {type(error).__name__}", *[""] * 7], False
                continue
            early = "yes" if opened.answered_early else "no"
            closed = saw.get("closed", opened.closed(opened.from_server))
            good = (saw["subprotocol"] == "chat" and saw["echoed"] and closed == 1000 and early == "yes"
                    and saw["refused"] in (404, "yes") and upgrade in (426, "yes"))
            yield name, [name, version, opened.field(opened.request, "Upgrade"), saw["subprotocol"],
                         compression_of(opened), early, "yes" if saw["echoed"] else "no", saw["refused"], upgrade,
                         closed], good


def frame(text):
    """A text in a frame of a client's."""
    return bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text


def early_octets(port):
    """What becomes of a frame that comes in one piece with the request."""
    key = base64.b64encode(bytes(16)).decode()
    request = (f"GET /echo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
               f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode()
    with socket.create_connection(("127.0.0.1", port), 3) as connection:
        connection.sendall(request + frame(b"early"))
        try:
            head, octets = read_head(connection)
            status = re.match(rb"HTTP/1.1 (\d+)", head)
            if not status or status[1] != b"101":
                return f"refused: {status[1].decode()}" if status else "closed"
            while b"early" not in octets:
                some = connection.recv(4096)
                if not some:
                    return "closed"
                octets += some
            return "yes"
        except TimeoutError:
            return "lost"
        except OSError:
            return "closed"


def refusal(examples, port, edit):
    """What our client got, with a request that was changed on its way: the exchange."""
    with tap(port, edit) as (there, passed):
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run([examples / "websocket_echo_client", str(there)], timeout=10, capture_output=True)
        return passed[0]


def without_key(head):
    return re.sub(rb"(?i)sec-websocket-key:.*?\r\n", b"", head)


def version_12(head):
    return re.sub(rb"(?i)(sec-websocket-version: *)13", rb"\g<1>12", head)


def status_of(exchange):
    return exchange.status or "closed"


def status_426(exchange):
    """The status, and what a 426 lacks."""
    if exchange.status != 426:
        return status_of(exchange)
    lacks = [name for name in ("Upgrade", "Connection", "Sec-WebSocket-Version")
             if not exchange.field(exchange.response, name)]
    named = exchange.field(exchange.response, "Connection") or ""
    if "Connection" not in lacks and "upgrade" not in named.lower():
        lacks.append("`upgrade` in Connection")
    return "426" + (" without " + ", ".join(lacks) if lacks else "")


def servers(examples, known):
    head = ["server", "version", "token", "subprotocol", "compression", "early octets", "echo", "without a key",
            "version 12", "closing"]
    return head, _servers(examples, known)


def _servers(examples, known):
    for name, version, command, has_server in known.websockets():
        if not has_server:
            continue
        if version is None:
            yield name, None, True
            continue
        with server([*command, "server"], environment=known.environment) as port:
            with tap(port) as (there, passed):
                said = subprocess.run(
                    [examples / "websocket_echo_client", str(there), "Hello", "zzz, chat",
                     "permessage-deflate; client_max_window_bits"], timeout=SECONDS, capture_output=True, text=True)
                opened = passed[0]
            early = early_octets(port)
            without, other = refusal(examples, port, without_key), refusal(examples, port, version_12)
        good = said.returncode == 0 and opened.answered_early
        yield name, [name, version, opened.field(opened.response, "Upgrade"),
                     opened.field(opened.response, "Sec-WebSocket-Protocol") or "none", compression_of(opened), early,
                     "yes" if said.returncode == 0 else "no", status_of(without), status_426(other),
                     opened.closed(opened.from_server)], good
