"""wsproto, WebSockets without I/O on top of h11: https://python-hyper.org/projects/wsproto."""
import wsproto
import wsproto.handshake
from wsproto.connection import ConnectionType
from wsproto.events import AcceptConnection, RejectConnection, RejectData, Request
from wsproto.extensions import Extension, PerMessageDeflate
from wsproto.utilities import RemoteProtocolError

import adapter

# The responses of the cases belong to one key.
wsproto.handshake.generate_nonce = lambda: adapter.KEY.encode()


def play_server(case):
    setup = case.get("setup", {})
    if setup.keys() - {"subprotocols", "deflate"}:
        return None  # It leaves origins to its caller.
    connection = wsproto.WSConnection(ConnectionType.SERVER)
    try:
        if case["request"]:
            connection.receive_data(adapter.octets(case["request"]))
        if "end" in case:
            connection.receive_data(None)
    except RemoteProtocolError as failed:
        status = failed.event_hint.status_code if failed.event_hint else 400
        return {"outcome": "refuse", "status": status}
    events = [event for event in connection.events() if isinstance(event, Request)]
    if not events:
        return {"outcome": "incomplete"}
    spoken = setup.get("subprotocols", [])
    subprotocol = next((one for one in events[0].subprotocols if one in spoken), None)
    accept = AcceptConnection(subprotocol=subprotocol, extensions=deflate_of(setup))
    return switched(connection.send(accept), case, subprotocol)


def deflate_of(setup):
    if "deflate" not in setup:
        return []
    names = ["server_max_window_bits", "client_max_window_bits", "server_no_context_takeover",
             "client_no_context_takeover"]
    return [PerMessageDeflate(**{name: setup["deflate"][name] for name in names
                                 if name in setup["deflate"]})]


def switched(written, case, subprotocol):
    _, _, _, fields, _ = adapter.parts_of(written)
    return {"outcome": "switch", "protocol": "websocket", "subprotocol": subprotocol,
            "deflate": adapter.value_of(fields, b"sec-websocket-extensions"),
            "continue": written.startswith(b"HTTP/1.1 100"), "fields": adapter.lines_of(fields)}


class Offer(PerMessageDeflate):
    """permessage-deflate with the parameters of a case."""

    def __init__(self, wanted):
        super().__init__()
        self.wanted = wanted

    def offer(self):
        return "; ".join(key if value is True else f"{key}={value}"
                         for key, value in self.wanted.items()) or True


def other(name):
    """An extension that does nothing."""
    return type(name, (Extension,), {"name": name, "offer": lambda self: True})()


def play_client(case):
    method, target, _, asked, _ = adapter.parts_of(adapter.octets(case["request"]))
    extensions = adapter.value_of(asked, b"sec-websocket-extensions")
    offered = [adapter.parameters(one) for one in extensions.split(",")] if extensions else []
    if len({name for name, _ in offered}) != len(offered):
        return None  # It makes one offer of each extension.
    subprotocols = adapter.value_of(asked, b"sec-websocket-protocol")
    connection = wsproto.WSConnection(ConnectionType.CLIENT)
    connection.send(Request(
        host="a", target=adapter.text(target),
        subprotocols=subprotocols.split(", ") if subprotocols else [],
        extensions=[Offer(found) if name == "permessage-deflate" else other(name)
                    for name, found in offered]))
    try:
        if case["response"]:
            connection.receive_data(adapter.octets(case["response"]))
        if "end" in case:
            connection.receive_data(None)
        return read_answer(connection, case)
    except RemoteProtocolError:
        return {"outcome": "failed"}


def read_answer(connection, case):
    content = b""
    refused = None
    for event in connection.events():
        if isinstance(event, AcceptConnection):
            _, _, _, fields, _ = adapter.parts_of(
                b"HTTP" + adapter.octets(case["response"]).rpartition(b"HTTP/1")[2])
            return {"outcome": "switched", "protocol": "websocket", "subprotocol": event.subprotocol,
                    "deflate": adapter.value_of(fields, b"sec-websocket-extensions")}
        if isinstance(event, RejectConnection):
            refused = {"outcome": "refused", "status": event.status_code}
            if not event.has_body:
                refused["complete"] = True
        if isinstance(event, RejectData):
            content += bytes(event.data)
            if event.body_finished:
                refused.update(complete=True, content=adapter.text(content))
    if refused is None:
        return {"outcome": "incomplete"}
    return {"complete": False, **refused}


def play(case):
    if case["role"] not in {"server", "client"}:
        return None
    wanted = adapter.as_websocket(case)
    if wanted is None:
        return None
    player = play_server if case["role"] == "server" else play_client
    return adapter.of_websocket(case, player(wanted))


adapter.run(play)
