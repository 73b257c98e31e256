"""A server on Python's websockets."""
import asyncio
import contextlib
import logging

from websockets.asyncio.server import serve

logging.disable(logging.CRITICAL)


async def talk(peer):
    with contextlib.suppress(Exception):
        await peer.wait_closed()


async def main():
    async with serve(talk, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
