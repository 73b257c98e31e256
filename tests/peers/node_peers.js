// npm's WebSocket libraries: `LIBRARY client URL` or `LIBRARY server`, as python_peers.py.
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

({ "ws client": wsClient, "ws server": wsServer, "undici client": undiciClient })[`${library} ${role}`]();
