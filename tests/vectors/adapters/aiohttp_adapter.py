"""aiohttp, a server and a client for asyncio, over loopback: https://docs.aiohttp.org. Only WebSocket:
it has no other upgrade. A server that has not answered after WAIT seconds waits for more.
"""
import asyncio
import base64
import json
import logging
import sys

import aiohttp
from aiohttp import web

import adapter

WAIT = 0.15
# The client draws its key from here; the responses of the cases belong to one.
aiohttp.client.os.urandom = lambda size: base64.b64decode(adapter.KEY)[:size]


def answer_of(case, written):
    """What a server has written, read as simply as can be: it is well-formed."""
    if not written:
        return None
    continues = False
    while written.startswith(b"HTTP/1.1 100"):
        written, continues = written.partition(b"\r\n\r\n")[2], True
        if not written:
            return None
    if not written.startswith(b"HTTP/"):
        return {"outcome": "close"}  # an answer to HTTP/0.9
    _, status, _, fields, _ = adapter.parts_of(written)
    lines = adapter.lines_of(fields)
    closes = (adapter.value_of(fields, b"connection") or "").lower() == "close"
    if int(status) != 101:
        said = {"close": True} if closes else {}  # it may close without a word
        return {"outcome": "refuse", "status": int(status), **said, "fields": lines}
    return {"outcome": "switch", "protocol": "websocket", "continue": continues, "fields": lines,
            "subprotocol": adapter.value_of(fields, b"sec-websocket-protocol"),
            "deflate": adapter.value_of(fields, b"sec-websocket-extensions")}


async def play_server(case):
    setup = case.get("setup", {})
    # It has no list of origins, and a window of 15 alone.
    deflate = {key: value for key, value in setup.get("deflate", {}).items()
               if key != "smallest_window_bits" and value is not False}
    if "origins" in setup or any(value != 15 for value in deflate.values()):
        return None

    async def handle(request):
        if request.method != "GET":  # as a route would say
            raise web.HTTPMethodNotAllowed(request.method, ["GET"])
        found = web.WebSocketResponse(protocols=setup.get("subprotocols", []),
                                      compress="deflate" in setup)
        await found.prepare(request)
        await found.receive()
        return found

    runner = web.ServerRunner(web.Server(handle, access_log=None), shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    written, closed = b"", False
    try:
        writer.write(adapter.octets(case["request"]))
        if "end" in case:
            writer.write_eof()
        while b"\r\n\r\n" not in written or answer_of(case, written) is None:
            piece = await asyncio.wait_for(reader.read(65536), WAIT)
            if not piece:
                closed = True
                break
            written += piece
    except asyncio.TimeoutError:
        pass
    except ConnectionError:
        closed = True
    writer.close()
    await runner.cleanup()
    return answer_of(case, written) or {"outcome": "close" if closed else "incomplete"}


async def play_client(case):
    _, target, _, asked, _ = adapter.parts_of(adapter.octets(case["request"]))
    extensions = adapter.value_of(asked, b"sec-websocket-extensions")
    if extensions not in (None, "permessage-deflate; client_max_window_bits"):
        return None  # It makes no other offer.
    subprotocols = adapter.value_of(asked, b"sec-websocket-protocol")

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(adapter.octets(case["response"]))
        if "end" in case:
            writer.close()
        try:
            await reader.read()
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}{adapter.text(target)}"
    session = aiohttp.ClientSession()
    try:
        call = session.ws_connect(url, protocols=subprotocols.split(", ") if subprotocols else (),
                                  compress=15 if extensions else 0)
        opened = await asyncio.wait_for(call, WAIT)
        opened._response.close()
        return {"outcome": "switched", "protocol": "websocket", "subprotocol": opened.protocol}
    except aiohttp.WSServerHandshakeError as failed:
        if failed.status == 101:
            return {"outcome": "failed"}
        return {"outcome": "refused", "status": failed.status}
    except (aiohttp.ClientError, ValueError):
        return {"outcome": "failed"}
    except asyncio.TimeoutError:
        return {"outcome": "incomplete"}
    finally:
        await session.close()
        server.close()


async def play(case):
    wanted = adapter.as_websocket(case) if case["role"] in {"server", "client"} else None
    if wanted is None:
        return None
    player = play_server if case["role"] == "server" else play_client
    return adapter.of_websocket(case, await player(wanted))


async def answer(case, slots):
    async with slots:
        try:
            found = await play(case) or adapter.SKIP
        except Exception as failed:  # is an outcome too
            print(f"{case['id']}: {failed!r}", file=sys.stderr)
            found = {"outcome": "exception"}
    print(json.dumps({"id": case["id"], **found}), flush=True)


async def main():
    cases = [json.loads(line) for line in sys.stdin]
    slots = asyncio.Semaphore(16)
    await asyncio.gather(*(answer(case, slots) for case in cases))


logging.disable(logging.CRITICAL)
asyncio.run(main())
