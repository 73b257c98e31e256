"""Who the peers are: how each one is called, and its version."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class Known:
    """The peers in the folder where run.sh put them. A version of None: it is not there."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {**os.environ, "NODE_PATH": str(folder / "node_modules")}

    def said(self, *command, pattern=r"(\d+\.[\w.+-]+)"):
        """What a pattern finds in what a program says."""
        with contextlib.suppress(OSError, TypeError):
            ended = subprocess.run(command, capture_output=True, text=True)
            return re.search(pattern, ended.stdout + ended.stderr)[1]

    def pip(self, package):
        return self.said(self.folder / "python/bin/pip", "show", package, pattern=r"Version: (\S+)")

    def npm(self, package):
        with contextlib.suppress(OSError):
            return json.loads((self.folder / f"node_modules/{package}/package.json").read_text())["version"]

    def in_file(self, name, pattern):
        with contextlib.suppress(OSError, TypeError):
            return re.search(pattern, (self.folder / name).read_text())[1]

    def go(self, module):
        return self.in_file("go/go.mod", rf"{module} v(\S+)")

    def rust(self, crate):
        return self.in_file("rust/Cargo.lock", rf'name = "{crate}"\nversion = "(.*?)"')

    def java(self, jar):
        found = [re.fullmatch(rf"{jar}-(\d.*)\.jar", path.name) for path in self.folder.glob("java/lib/*.jar")]
        return next((one[1] for one in found if one), None)

    def debian(self, package):
        return self.said("dpkg-query", "-W", package, pattern=r"\t(?:\d+:)?(\d[\d.]*)")

    def jdk(self):
        built = (self.folder / "java/JavaPeer.class").exists()
        return self.said("java", "-version", pattern=r'"(.*?)"') if built else None

    def node(self):
        return self.said("node", "--version", pattern=r"v(\S+)")

    def docker(self):
        return self.said("docker", "--version", pattern=r"Docker version ([\d.]+)")

    def python_peer(self, library):
        return [self.folder / "python/bin/python", "-B", HERE / "python_peers.py", library]

    def node_peer(self, library):
        return ["node", HERE / "node_peers.js", library]

    def go_peer(self, library):
        return [self.folder / "go_peers", library]

    def rust_peer(self, library):
        return [self.folder / "rust_peers", library]

    def java_peer(self, name):
        return ["java", "-cp", f"{self.folder}/java:{self.folder}/java/lib/*", name]

    def websockets(self):
        """Those that speak WebSocket: name, version, command, and whether it has a server too."""
        return [self.if_there(*one) for one in self._websockets()]

    def if_there(self, name, version, command, *more):
        """A peer, without a version if its program is not there."""
        return (name, version if shutil.which(command[0]) else None, command, *more)

    def _websockets(self):
        chromium = shutil.which("chromium") or "chromium"
        return [
            ("Chromium", self.said(chromium, "--version"), ["python3", "-B", HERE / "chromium_peer.py"], False),
            ("Python websockets", self.pip("websockets"), self.python_peer("websockets"), True),
            ("Python wsproto", self.pip("wsproto"), self.python_peer("wsproto"), True),
            ("Python aiohttp", self.pip("aiohttp"), self.python_peer("aiohttp"), True),
            ("Python httpx-ws", self.pip("httpx-ws"), self.python_peer("httpx_ws"), False),
            ("npm ws", self.npm("ws"), self.node_peer("ws"), True),
            ("npm undici", self.npm("undici"), self.node_peer("undici"), False),
            ("Go gorilla", self.go("github.com/gorilla/websocket"), self.go_peer("gorilla"), True),
            ("Go coder", self.go("github.com/coder/websocket"), self.go_peer("coder"), True),
            ("Go gobwas", self.go("github.com/gobwas/ws"), self.go_peer("gobwas"), True),
            ("Rust tungstenite", self.rust("tungstenite"), self.rust_peer("tungstenite"), True),
            ("Rust fastwebsockets", self.rust("fastwebsockets"), self.rust_peer("fastwebsockets"), True),
            ("Java HttpClient", self.jdk(), self.java_peer("JavaPeer"), False),
            ("OkHttp", self.java("okhttp-jvm"), self.java_peer("OkHttpPeer"), False),
            ("Netty", self.java("netty-codec-http"), self.java_peer("NettyPeer"), True),
            ("Boost.Beast", self.debian("libboost1.81-dev"), [self.folder / "beast_peers"], True),
            ("websocketpp", self.debian("libwebsocketpp-dev"), [self.folder / "websocketpp_peers"], True),
            ("libwebsockets", self.debian("libwebsockets-dev"), [self.folder / "libwebsockets_peers"], True),
        ]
