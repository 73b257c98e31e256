"""What is scored: servers, clients and intermediaries, each with its version and its set-up."""
import contextlib
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/peers"))
from known import Known  # noqa: E402

PROGRAMS = HERE / "programs"


@dataclasses.dataclass
class Program:
    """One that is scored. A version of None: it is not there."""

    name: str
    version: str | None
    command: list  # {port}, {to} and {url} are filled in; without {port}, a server prints its port
    setup: str  # how it is configured, in a few words
    path: str = "/"
    driver: list | None = None  # of a client: what is started once, and opens a connection for each case

    @property
    def is_there(self):
        return self.version is not None and (not self.command or shutil.which(str(self.command[0])) is not None)

    @property
    def is_ours(self):
        return self.name.startswith("turnout")


class Scored(Known):
    """The programs in the folder where scores.sh put them."""

    def version_of_ours(self):
        numbers = re.findall(r"define TURNOUT_VERSION_\w+ (\d+)", (ROOT / "include/turnout/version.hpp").read_text())
        return ".".join(numbers)

    def ours(self, name):
        return self.folder / "ours/examples" / name

    def pip(self, package):
        found = next(iter((self.folder / "python").glob(f"lib/*/site-packages/{package}-*.dist-info/METADATA")), None)
        return re.search(r"(?m)^Version: (\S+)", found.read_text())[1] if found else None

    def go_here(self, module):
        return self.in_file("scored-go/go.mod", rf"{module} v(\S+)")

    def rust_here(self, crate):
        return self.in_file("scored-rust/Cargo.lock", rf'name = "{crate}"\nversion = "(.*?)"')

    def java_here(self, jar):
        found = [re.fullmatch(rf"{jar}-(\d.*)\.jar", path.name) for path in self.folder.glob("scored-java/lib/*.jar")]
        return next((one[1] for one in found if one), None)

    def python_server(self, name):
        return [self.folder / "python/bin/python", "-B", PROGRAMS / "python_servers.py", name, "{port}"]

    def driven(self, name, version, driver, setup):
        """A client that is started once, and asked for a connection with a word on its port."""
        ask = 'exec 3<>"/dev/tcp/127.0.0.1/$0"; echo "$1" >&3; read -r <&3'
        return Program(name, version, ["bash", "-c", ask, "{control}", "{url}"], setup, driver=driver)

    def python_client(self, name):
        return [self.folder / "python/bin/python", "-B", PROGRAMS / "python_clients.py", name, "{port}"]

    def with_peers(self, *arguments):
        """A program of Java's that needs the peers."""
        folders = [self.folder / one for one in ("scored-java", "java", "java/lib/*")]
        return ["java", "-cp", ":".join(map(str, folders)), *arguments, "{port}"]

    def java_client(self, name):
        return self.with_peers("Clients", name)

    def node_program(self, *arguments):
        return ["node", PROGRAMS / "node_programs.js", *arguments]

    def go_program(self, *arguments):
        return [self.folder / "scored_go", *arguments]

    def rust_program(self, *arguments):
        return [self.folder / "scored_rust", *arguments]

    def java_server(self, name):
        return ["java", "-XX:TieredStopAtLevel=1", "-cp",
                f"{self.folder}/scored-java:{self.folder}/scored-java/lib/*", "Scored", name, "{port}"]

    def servers(self):
        mine = self.version_of_ours()
        echo = "its echo, with the defaults"
        return [
            Program("turnout, on Asio", mine, [self.ours("websocket_echo_server"), "{port}"],
                    "examples/websocket_echo", "/echo"),
            Program("turnout, on poll", mine, [self.ours("poll_server"), "{port}"], "examples/poll_server", "/ws"),
            Program("Node ws", self.npm("ws"), self.node_program("ws-http", "{port}"),
                    "WebSocketServer({ server }), on Node's http"),
            Program("Node socket.io", self.npm("socket.io"), self.node_program("socket.io", "{port}"),
                    "Server(server), on Node's http", "/socket.io/?EIO=4&transport=websocket"),
            Program("Node faye-websocket", self.npm("faye-websocket"), self.node_program("faye-websocket", "{port}"),
                    "on Node's http"),
            Program("Python websockets", self.pip("websockets"), self.python_server("websockets"),
                    "asyncio.server.serve"),
            Program("Python wsproto", self.pip("wsproto"), [*self.python_peer("wsproto"), "server"],
                    "WSConnection, on sockets"),
            Program("Python aiohttp", self.pip("aiohttp"), [*self.python_peer("aiohttp"), "server"],
                    "web.WebSocketResponse"),
            Program("uvicorn", self.pip("uvicorn"), self.python_server("uvicorn_auto"), "--ws auto, which is websockets"),
            Program("uvicorn, wsproto", self.pip("uvicorn"), self.python_server("uvicorn_wsproto"), "--ws wsproto"),
            Program("Hypercorn", self.pip("hypercorn"), self.python_server("hypercorn"), echo),
            Program("Daphne", self.pip("daphne"), self.python_server("daphne"), "an ASGI echo; on Autobahn and Twisted"),
            Program("Granian", self.pip("granian"), self.python_server("granian"), "an ASGI echo; on hyper"),
            Program("Tornado", self.pip("tornado"), self.python_server("tornado"), "WebSocketHandler"),
            Program("Autobahn", self.pip("autobahn"), self.python_server("autobahn"), "WebSocketServerFactory, on asyncio"),
            Program("Go gorilla", self.go("github.com/gorilla/websocket"), [*self.go_peer("gorilla"), "server"],
                    "Upgrader, on net/http"),
            Program("Go coder", self.go("github.com/coder/websocket"), [*self.go_peer("coder"), "server"],
                    "Accept, on net/http"),
            Program("Go gobwas", self.go("github.com/gobwas/ws"), [*self.go_peer("gobwas"), "server"],
                    "HTTPUpgrader, on net/http"),
            Program("Go gws", self.go_here("github.com/lxzan/gws"), self.go_program("gws", "{port}"),
                    "Upgrader, on net/http"),
            Program("Go x/net", self.go_here("golang.org/x/net"), self.go_program("x-net", "{port}"),
                    "websocket.Server, on net/http"),
            Program("Go fasthttp", self.go_here("github.com/fasthttp/websocket"), self.go_program("fasthttp", "{port}"),
                    "FastHTTPUpgrader"),
            Program("Rust tungstenite", self.rust("tungstenite"), [*self.rust_peer("tungstenite"), "server"],
                    "accept_hdr"),
            Program("Rust fastwebsockets", self.rust("fastwebsockets"), [*self.rust_peer("fastwebsockets"), "server"],
                    "upgrade, on hyper"),
            Program("Rust axum", self.rust_here("axum"), self.rust_program("axum", "{port}"),
                    "WebSocketUpgrade, on hyper"),
            Program("Rust actix-web", self.rust_here("actix-web"), self.rust_program("actix", "{port}"), "actix_ws::handle"),
            Program("Jetty", self.java_here("jetty-server"), self.java_server("jetty"), "WebSocketUpgradeHandler", "/echo"),
            Program("Undertow", self.java_here("undertow-core"), self.java_server("undertow"), "Handlers.websocket"),
            Program("Tomcat", self.java_here("tomcat-embed-core"), self.java_server("tomcat"), "the annotation ServerEndpoint", "/echo"),
            Program("Java-WebSocket", self.java_here("Java-WebSocket"), self.java_server("java-websocket"), "WebSocketServer"),
            Program("Netty", self.java("netty-codec-http"), self.with_peers("NettyServer"),
                    "WebSocketServerProtocolHandler", "/echo"),
            Program("Boost.Beast", self.debian("libboost1.81-dev"), [self.folder / "beast_peers", "server"],
                    "websocket::stream::accept"),
            Program("websocketpp", self.debian("libwebsocketpp-dev"), [self.folder / "websocketpp_peers", "server"],
                    "server, on Asio"),
            Program("libwebsockets", self.debian("libwebsockets-dev"), [self.folder / "libwebsockets_peers", "server"],
                    "with permessage-deflate"),
            Program("Mojolicious", self.debian("libmojolicious-perl"), ["perl", PROGRAMS / "mojolicious.pl", "{port}"],
                    "Mojolicious::Lite's websocket"),
        ]

    def clients(self):
        mine, driven = self.version_of_ours(), self.driven
        node = ["node", PROGRAMS / "node_programs.js"]
        newest_node = [self.folder / "node_modules/node/bin/node", *node[1:]]
        return [
            Program("turnout, on Asio", mine, [self.ours("websocket_echo_client"), "{port}"], "examples/websocket_echo"),
            driven("Python websockets", self.pip("websockets"), self.python_client("websockets"), "connect"),
            driven("Python wsproto", self.pip("wsproto"), self.python_client("wsproto"), "WSConnection, on asyncio"),
            driven("Python aiohttp", self.pip("aiohttp"), self.python_client("aiohttp"), "ws_connect"),
            driven("Python httpx-ws", self.pip("httpx_ws"), self.python_client("httpx_ws"), "aconnect_ws"),
            driven("Tornado", self.pip("tornado"), self.python_client("tornado"), "websocket_connect"),
            driven("Python websocket-client", self.pip("websocket_client"), self.python_client("websocket_client"),
                   "create_connection"),
            driven("Node ws", self.npm("ws"), [*node, "ws-client", "{port}"], "new WebSocket(url)"),
            driven("Node undici", self.npm("undici"), [*node, "undici-client", "{port}"], "new WebSocket(url)"),
            driven("Node", self.npm("node"), [*newest_node, "node-client", "{port}"], "its own WebSocket"),
            driven("Node faye-websocket", self.npm("faye-websocket"), [*node, "faye-client", "{port}"], "new Client(url)"),
            driven("Java HttpClient", self.jdk(), self.java_client("http-client"), "newWebSocketBuilder"),
            driven("OkHttp", self.java("okhttp-jvm"), self.java_client("okhttp"), "newWebSocket"),
            driven("Netty", self.java("netty-codec-http"), self.java_client("netty"), "WebSocketClientProtocolHandler"),
            Program("Go gorilla", self.go("github.com/gorilla/websocket"), [*self.go_peer("gorilla"), "client", "{url}"],
                    "Dial"),
            Program("Go coder", self.go("github.com/coder/websocket"), [*self.go_peer("coder"), "client", "{url}"], "Dial"),
            Program("Go gobwas", self.go("github.com/gobwas/ws"), [*self.go_peer("gobwas"), "client", "{url}"], "Dial"),
            Program("Go gws", self.go_here("github.com/lxzan/gws"), self.go_program("gws-client", "{url}"), "NewClient"),
            Program("Go x/net", self.go_here("golang.org/x/net"), self.go_program("x-net-client", "{url}"), "Dial"),
            Program("Rust tungstenite", self.rust("tungstenite"), self.rust_program("tungstenite", "{url}"), "connect"),
            Program("Boost.Beast", self.debian("libboost1.81-dev"), [self.folder / "beast_peers", "client", "ws://127.0.0.1:{port}"],
                    "websocket::stream::handshake"),
            Program("websocketpp", self.debian("libwebsocketpp-dev"),
                    [self.folder / "websocketpp_peers", "client", "{url}"], "client, on Asio"),
            Program("libwebsockets", self.debian("libwebsockets-dev"),
                    [self.folder / "libwebsockets_peers", "client", "{url}"], "with permessage-deflate"),
        ]
