"""Python's servers, as their documentation starts them: `SERVER PORT`. All of them echo."""
import asyncio
import os
import subprocess
import sys


async def application(scope, receive, send):
    """An echo for ASGI servers; for ordinary requests there is nothing."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"7")]})
        await send({"type": "http.response.body", "body": b"nothing"})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({**message, "type": "websocket.send"})


def run_module(name, *arguments):
    """A server that is a program: it takes the place of this one."""
    here = os.path.dirname(os.path.abspath(__file__))
    os.environ["PYTHONPATH"] = here
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.execv(sys.executable, [sys.executable, "-m", name, *arguments])


def uvicorn_auto(port):
    run_module("uvicorn", "--port", port, "--ws", "auto", "--log-level", "critical", "python_servers:application")


def uvicorn_wsproto(port):
    run_module("uvicorn", "--port", port, "--ws", "wsproto", "--log-level", "critical", "python_servers:application")


def hypercorn(port):
    run_module("hypercorn", "--bind", f"127.0.0.1:{port}", "--log-level", "critical", "python_servers:application")


def daphne(port):
    run_module("daphne", "--port", port, "--verbosity", "0", "python_servers:application")


def granian(port):
    run_module("granian", "--interface", "asgi", "--port", port, "--no-log", "python_servers:application")


def websockets(port):
    from websockets.asyncio.server import serve

    async def talk(peer):
        async for message in peer:
            await peer.send(message)

    async def run():
        async with serve(talk, "127.0.0.1", int(port)) as server:
            await server.serve_forever()

    asyncio.run(run())


def tornado(port):
    from tornado import web, websocket

    class Echo(websocket.WebSocketHandler):
        def on_message(self, message):
            self.write_message(message)

    async def serve():
        web.Application([("/.*", Echo)]).listen(int(port), "127.0.0.1")
        await asyncio.Event().wait()

    asyncio.run(serve())


def autobahn(port):
    from autobahn.asyncio.websocket import WebSocketServerFactory, WebSocketServerProtocol

    class Echo(WebSocketServerProtocol):
        def onMessage(self, payload, isBinary):
            self.sendMessage(payload, isBinary)

    async def serve():
        factory = WebSocketServerFactory()
        factory.protocol = Echo
        server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", int(port))
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
