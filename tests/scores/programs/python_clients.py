"""Python's clients: `CLIENT URL`. Each opens a WebSocket, says hello, and reads until it is closed."""
import asyncio
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
    import websocket
    peer = websocket.create_connection(url)
    peer.send("Hello")
    while peer.recv():
        pass


async def curl(url):
    """libcurl, which reads frames and answers pings."""
    import pycurl
    handle = pycurl.Curl()
    handle.setopt(pycurl.URL, url)
    handle.setopt(pycurl.WRITEFUNCTION, lambda octets: None)
    handle.perform()


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]](sys.argv[2]))
