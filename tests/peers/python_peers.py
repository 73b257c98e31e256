"""Python's WebSocket libraries: `LIBRARY client URL` or `LIBRARY server`.

A client prints what it saw as JSON; a server prints its port, and echoes.
"""
import asyncio
import json
import sys

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


library, role, *url = sys.argv[1:]
found = asyncio.run(globals()[f"{library}_{role}"](*url))
if found:
    print(json.dumps(found))
