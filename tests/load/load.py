#!/usr/bin/env python3
"""Loads the examples' servers and proxies: many connections at once, slow peers, and resets.

Usage: load.py FOLDER [--connections N] [--write FILE]

FOLDER is where the examples were built. Prints a page; exit status 1 if anything was lost.
"""
import argparse
import asyncio
import contextlib
import os
import pathlib
import platform
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
from peers import ACCEPT, HELLO, TEXT, request

MESSAGES = 5  # on each connection
SLOW = 200  # peers of each slow kind
RESETS = 50  # connections that are reset in each state
HEAD_SECONDS = 10  # As in examples/common/stream.hpp.


class Subject:
    """One of the examples, as a process."""

    def __init__(self, folder, name, path, *arguments):
        self.name, self.path = name, path
        self.process = subprocess.Popen([folder / name, "0", *map(str, arguments)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        line = self.process.stdout.readline()
        self.port = int(re.search(r":(\d+)/", line)[1])
        # What it prints is dropped, so that the pipe is never full.
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stdout,
                                      stdout=subprocess.DEVNULL)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.drain.wait()

    def resident(self):
        """How many octets of memory it has."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", text)[1]) * 1024

    def descriptors(self):
        return len(list(pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir()))


def head_for(subject):
    return request(start=f"GET {subject.path} HTTP/1.1")


def masked(message):
    """A frame of a client with a text of less than 64 KiB."""
    size = len(message)
    sizes = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    mask = random.randbytes(4)
    stream = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    content = (int.from_bytes(message, "big") ^ stream).to_bytes(size, "big")
    return bytes([0x80 | TEXT]) + sizes + mask + content


class Peer:
    """A client's connection."""

    def __init__(self, subject):
        self.subject = subject

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.subject.port)

    async def switch(self):
        """Asks for a WebSocket; raises unless it gets one."""
        self.writer.write(head_for(self.subject))
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 101 ") or ACCEPT.encode() not in answer:
            raise ConnectionError(answer)

    async def echo(self, message):
        """Sends a message; raises unless it comes back."""
        self.writer.write(masked(message))
        first, size = await self.reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2), "big")
        back = await self.reader.readexactly(size)
        if first != 0x80 | TEXT or back != message:
            raise ConnectionError(f"{first:x} {back!r} for {message!r}")

    async def close(self):
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()

    async def reset(self):
        """Ends the connection so that the other side finds it broken."""
        connected = self.writer.get_extra_info("socket")
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


async def settle(subject, descriptors):
    """Waits until the program has no more descriptors than before. Returns how many are left."""
    for _ in range(100):
        if subject.descriptors() <= descriptors:
            break
        await asyncio.sleep(0.1)
    return subject.descriptors() - descriptors


async def many_at_once(subject, connections):
    """Opens that many WebSockets, which are all open before the first message."""
    before, memory = subject.descriptors(), subject.resident()
    peers = [Peer(subject) for _ in range(connections)]
    done = {"handshakes": 0, "messages": 0}
    everyone = asyncio.Event()

    async def talk(peer):
        await peer.open()
        await peer.switch()
        done["handshakes"] += 1
        if done["handshakes"] == connections:
            done["memory"] = subject.resident() - memory
            done["opened"] = time.monotonic() - began
            everyone.set()
        await everyone.wait()
        for _ in range(MESSAGES):
            await peer.echo(random.randbytes(random.randrange(1, 450)).hex().encode())
            done["messages"] += 1

    began = time.monotonic()
    failed = [one for one in await asyncio.gather(*map(talk, peers), return_exceptions=True) if one]
    took = time.monotonic() - began
    await asyncio.gather(*(peer.close() for peer in peers))
    left = await settle(subject, before)
    lost = connections * MESSAGES - done["messages"]
    row = [subject.name, str(done["handshakes"]), f"{done.get('opened', 0):.1f} s",
           str(done["messages"]), str(lost), f"{took:.1f} s",
           f"{done.get('memory', 0) / connections / 1024:.1f} KiB", str(left)]
    return row, [repr(one) for one in failed[:3]] + ([f"{left} descriptors left"] if left else [])


async def slow_peers(subject):
    """Peers that stall, that send one octet now and then, and that end in the middle of a head."""
    before = subject.descriptors()
    head = head_for(subject)

    async def stalls(peer):
        peer.writer.write(head[:40])

    async def drips(peer):
        with contextlib.suppress(OSError):
            for octet in head:
                peer.writer.write(bytes([octet]))
                await asyncio.sleep(1)

    async def ends(peer):
        peer.writer.write(head[:40])
        peer.writer.write_eof()

    async def one(kind):
        peer = Peer(subject)
        await peer.open()
        began = time.monotonic()
        sends = asyncio.create_task(kind(peer))
        answer = b""
        with contextlib.suppress(OSError):
            answer = await asyncio.wait_for(peer.reader.read(), 3 * HEAD_SECONDS)
        took = time.monotonic() - began
        sends.cancel()
        await peer.close()
        return answer.split(b"\r\n")[0].decode(), took

    rows, failed = [], []
    kinds = [("stall after 40 octets of a head", stalls, "408"),
             ("send an octet each second", drips, "408"),
             ("end after 40 octets of a head", ends, "400")]
    for said, kind, status in kinds:
        seen = await asyncio.gather(*(one(kind) for _ in range(SLOW)))
        answers = {answer for answer, _ in seen}
        times = [took for _, took in seen]
        rows.append([subject.name, said, str(SLOW), ", ".join(sorted(answers)),
                     f"{min(times):.1f} to {max(times):.1f} s"])
        if any(f" {status} " not in answer for answer in answers) or max(times) > HEAD_SECONDS + 5:
            failed.append(f"{said}: {rows[-1]}")
    if left := await settle(subject, before):
        failed.append(f"{left} descriptors left")
    return rows, failed


