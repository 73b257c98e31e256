#!/usr/bin/env python3
"""Starts other people's proxies, configured as docs/recipes.md says, in front of our server.

Usage: proxies.py FOLDER [--write]

FOLDER is where the examples were built. Prints a table; exit status 1 if something did not work that
works by the table of the page. --write puts this table there. What is not installed is left out.
"""
import asyncio
import contextlib
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "tests/interop"))
from peers import HELLO, Connection, frame, request  # noqa: E402
from websockets.legacy.client import connect  # noqa: E402

# How each program is started: what surrounds the lines of the page, and the command.
PROXIES = {
    "nginx": ("daemon off; pid {folder}/pid; error_log stderr;\nevents {{}}\nhttp {{\n"
              "access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;\n"
              "fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
              "{lines}\n}}\n", ["nginx", "-c", "{file}"]),
    "haproxy": ("{lines}\n", ["haproxy", "-db", "-f", "{file}"]),
    "apache": ("".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in
                       ["mpm_event", "authz_core", "proxy", "proxy_http"]) +
               "ServerName a\nListen 127.0.0.1:8000\nPidFile {folder}/pid\nErrorLog /dev/stderr\n"
               "DefaultRuntimeDir {folder}\nMutex posixsem\n{lines}\n",
               ["apache2", "-X", "-f", "{file}"]),
    "caddyfile": ("{{\n  admin off\n}}\n{lines}\n",
                  ["caddy", "run", "--adapter", "caddyfile", "--config", "{file}"]),
    "lighttpd": ('server.document-root = "{folder}"\nserver.port = 8000\n'
                 'server.bind = "127.0.0.1"\n{lines}\n', ["lighttpd", "-D", "-f", "{file}"]),
    "nghttpx": ("workers=1\n{lines}\n", ["nghttpx", "--conf={file}"]),
}
VERSIONS = {"nginx": ["nginx", "-v"], "haproxy": ["haproxy", "-v"], "apache": ["apache2", "-v"],
            "caddyfile": ["caddy", "version"], "lighttpd": ["lighttpd", "-v"],
            "nghttpx": ["nghttpx", "--version"]}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def running(command, port):
    """A program, once its port takes connections."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                if process.poll() is not None:
                    sys.exit(f"{command}: {process.stderr.read().decode()}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()  # Apache sometimes waits for itself.


@contextlib.contextmanager
def own_proxy(program, server_port):
    """One of our own proxies: its port."""
    port = free_port()
    with running([program, str(port), str(server_port)], port):
        yield port


@contextlib.contextmanager
def proxy(name, lines, server_port):
    """A proxy with the lines of the page in front of the server: its port."""
    port = free_port()
    around, command = PROXIES[name]
    with tempfile.TemporaryDirectory() as folder:
        text = around.format(folder=folder, lines="{lines}").replace("8000", str(port))
        lines = lines.replace("8000", str(port)).replace("8080", str(server_port))
        file = pathlib.Path(folder, "config")
        file.write_text(text.replace("{lines}", lines))
        with running([part.format(file=file) for part in command], port):
            yield port


async def echoes(port, count=20):
    """Messages of several sizes come back over one connection."""
    async with connect(f"ws://127.0.0.1:{port}/ws", compression=None) as peer:
        for i in range(count):
            message = "m" * (i * 40)
            await peer.send(message)
            if await asyncio.wait_for(peer.recv(), 5) != message:
                return False
    return True


def pages(port):
    """Two pages over one connection."""
    with Connection(socket.create_connection(("127.0.0.1", port), 5)) as connection:
        for _ in range(2):
            connection.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            head = connection.take_head()
            if head.status != 200:
                return False
            length = head["Content-Length"] or head["content-length"]
            connection.take(int(length))
    return True


def early_octets(port):
    """Octets that come together with the request reach the server after the switch."""
    with Connection(socket.create_connection(("127.0.0.1", port), 5)) as connection:
        connection.send(request(start="GET /ws HTTP/1.1") + HELLO)
        if connection.take_head().status != 101:
            return False
        return connection.take_frame()[1] == b"Hello"


def refusal(port):
    """A WebSocket of a wrong version is refused with 426, and the client sees it."""
    with Connection(socket.create_connection(("127.0.0.1", port), 5)) as connection:
        connection.send(request({"Sec-WebSocket-Version": "12"}, start="GET /ws HTTP/1.1"))
        return connection.take_head().status == 426


def declined(port):
    """Where there is no WebSocket, the offer is answered as an ordinary request."""
    with Connection(socket.create_connection(("127.0.0.1", port), 5)) as connection:
        connection.send(request(start="GET /none HTTP/1.1"))
        return connection.take_head().status == 404


CHECKS = {"pages": pages, "echo": lambda port: asyncio.run(echoes(port)),
          "early octets": early_octets, "426": refusal, "declined": declined}


def result_of(check, port):
    try:
        return "yes" if check(port) else "no"
    except Exception as error:  # noqa: BLE001
        return f"no: {type(error).__name__}"


def results(port):
    return [result_of(check, port) for check in CHECKS.values()]


def rows(folder, blocks):
    """A row for each proxy that is there."""
    server_port = free_port()
    with running([folder / "poll_server", str(server_port)], server_port):
        for name in ["relay_proxy", "reverse_proxy"]:
            with own_proxy(folder / name, server_port) as port:
                yield [f"examples/{name}", *results(port)]
        for name in PROXIES:
            if not shutil.which(VERSIONS[name][0]):
                print(f"{name} is not installed: left out", file=sys.stderr)
                continue
            said = subprocess.run(VERSIONS[name], capture_output=True, text=True)
            version = re.search(r"\d+\.\d+[.\w]*", said.stdout + said.stderr)[0]
            with proxy(name, blocks[name], server_port) as port:
                yield [f"{name} {version}", *results(port)]


def main():
    path = TOP / "docs/recipes.md"
    page = path.read_text()
    blocks = dict(re.findall(r"(?ms)^```(\w+)\n(.*?)^```", page))
    known = {tuple(line.strip("| ").split(" | ")[0].split()[:1]): line for line in page.splitlines()
             if line.startswith("| ")}
    lines = [["proxy", *CHECKS], ["---"] * (len(CHECKS) + 1), *rows(pathlib.Path(sys.argv[1]), blocks)]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    print(table)
    if "--write" in sys.argv:
        path.write_text(re.sub(r"(?m)(^\|.*\n)+", table, page, count=1))
        return
    worse = [line[0] for line in lines[2:]
             if line[1:] != known.get((line[0].split()[0],), "").strip("| ").split(" | ")[1:]]
    sys.exit(f"not as docs/recipes.md has it: {', '.join(worse)}" if worse else 0)


if __name__ == "__main__":
    main()
