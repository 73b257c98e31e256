"""What is in between: npm's `ws` and socket.io through other people's proxies, and through ours."""
import contextlib
import pathlib
import re
import shutil
import subprocess
import sys

from tap import tap
from websocket_peers import answer_of, compression_of, early_octets, old_version, ours, server

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "proxies"))
import proxies  # noqa: E402


TITLES = {"relay_proxy": "examples/relay", "reverse_proxy": "examples/reverse_proxy", "haproxy": "HAProxy",
          "apache": "Apache httpd", "caddyfile": "Caddy"}


def versions():
    """Each proxy of docs/recipes.md, with its version if it is there."""
    for name, command in proxies.VERSIONS.items():
        version = None
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True)
            version = re.search(r"\d+\.\d+[.\w]*", said.stdout + said.stderr)[0]
        yield name, version


def rows(examples, known):
    head = ["proxy", "version", "token", "subprotocol", "compression", "early octets", "echo", "refusal", "426",
            "closing", "socket.io"]
    return head, _rows(examples, known)


def started(examples, name):
    """Starts a proxy in front of a port."""
    page = (proxies.TOP / "docs/recipes.md").read_text()
    blocks = dict(re.findall(r"(?ms)^```(\w+)\n(.*?)^```", page))
    if name in blocks:
        return lambda port: proxies.proxy(name, blocks[name], port)
    return lambda port: proxies.own_proxy(examples / name, port)


def socketio(known, start):
    """Whether socket.io goes from polling to a WebSocket, and echoes."""
    peer = known.node_peer("socketio")
    try:
        with server([*peer, "server"], environment=known.environment) as port, start(port) as there:
            saw = answer_of([*peer, "client", f"http://127.0.0.1:{there}"], known.environment)
        return "yes" if saw["transport"] == "websocket" and saw["echoed"] else "no"
    except (subprocess.SubprocessError, ValueError) as error:
        return f"no: {type(error).__name__}"


def _rows(examples, known):
    ws = [*known.node_peer("ws"), "client"]
    for name, version in [("relay_proxy", "ours"), ("reverse_proxy", "ours"), *versions()]:
        title = TITLES.get(name, name)
        if version is None or known.npm("ws") is None:
            yield title, None, True
            continue
        start = started(examples, name)
        with contextlib.ExitStack() as open_ones:
            port = open_ones.enter_context(ours(examples, "websocket_echo_server"))
            behind, seen = open_ones.enter_context(tap(port))
            proxy = open_ones.enter_context(start(behind))
            there, passed = open_ones.enter_context(tap(proxy))
            old, _ = open_ones.enter_context(tap(proxy, old_version))
            saw = answer_of([*ws, f"ws://127.0.0.1:{there}"], known.environment)
            upgrade = answer_of([*ws, f"ws://127.0.0.1:{old}"], known.environment)["refused"]
            opened = next(one for one in passed if one.status == 101)
            forwarded = next(one for one in seen if one.status == 101)
            early = early_octets(proxy)
        found = [title, version, forwarded.field(forwarded.request, "Upgrade"), saw["subprotocol"],
                 compression_of(opened), early, "yes" if saw["echoed"] else "no", saw["refused"], upgrade,
                 saw["closed"], socketio(known, start)]
        good = saw["echoed"] and saw["refused"] == 404 and upgrade == 426 and found[-1] == "yes"
        yield title, found, good
