// Node's own upgrades and npm's WebSocket libraries: `LIBRARY client URL` or `LIBRARY server`, as
// python_peers.py; and `socketio client URL`, whose server is `socketio server`.
const texts = ["Hello", "", "m".repeat(10000)];
const subprotocols = ["zzz", "chat"];
const [library, role, url] = process.argv.slice(2);

function report(found) {
  console.log(JSON.stringify(found));
  process.exit(0);
}

function wsClient() {
  const WebSocket = require("ws");
  const peer = new WebSocket(url + "/echo", subprotocols);
  const left = [...texts];
  let echoed = true;
  peer.on("open", () => peer.send(left[0]));
  peer.on("message", (data) => {
    echoed = echoed && data.toString() === left.shift();
    if (left.length) peer.send(left[0]);
    else peer.close(1000);
  });
  peer.on("close", (closed) => {
    const found = { subprotocol: peer.protocol, compressed: /deflate/.test(peer.extensions), echoed, closed };
    new WebSocket(url + "/none")
      .on("unexpected-response", (_, response) => report({ ...found, refused: response.statusCode }));
  });
}

function undiciClient() {
  const { WebSocket } = require("undici");
  const peer = new WebSocket(url + "/echo", subprotocols);
  const left = [...texts];
  let echoed = true;
  peer.onopen = () => peer.send(left[0]);
  peer.onmessage = ({ data }) => {
    echoed = echoed && data === left.shift();
    if (left.length) peer.send(left[0]);
    else peer.close(1000);
  };
  peer.onclose = ({ code }) => {
    const found = { subprotocol: peer.protocol, compressed: /deflate/.test(peer.extensions), echoed, closed: code };
    const refused = new WebSocket(url + "/none");
    refused.onopen = () => report({ ...found, refused: 101 });
    refused.onerror = () => report({ ...found, refused: "yes" });  // which is all that it says
  };
}

function wsServer() {
  const { WebSocketServer } = require("ws");
  const server = new WebSocketServer({
    host: "127.0.0.1", port: 0, perMessageDeflate: true,
    handleProtocols: (offered) => (offered.has("chat") ? "chat" : false),
  });
  server.on("listening", () => console.log(server.address().port));
  server.on("connection", (peer) => peer.on("message", (data, binary) => peer.send(data, { binary })));
}

// socket.io begins with polling, and upgrades to a WebSocket then.
function socketioClient() {
  const socket = require("socket.io-client")(url, { transports: ["polling", "websocket"] });
  const left = [...texts];
  let echoed = true;
  const compressed = () => /deflate/.test(socket.io.engine.transport.ws?.extensions ?? "");
  socket.io.engine.on("upgrade", () => socket.emit("echo", left[0]));
  socket.on("echo", (text) => {
    echoed = echoed && text === left.shift();
    if (left.length) return socket.emit("echo", left[0]);
    const found = { transport: socket.io.engine.transport.name, compressed: compressed(), echoed };
    socket.on("disconnect", () => report(found));
    socket.disconnect();
  });
}

function socketioServer() {
  const http = require("http").createServer();
  const { Server } = require("socket.io");
  new Server(http, { perMessageDeflate: true }).on("connection", (socket) =>
    socket.on("echo", (text) => socket.emit("echo", text)));
  http.listen(0, "127.0.0.1", () => console.log(http.address().port));
}

// An upgrade to what the server of a Docker engine speaks, by Node's own http.
function httpClient() {
  const request = require("http").request(url + "/containers/echo/attach", {
    method: "POST", headers: { Connection: "Upgrade", Upgrade: "tcp" },
  });
  request.on("upgrade", (response, socket, head) => {
    let back = head.toString();
    socket.on("data", (some) => (back += some));
    socket.on("end", () => report({ status: response.statusCode, echoed: back.includes("HELLO\n") }));
    socket.end("hello\n");
  });
  request.end();
}

function httpServer() {
  const server = require("http").createServer((_, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket, head) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\n`);
    socket.write(head);
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
}

({ "ws client": wsClient, "ws server": wsServer, "undici client": undiciClient,
   "socketio client": socketioClient, "socketio server": socketioServer,
   "http client": httpClient, "http server": httpServer })[`${library} ${role}`]();
