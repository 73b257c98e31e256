// Programs for Node: `NAME PORT` is a server, `NAME PORT TO` a proxy, and `NAME URL` a client.
const [name, where, to] = process.argv.slice(2);
const listen = (server) => server.listen(Number(where), "127.0.0.1");
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
    proxy.on("error", (_, __, response) => response?.end?.());
    proxy.listen(Number(where), "127.0.0.1");
  },

  "http-proxy-3"() {
    const { createProxyServer } = require("http-proxy-3");
    const proxy = createProxyServer({ target: `http://127.0.0.1:${to}`, ws: true });
    proxy.on("error", (_, __, response) => response?.end?.());
    proxy.listen(Number(where), "127.0.0.1");
  },

  "ws-client"() {
    const WebSocket = require("ws");
    const peer = new WebSocket(where);
    peer.on("open", () => peer.send("Hello"));
    peer.on("error", () => {});
  },

  "undici-client"() {
    const { WebSocket } = require("undici");
    const peer = new WebSocket(where);
    peer.onopen = () => peer.send("Hello");
    peer.onerror = () => {};
  },

  "node-client"() {
    const peer = new WebSocket(where);
    peer.onopen = () => peer.send("Hello");
    peer.onerror = () => {};
  },

  "faye-client"() {
    const { Client } = require("faye-websocket");
    const peer = new Client(where);
    peer.on("open", () => peer.send("Hello"));
    peer.on("error", () => {});
  },
};
programs[name]();
