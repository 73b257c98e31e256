#!/usr/bin/env python3
"""Prints docs/interop.md: our WebSocket server and client among other people's.

Usage: table.py EXAMPLES PEERS [--write FILE]

EXAMPLES is where ours were built, PEERS where run.sh put the others. Exit status 1 if something did
not work. A peer that is not there is left out.
"""
import contextlib
import datetime
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def commands(peers):
    """How each peer is called, by its name, and what its version is."""
    python = [peers / "python/bin/python", "-B", HERE / "python_peers.py"]
    found = {}

    def add(name, command, library, version):
        if pathlib.Path(command[0]).exists() or command[0] in ("node", "java"):
            with contextlib.suppress(OSError, KeyError, TypeError, subprocess.CalledProcessError):
                found[name] = ([*map(str, command), library], version())

    def pip(package):
        shown = subprocess.check_output([peers / "python/bin/pip", "show", package], text=True,
                                        stderr=subprocess.DEVNULL)
        return re.search(r"Version: (\S+)", shown)[1]

    def npm(package):
        return json.loads((peers / f"node_modules/{package}/package.json").read_text())["version"]

    def go(module):
        return re.search(rf"{module} v(\S+)", (peers / "go/go.mod").read_text())[1]

    for library, package in [("websockets", "websockets"), ("aiohttp", "aiohttp"),
                             ("httpx_ws", "httpx-ws")]:
        add(f"Python {package}", python, library, lambda package=package: pip(package))
    for library in "ws", "undici":
        add(f"npm {library}", ["node", peers / "node_peers.js"], library,
            lambda library=library: npm(library))
    for library, module in [("gorilla", "github.com/gorilla/websocket"),
                            ("coder", "github.com/coder/websocket"),
                            ("gobwas", "github.com/gobwas/ws")]:
        add(f"Go {library}", [peers / "go_peers"], library, lambda module=module: go(module))
    add("Rust tungstenite", [peers / "rust_peers"], "tungstenite",
        lambda: re.search(r'name = "tungstenite"\nversion = "(.*?)"',
                          (peers / "rust/Cargo.lock").read_text())[1])
    add("Java HttpClient", ["java", "-cp", peers], "JavaPeer",
        lambda: subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)
        .stderr.split('"')[1])
    return found


@contextlib.contextmanager
def server(command, pattern=r"(\d+)"):
    """A server: its port, from the first line that it prints."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(re.search(pattern, process.stdout.readline())[1])
        finally:
            process.kill()


def as_clients(examples, peers):
    """A row for each peer that has a client, against our server."""
    with server([examples / "websocket_echo_server", "0"], r":(\d+)/") as port:
        for name, (command, version) in peers.items():
            try:
                said = subprocess.run([*command, "client", f"ws://127.0.0.1:{port}"], timeout=20,
                                      check=True, capture_output=True, text=True)
                saw = json.loads(said.stdout)
            except (subprocess.SubprocessError, ValueError) as error:
                yield [name, version, f"failed: {type(error).__name__}", "", "", "", ""], False
                continue
            good = (saw["subprotocol"] == "chat" and saw["echoed"] and saw["closed"] == 1000
                    and saw["refused"] in (404, "yes"))
            yield [name, version, saw["subprotocol"], "yes" if saw["compressed"] else "not offered",
                   "yes" if saw["echoed"] else "no", str(saw["closed"]), str(saw["refused"])], good


def as_servers(examples, peers):
    """A row for each peer that has a server, with our client."""
    for name, (command, version) in peers.items():
        if re.search("httpx|undici|Java", name):
            continue
        with server([*command, "server"]) as port:
            said = subprocess.run(
                [examples / "websocket_echo_client", str(port), "Hello", "zzz, chat",
                 "permessage-deflate; client_max_window_bits"],
                timeout=20, capture_output=True, text=True)
        echoed = said.returncode == 0
        subprotocol = re.search(r"(?i)< sec-websocket-protocol: (\S+)", said.stdout)
        compressed = "messages are compressed" in said.stdout
        yield [name, version, subprotocol[1] if subprotocol else "none",
               "yes" if compressed else "not agreed", "yes" if echoed else "no"], echoed


def table(head, rows):
    return "".join(f"| {' | '.join(line)} |\n" for line in [head, ["---"] * len(head), *rows])


def main():
    examples, folder = map(pathlib.Path, sys.argv[1:3])
    peers = commands(folder.resolve())
    clients, servers = list(as_clients(examples, peers)), list(as_servers(examples, peers))
    text = f"""# Interoperability

What `sh tests/peers/run.sh` found on {datetime.date.today()}, with the newest versions in the package registries of the languages.
curl, Chromium, Debian's Python, npm's `ws`, Java, nghttp, nghttpx and Docker's command line are part of `sh tests/run.sh`;
proxies are in [recipes.md](recipes.md).

## Their clients, our server (`examples/websocket_echo`)

Each client offers the subprotocols `zzz` and `chat`, of which the server speaks `chat`, sends three texts of 0 to
10,000 octets, and closes with 1000. It also asks once for a path without a WebSocket.

{table(["client", "version", "subprotocol", "compression", "echo", "closed with", "refused with"],
       [row for row, _ in clients])}
## Our client, their servers

{table(["server", "version", "subprotocol", "compression", "echo"], [row for row, _ in servers])}"""
    print(text)
    if "--write" in sys.argv:
        pathlib.Path(sys.argv[sys.argv.index("--write") + 1]).write_text(text)
    sys.exit(not all(good for _, good in clients + servers))


if __name__ == "__main__":
    main()
