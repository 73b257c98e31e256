// Programs for Node: `NAME PORT` is a server or a client, `NAME PORT TO` a proxy.
const [name, where, to] = process.argv.slice(2);
const listen = (server) => server.listen(Number(where), "127.0.0.1");
const failed = (_, __, response) => {  // which is a socket after an upgrade
  if (response.writeHead) response.writeHead(500, { "Content-Type": "text/plain" });
  response.end("Something went wrong.");
};
const page = (_, response) => response.end("hello");

const programs = {
  // ws beside pages, as its documentation shares a server between both.
  "ws-http"() {
    const { WebSocketServer } = require("ws");
    const server = require("http").createServer(page);
    new WebSocketServer({ server }).on("connection", (peer) => {
      peer.on("error", () => {});
      peer.on("message", (data, binary) => peer.send(data, { binary }));
    });
    listen(server);
  },

  // The path is /socket.io/?EIO=4&transport=websocket.
  "socket.io"() {
    const { Server } = require("socket.io");
    const server = require("http").createServer(page);
    new Server(server);
    listen(server);
  },

  "faye-websocket"() {
    const WebSocket = require("faye-websocket");
    const server = require("http").createServer(page);
    server.on("upgrade", (request, socket, body) => {
      if (!WebSocket.isWebSocket(request)) return socket.destroy();
      const peer = new WebSocket(request, socket, body);
      peer.on("message", ({ data }) => peer.send(data));
    });
    listen(server);
  },

  "http-proxy"() {
    const proxy = require("http-proxy").createProxyServer({ target: `http://127.0.0.1:${to}`, ws: true });
    proxy.on("error", failed);
    proxy.listen(Number(where), "127.0.0.1");
  },

  "http-proxy-3"() {
    const { createProxyServer } = require("http-proxy-3");
    const proxy = createProxyServer({ target: `http://127.0.0.1:${to}`, ws: true });
    proxy.on("error", failed);
    proxy.listen(Number(where), "127.0.0.1");
  },
};

// Clients open a WebSocket for each URL that comes on a connection to the port, and say hello.
const clients = {
  "ws-client": () => require("ws"),
  "undici-client": () => require("undici").WebSocket,
  "node-client": () => WebSocket,
  "faye-client": () => require("faye-websocket").Client,
};
function open(Client, control, url) {
  const peer = new Client(url);
  peer.onopen = () => peer.send("Hello");
  peer.onerror = () => {};
  control.on("close", () => peer.close());
  peer.onclose = () => control.destroy();
}
if (name in clients) {
  const server = require("net").createServer((control) => {
    control.on("error", () => {});
    control.once("data", (url) => open(clients[name](), control, url.toString().trim()));
  });
  listen(server);
} else {
  programs[name]();
}
