"""websockets, its part without I/O: https://websockets.readthedocs.io/en/stable/reference/sansio."""
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import (ClientPerMessageDeflateFactory,
                                                      ServerPerMessageDeflateFactory)
from websockets.http11 import Request, Response
from websockets.protocol import OPEN
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

import adapter

WINDOWS = {"server_max_window_bits", "client_max_window_bits"}


def play_server(case):
    setup = case.get("setup", {})
    server = ServerProtocol(subprotocols=setup.get("subprotocols"), origins=origins_of(setup),
                            extensions=deflate_of(setup))
    server.receive_data(adapter.octets(case["request"]))
    if "end" in case:
        server.receive_eof()
    events = [event for event in server.events_received() if isinstance(event, Request)]
    if not events:
        if server.handshake_exc is None:
            return {"outcome": "incomplete"}
        return refused(b"".join(server.data_to_send()))
    response = server.accept(events[0])
    server.send_response(response)
    written = b"".join(server.data_to_send())
    if response.status_code != 101:
        return refused(written)
    _, _, _, fields, _ = adapter.parts_of(written)
    return {"outcome": "switch", "protocol": "websocket", "subprotocol": server.subprotocol,
            "deflate": response.headers.get("Sec-WebSocket-Extensions"),
            "continue": written.startswith(b"HTTP/1.1 100"), "fields": adapter.lines_of(fields)}


def origins_of(setup):
    return [*setup["origins"], None] if "origins" in setup else None


def deflate_of(setup):
    if "deflate" not in setup:
        return None
    wanted = {key: value for key, value in setup["deflate"].items() if key != "smallest_window_bits"}
    # 15 is what is there without a limit.
    wanted = {key: value for key, value in wanted.items() if key not in WINDOWS or value < 15}
    wanted["require_client_max_window_bits"] = "client_max_window_bits" in wanted
    return [ServerPerMessageDeflateFactory(**wanted)]


def refused(written):
    if not written:
        return {"outcome": "close"}
    _, status, *_, fields, _ = adapter.parts_of(written)
    return {"outcome": "refuse", "status": int(status), "fields": adapter.lines_of(fields),
            "close": (adapter.value_of(fields, b"connection") or "").lower() == "close"}


def factories(extensions):
    """What makes the offers of a case; nothing if they are others than it can make."""
    offers = [adapter.parameters(one) for one in extensions.split(",")] if extensions else []
    if any(name != "permessage-deflate" for name, _ in offers):
        return None
    return [ClientPerMessageDeflateFactory(**{
        "client_max_window_bits": None,
        **{key: int(value) if value is not True else value for key, value in found.items()}})
        for _, found in offers]


def play_client(case):
    _, target, _, asked, _ = adapter.parts_of(adapter.octets(case["request"]))
    extensions = adapter.value_of(asked, b"sec-websocket-extensions")
    offers = factories(extensions)
    if offers is None:
        return None
    subprotocols = adapter.value_of(asked, b"sec-websocket-protocol")
    client = ClientProtocol(parse_uri("ws://a" + adapter.text(target)), extensions=offers or None,
                            subprotocols=subprotocols.split(", ") if subprotocols else None)
    client.key = adapter.KEY
    client.send_request(client.connect())
    client.receive_data(adapter.octets(case["response"]))
    if "end" in case:
        client.receive_eof()
    events = [event for event in client.events_received() if isinstance(event, Response)]
    switched = any(event.status_code == 101 for event in events) and client.handshake_exc is None
    if client.state is OPEN or switched:  # what follows may be no frame
        return {"outcome": "switched", "protocol": "websocket", "subprotocol": client.subprotocol,
                "deflate": events[0].headers.get("Sec-WebSocket-Extensions")}
    if events and events[0].status_code != 101:
        return {"outcome": "refused", "status": events[0].status_code,
                "content": adapter.text(events[0].body or b""), "complete": True}
    return {"outcome": "incomplete" if client.handshake_exc is None else "failed"}


def play(case):
    if case["role"] not in {"server", "client"}:
        return None
    wanted = adapter.as_websocket(case)
    if wanted is None:
        return None
    player = play_server if case["role"] == "server" else play_client
    return adapter.of_websocket(case, player(wanted))


adapter.run(play)
