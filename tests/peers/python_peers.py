"""Python's WebSocket libraries: `LIBRARY client URL` or `LIBRARY server`.

A client prints what it saw as JSON; a server prints its port, and echoes.
"""
import asyncio
import json
import socket
import sys
import threading

TEXTS = ["Hello", "", "m" * 10000]
SUBPROTOCOLS = ["zzz", "chat"]


async def websockets_client(url):
    from websockets.asyncio.client import connect
    from websockets.exceptions import InvalidStatus
    async with connect(url + "/echo", subprotocols=SUBPROTOCOLS) as peer:
        compressed = any("deflate" in str(one).lower() for one in peer.protocol.extensions)
        echoed = True
        for text in TEXTS:
            await peer.send(text)
            echoed &= await peer.recv() == text
        subprotocol = peer.subprotocol
    try:
        async with connect(url + "/none"):
            refused = 101
    except InvalidStatus as error:
        refused = error.response.status_code
    return {"subprotocol": subprotocol, "compressed": compressed, "echoed": echoed,
            "closed": peer.close_code, "refused": refused}


async def websockets_server():
    from websockets.asyncio.server import serve

    async def talk(peer):
        async for message in peer:
            await peer.send(message)

    async with serve(talk, "127.0.0.1", 0, subprotocols=["chat"]) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()


async def aiohttp_client(url):
    import aiohttp
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url + "/echo", protocols=SUBPROTOCOLS, compress=15) as peer:
            echoed = True
            for text in TEXTS:
                await peer.send_str(text)
                echoed &= await peer.receive_str() == text
            subprotocol, compressed = peer.protocol, bool(peer.compress)
            await peer.close()
        try:
            await session.ws_connect(url + "/none")
            refused = 101
        except aiohttp.WSServerHandshakeError as error:
            refused = error.status
    return {"subprotocol": subprotocol, "compressed": compressed, "echoed": echoed,
            "closed": peer.close_code, "refused": refused}


async def aiohttp_server():
    from aiohttp import web

    async def talk(request):
        peer = web.WebSocketResponse(protocols=["chat"])
        await peer.prepare(request)
        async for message in peer:
            await peer.send_str(message.data)
        return peer

    application = web.Application()
    application.router.add_get("/{path:.*}", talk)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


async def httpx_ws_client(url):
    import httpx
    import httpx_ws
    async with httpx.AsyncClient() as client:
        async with httpx_ws.aconnect_ws(url + "/echo", client, subprotocols=SUBPROTOCOLS) as peer:
            echoed = True
            for text in TEXTS:
                await peer.send_text(text)
                echoed &= await peer.receive_text() == text
            subprotocol = peer.subprotocol
        try:
            async with httpx_ws.aconnect_ws(url + "/none", client):
                refused = 101
        except httpx_ws.WebSocketUpgradeError as error:
            refused = error.response.status_code
    return {"subprotocol": subprotocol, "compressed": False, "echoed": echoed, "closed": 1000,
            "refused": refused}


def wsproto_events(connection, peer):
    """What comes, until the other side is gone."""
    while octets := connection.recv(65536):
        peer.receive_data(octets)
        yield from peer.events()


def wsproto_open(url, path, subprotocols, extensions):
    """A connection, its peer, and the events from the answer on."""
    import wsproto
    from wsproto.events import Request
    host, port = url.removeprefix("ws://").split(":")
    connection = socket.create_connection((host, int(port)), 10)
    peer = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
    connection.sendall(peer.send(Request(host=f"{host}:{port}", target=path, subprotocols=subprotocols,
                                         extensions=extensions)))
    return connection, peer, wsproto_events(connection, peer)


async def wsproto_client(url):
    from wsproto.events import (AcceptConnection, CloseConnection, Ping, RejectConnection, TextMessage)
    from wsproto.extensions import PerMessageDeflate
    connection, peer, events = wsproto_open(url, "/echo", SUBPROTOCOLS, [PerMessageDeflate()])
    left, echoed, message, closed = list(TEXTS), True, "", 0
    for event in events:
        if isinstance(event, AcceptConnection):
            subprotocol, compressed = event.subprotocol, bool(event.extensions)
            connection.sendall(peer.send(TextMessage(data=left[0])))
        elif isinstance(event, Ping):
            connection.sendall(peer.send(event.response()))
        elif isinstance(event, TextMessage):
            message += event.data
            if event.message_finished:
                echoed, message = echoed and message == left.pop(0), ""
                connection.sendall(peer.send(TextMessage(data=left[0]) if left else CloseConnection(code=1000)))
        elif isinstance(event, CloseConnection):
            closed = event.code
            break
    connection, peer, events = wsproto_open(url, "/none", [], [])
    refused = next(event.status_code for event in events if isinstance(event, RejectConnection))
    return {"subprotocol": subprotocol, "compressed": compressed, "echoed": echoed, "closed": closed,
            "refused": refused}


def wsproto_talk(connection):
    import wsproto
    from wsproto.events import AcceptConnection, CloseConnection, Message, Ping, Request
    from wsproto.extensions import PerMessageDeflate
    from wsproto.utilities import LocalProtocolError, RemoteProtocolError
    peer = wsproto.WSConnection(wsproto.ConnectionType.SERVER)
    try:
        for event in wsproto_events(connection, peer):
            if isinstance(event, Request):
                chosen = "chat" if "chat" in event.subprotocols else None
                answer = AcceptConnection(subprotocol=chosen, extensions=[PerMessageDeflate()])
            elif isinstance(event, Message):
                answer = Message(data=event.data, message_finished=event.message_finished)
            elif isinstance(event, (Ping, CloseConnection)):
                answer = event.response()
            else:
                continue
            connection.sendall(peer.send(answer))
    except RemoteProtocolError as error:
        if error.event_hint:
            connection.sendall(peer.send(error.event_hint))
    except (LocalProtocolError, OSError):
        pass  # The other side is gone.
    connection.close()


async def wsproto_server():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=wsproto_talk, args=(connection,), daemon=True).start()


library, role, *url = sys.argv[1:]
found = asyncio.run(globals()[f"{library}_{role}"](*url))
if found:
    print(json.dumps(found))
