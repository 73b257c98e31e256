"""Python's clients: `CLIENT PORT`.

Each reads the URL of a WebSocket from every connection to the port; it opens the WebSocket, says hello, and reads
until one of both is closed. So a client is started once, and not for every case.
"""
import asyncio
import contextlib
import sys


async def websockets(url):
    from websockets.asyncio.client import connect
    async with connect(url) as peer:
        await peer.send("Hello")
        async for _ in peer:
            pass


async def aiohttp(url):
    import aiohttp
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as peer:
        await peer.send_str("Hello")
        async for _ in peer:
            pass


async def httpx_ws(url):
    import httpx
    import httpx_ws
    async with httpx.AsyncClient() as client, httpx_ws.aconnect_ws(url, client) as peer:
        await peer.send_text("Hello")
        while True:
            await peer.receive_text()


async def tornado(url):
    from tornado.websocket import websocket_connect
    peer = await websocket_connect(url)
    await peer.write_message("Hello")
    while await peer.read_message() is not None:
        pass


async def websocket_client(url):
    await asyncio.to_thread(blocking_websocket_client, url)


def blocking_websocket_client(url):
    import websocket
    with contextlib.closing(websocket.create_connection(url)) as peer:
        peer.send("Hello")
        while peer.recv():
            pass


async def wsproto(url):
    import urllib.parse
    from wsproto import ConnectionType, WSConnection
    from wsproto.events import AcceptConnection, Ping, Request, TextMessage
    to = urllib.parse.urlsplit(url)
    reader, writer = await asyncio.open_connection(to.hostname, to.port)
    peer = WSConnection(ConnectionType.CLIENT)
    writer.write(peer.send(Request(host=to.netloc, target=to.path)))
    try:
        while octets := await reader.read(65536):
            peer.receive_data(octets)
            for event in peer.events():
                if isinstance(event, AcceptConnection):
                    writer.write(peer.send(TextMessage(data="Hello")))
                elif isinstance(event, Ping):
                    writer.write(peer.send(event.response()))
                elif type(event).__name__.startswith("Reject"):
                    return
    finally:
        writer.close()


async def serve(client, port):
    async def open_one(reader, writer):
        url = (await reader.readline()).decode().strip()
        if not url:
            return writer.close()
        opened = asyncio.ensure_future(client(url))
        ended = asyncio.ensure_future(reader.read())
        await asyncio.wait({opened, ended}, return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await opened
        writer.close()

    server = await asyncio.start_server(open_one, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(globals()[sys.argv[1]], int(sys.argv[2])))
