"""Other protocols than WebSocket, in both directions."""
import re
import shutil
import subprocess
import tempfile

from tap import tap
from websocket_peers import ours, server

SECONDS = 40


def said_by(known, command, text=""):
    """What a program wrote; nothing if it failed."""
    try:
        ended = subprocess.run(list(map(str, command)), input=text, capture_output=True, text=True, timeout=SECONDS,
                               env={**known.environment, "HOME": known.home})
    except subprocess.TimeoutExpired:
        return ""
    return ended.stdout if ended.returncode == 0 else ""


def clients(known):
    """Each with the server of ours that it asks, how it is called, and what it has to write."""
    upgraded = "This page came over HTTP/2, by upgrade"
    echoed = '"echoed": ?true'
    curl = ["curl", "--disable", "--noproxy", "*", "-sS"]
    return [
        ("curl", known.said("curl", "--version"), "h2c_server", [*curl, "--http2", "http://{}/"], upgraded),
        ("nghttp", known.said("nghttp", "--version", pattern=r"/(\S+)"), "h2c_server",
         ["nghttp", "--upgrade", "http://{}/"], upgraded),
        ("Java HttpClient", known.jdk(), "h2c_server", [*known.java_peer("PagePeer"), "page", "http://{}/"], upgraded),
        ("Netty", known.java("netty-codec-http2"), "h2c_server",
         [*known.java_peer("NettyPeer"), "page", "http://{}/"], upgraded),
        ("Apache HttpClient", known.java("httpclient5"), "h2c_server",
         [*known.java_peer("ApachePeer"), "page", "http://{}/"], r"^200 [1-9]"),
        ("Docker", known.docker(), "docker_attach_server", ["docker", "--host", "tcp://{}", "attach", "box"],
         "HELLO"),
        ("Node http", known.node(), "docker_attach_server", [*known.node_peer("http"), "client", "http://{}"], echoed),
        ("Rust hyper", known.rust("hyper"), "docker_attach_server",
         [*known.rust_peer("hyper"), "client", "http://{}"], echoed),
    ]


def servers(known):
    """Each with how it is called, and the client of ours that asks it."""
    return [
        ("Netty", known.java("netty-codec-http2"), [*known.java_peer("NettyPeer"), "h2c_server"], "h2c_client"),
        ("Node http", known.node(), [*known.node_peer("http"), "server"], "docker_attach_client"),
        ("Rust hyper", known.rust("hyper"), [*known.rust_peer("hyper"), "server"], "docker_attach_client"),
    ]


def row(name, version, role, passed, worked):
    """What both sides said of the first connection on which an upgrade was asked for."""
    asked = next((one for one in passed if one.field(one.request, "Upgrade")), None)
    if asked is None:
        return [name, version, role, "none", "nothing was asked for", "yes" if worked else "no"]
    answer = "switched" if asked.status == 101 else f"declined: {asked.status}"
    return [name, version, role, asked.field(asked.request, "Upgrade"), answer, "yes" if worked else "no"]


def rows(examples, known):
    return ["peer", "version", "role", "token", "answer", "worked"], _rows(examples, known)


def _rows(examples, known):
    with tempfile.TemporaryDirectory() as known.home:
        for name, version, program, command, wanted in clients(known):
            if version is None or not shutil.which(command[0]):
                yield name, None, True
                continue
            with ours(examples, program) as port, tap(port) as (there, passed):
                said = said_by(known, [str(part).replace("{}", f"127.0.0.1:{there}") for part in command], "hello\n")
            worked = bool(re.search(wanted, said))
            yield name, row(name, version, "client", passed, worked), worked
        for name, version, command, program in servers(known):
            if version is None or not shutil.which(command[0]):
                yield name, None, True
                continue
            with server(command, environment=known.environment) as port, tap(port) as (there, passed):
                worked = bool(said_by(known, [examples / program, there]))
            yield name, row(name, version, "server", passed, worked), worked
