#!/usr/bin/env python3
"""Measures what other people's proxies do with the server cases of tests/vectors.

Usage: measure.py [PROXY...]

Each proxy runs with the configuration of docs/recipes.md in front of a server that switches whenever
it is asked to. Writes tests/vectors/measured/intermediaries.json, which the models of
`turnout-inspect chain` are fitted to; with names, only prints what these do. An answer that was another one before
is asked for again, of proxies that have just started, and stays if one of them still gives it: with each start,
HAProxy 2.6 either forwards two kinds of broken trailers or refuses them.
"""
import asyncio
import base64
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys

import proxies

sys.path.insert(0, str(proxies.TOP / "tests/vectors"))
import suite  # noqa: E402

MEASURED = suite.FOLDER / "measured" / "intermediaries.json"
NAMES = {"apache": "Apache httpd", "caddyfile": "Caddy", "haproxy": "HAProxy"}
ONLY_WEBSOCKET = {"apache"}  # by its configuration
QUIET = 0.25  # seconds in which what is on its way arrives
PATIENCE = 2.0  # seconds after which a request counts as incomplete
STARTS = 8  # of a proxy, to see again what it did before


def field(head, name):
    found = re.search(rb"(?im)^" + name + rb"[ \t]*:[ \t]*(.*?)[ \t]*\r?$", head)
    return found[1] if found else b""


def answer_to(head):
    """What the server answers to a request head: a 101 if it is asked for one."""
    if not field(head, b"upgrade") or b"upgrade" not in field(head, b"connection").lower():
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    protocol = field(head, b"upgrade").split(b",")[0].strip()
    digest = hashlib.sha1(field(head, b"sec-websocket-key") + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
    return (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol +
            b"\r\nSec-WebSocket-Accept: " + base64.b64encode(digest.digest()) + b"\r\n\r\n")


class Server:
    """Remembers what it got with the last request."""

    def forget(self):
        self.head = None  # of the request
        self.after = b""  # what came after the 101

    async def serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.head = head
            await read_for(reader, QUIET)
            answer = answer_to(head)
            writer.write(answer)
            while b" 101 " in answer and (more := await reader.read(65536)):
                self.after += more
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # A proxy may close when it likes.
        finally:
            writer.close()


async def read_for(reader, seconds):
    """What comes within some time."""
    octets = b""
    try:
        async with asyncio.timeout(seconds):
            while more := await reader.read(65536):
                octets += more
    except (TimeoutError, OSError):
        pass
    return octets


async def status_of(reader):
    """The final status that the client gets; 0 if the connection ends without, None if nothing comes."""
    octets = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while more := await reader.read(65536):
                octets += more
                for status in re.findall(rb"HTTP/1\.[01] (\d{3})", octets):
                    if status == b"101" or status[:1] != b"1":
                        return int(status)
    except TimeoutError:
        return None
    except OSError:
        pass
    return 0


async def outcome_of(server, port, request):
    """What the proxy does with one request, in the words of tests/vectors."""
    server.forget()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        status = await status_of(reader)
        if status == 101:
            await read_for(reader, QUIET)
            return f"switch {len(server.after)}"
        if status is None:
            return "incomplete"
        return "ordinary" if status == 200 and server.head else f"refuse {status}"
    finally:
        writer.close()


async def measure(name, lines, cases):
    server = Server()
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=1 << 20)
    with proxies.proxy(name, lines, listener.sockets[0].getsockname()[1]) as port:
        return {case["id"]: await outcome_of(server, port, case["request"].encode("latin-1"))
                for case in cases if name not in ONLY_WEBSOCKET or case["profile"] == "websocket"}


def measured_before(name):
    """The answers that are kept."""
    kept = json.loads(MEASURED.read_text(encoding="ascii")) if MEASURED.exists() else []
    return next((one["answers"] for one in kept if one["name"] == NAMES.get(name, name)), {})


def measured(name, lines, cases):
    said = subprocess.run(proxies.VERSIONS[name], capture_output=True, text=True, check=False)
    version = re.search(r"\d+\.\d+[.\w]*", said.stdout + said.stderr)[0]
    answers = asyncio.run(measure(name, lines, cases))
    before = measured_before(name)
    for case in cases * STARTS:
        if before.get(case["id"]) not in {None, answers.get(case["id"])}:
            answers |= asyncio.run(measure(name, lines, [case]))
    return {"name": NAMES.get(name, name), "version": version, "answers": answers}


def main():
    cases = [case for case in suite.cases()
             if case["role"] == "server" and case["profile"] in {"websocket", "foo/2"}]
    blocks = dict(re.findall(r"(?ms)^```(\w+)\n(.*?)^```", (proxies.TOP / "docs/recipes.md").read_text()))
    # The cases have a host of their own, which Caddy compares.
    blocks["caddyfile"] = blocks["caddyfile"].replace("127.0.0.1:8000", ":8000")
    names = [name for name in sys.argv[1:] or proxies.PROXIES if shutil.which(proxies.VERSIONS[name][0])]
    with concurrent.futures.ProcessPoolExecutor(len(names)) as pool:
        jobs = [pool.submit(measured, name, blocks[name], cases) for name in names]
        found = [job.result() for job in jobs]
    text = json.dumps(found, indent=1) + "\n"
    if sys.argv[1:]:
        print(text)
    else:
        MEASURED.write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