async def resets(subject):
    """Peers that reset the connection in each state of it."""
    before = subject.descriptors()
    head = head_for(subject)

    async def nothing(peer):
        pass

    async def half_a_head(peer):
        peer.writer.write(head[:len(head) // 2])

    async def a_head(peer):
        peer.writer.write(head)

    async def switched(peer):
        await peer.switch()

    async def half_a_frame(peer):
        await peer.switch()
        peer.writer.write(HELLO[:4])

    async def a_frame(peer):
        await peer.switch()
        peer.writer.write(HELLO)

    async def echoed(peer):
        await peer.switch()
        await peer.echo(b"Hello")

    async def one(state):
        peer = Peer(subject)
        await peer.open()
        await state(peer)
        await asyncio.sleep(random.random() / 10)
        await peer.reset()

    states = [nothing, half_a_head, a_head, switched, half_a_frame, a_frame, echoed]
    failed = []
    for state in states:
        ended = await asyncio.gather(*(one(state) for _ in range(RESETS)), return_exceptions=True)
        failed += [repr(error) for error in ended if error][:1]
    left = await settle(subject, before)
    peer = Peer(subject)
    await peer.open()
    await peer.switch()
    await peer.echo(b"still here")
    await peer.close()
    names = ", ".join(state.__name__.replace("_", " ") for state in states)
    row = [subject.name, names, str(RESETS * len(states)), str(left), "yes"]
    return row, failed + ([f"{left} descriptors left"] if left else [])


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


async def load(folder, connections):
    """The page, and what went wrong."""
    echo = Subject(folder, "websocket_echo_server", "/echo")
    poll = Subject(folder, "poll_server", "/ws")
    down = Subject(folder, "gateway_down", "/echo", echo.port)
    subjects = [echo, poll, Subject(folder, "asio_coroutines_server", "/ws"),
                Subject(folder, "relay_proxy", "/echo", echo.port),
                Subject(folder, "reverse_proxy", "/ws", poll.port)]
    # Up to HTTP/2 and down again: all tunnels are streams of one connection between the gateways.
    tunnels = Subject(folder, "gateway_up", "/echo", down.port)
    rows, slow_rows, reset_rows, failed = [], [], [], []
    try:
        for subject in subjects:
            print(f"{subject.name}: {connections} connections", file=sys.stderr)
            row, wrong = await many_at_once(subject, connections)
            rows.append(row)
            failed += [f"{subject.name}: {one}" for one in wrong]
            print(f"{subject.name}: resets", file=sys.stderr)
            row, wrong = await resets(subject)
            reset_rows.append(row)
            failed += [f"{subject.name}: {one}" for one in wrong]
        print(f"{tunnels.name}: {connections} connections", file=sys.stderr)
        row, wrong = await many_at_once(tunnels, connections)
        rows.append(row)
        failed += [f"{tunnels.name}: {one}" for one in wrong]
        # The others wait for a minute, and answer nothing then.
        for subject in subjects[0], subjects[3]:
            print(f"{subject.name}: slow peers", file=sys.stderr)
            more, wrong = await slow_peers(subject)
            slow_rows += more
            failed += [f"{subject.name}: {one}" for one in wrong]
    finally:
        for subject in [*subjects, down, tunnels]:
            subject.end()
    return page(connections, rows, slow_rows, reset_rows), failed


def page(connections, rows, slow_rows, reset_rows):
    return f"""# Load

`sh tests/load.sh` measures the programs of `examples/` on loopback. The client is a Python program that shares {len(os.sched_getaffinity(0))}
processors ({platform.machine()}) with them, and most of the time is its own. What does not depend on the client: no message is lost,
each connection costs little memory, and no peer stays longer than its deadline. Servers that reset their proxy are in
`tests/interop/hostile_test.py`.

## {connections} WebSockets at once

All connections are open before the first message; each sends {MESSAGES} messages of 2 to 898 octets and compares the echoes.
Memory is how much the process grew for each connection after all have switched, with the example's buffers. A proxy
has a second connection for each; the gateway has a stream of HTTP/2 for each, and another gateway after it.

{table(["program", "handshakes", "after", "messages", "lost", "after", "memory each",
        "descriptors left"], rows)}
## Slow peers, and peers that close early

{table(["program", "peers that", "how many", "answered with", "gone after"], slow_rows)}
## Resets in every state

{table(["program", "reset after", "connections", "descriptors left", "serves on"], reset_rows)}"""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--connections", type=int, default=2000)
    arguments.add_argument("--write", type=pathlib.Path)
    given = arguments.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    text, failed = asyncio.run(load(given.folder, given.connections))
    print(text)
    if given.write:
        given.write.write_text(text)
    sys.exit("\n".join(failed) or 0)


if __name__ == "__main__":
    main()
