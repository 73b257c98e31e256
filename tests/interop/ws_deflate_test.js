// permessage-deflate between the npm package ws and our server, and our client and ws.
// PMD-01, PMD-06, PMD-07, PMD-14, PMD-16, PMD-17, PMD-18, PMD-20, PMD-22, PMD-31.
"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { createHash } = require("node:crypto");
const { once } = require("node:events");
const { describe, it } = require("node:test");
const { WebSocket, WebSocketServer } = require("ws");

const bounded = { timeout: 10000 };  // Milliseconds, for each test.
const { TURNOUT_SERVER, TURNOUT_CLIENT } = process.env;
const deflate = "permessage-deflate";
const maxPayload = 2 ** 21;

// Octets that can't be compressed, the same each time.
const noise = Buffer.concat(
    Array.from({ length: 200 }, (_, i) => createHash("sha256").update(String(i)).digest()));
const large = "turnout ".repeat(131072);  // 1 MiB.
const far = Array.from({ length: 6000 }, (_, i) => String(i)).join(" ");
const texts = ["Hello", "Hello", "", "\u00fc\u20ac\u{1d11e}", noise.toString("hex"),
               noise.toString("hex"), large, far + far, "", ""];
const messages = [...texts, noise, noise, Buffer.alloc(0), Buffer.alloc(70000, 255)];

// The sizes of the frames with messages that come in, once all were seen to be compressed.
const watch = (socket) => {
  const sizes = [];
  const receiver = socket._receiver;
  const getData = receiver.getData;
  receiver.getData = function (...rest) {
    if (this._opcode < 8) {
      assert.ok(this._compressed);
      sizes.push(this._payloadLength);
    }
    return getData.apply(this, rest);
  };
  return sizes;
};

const startServer = async (extension) => {
  const program = ["0", ...(extension === undefined ? [] : [extension])];
  const server = spawn(TURNOUT_SERVER, program, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  server.stdout.resume();
  server.address = `ws://127.0.0.1:${/^listening on http:\S+:(\d+)\/\n/.exec(line)[1]}/echo`;
  return server;
};

// What our server agrees on with a client of ws, when all messages have come back.
const echo = async (server, perMessageDeflate) => {
  const options = { maxPayload };
  options.perMessageDeflate = { threshold: 0, ...perMessageDeflate };
  const socket = new WebSocket(server.address, options);
  const [[response]] = await Promise.all([once(socket, "upgrade"), once(socket, "open")]);
  const sizes = socket.extensions ? watch(socket) : [];
  for (const message of messages) {
    socket.send(message);
    const [back, isBinary] = await once(socket, "message");
    assert.equal(isBinary, typeof message !== "string");
    assert.ok(back.equals(Buffer.from(message)));
  }
  socket.send("Hel", { fin: false });
  socket.send("", { fin: false });
  socket.send("lo", { fin: true });
  assert.equal((await once(socket, "message"))[0].toString(), "Hello");
  socket.close(1000);
  assert.equal((await once(socket, "close"))[0], 1000);
  assert.ok(!socket.extensions || sizes.length > messages.length);
  return response.headers["sec-websocket-extensions"] ?? "";
};

const cases = [
  [undefined, { clientMaxWindowBits: false }, deflate],
  [undefined, {}, deflate],
  [undefined, { serverNoContextTakeover: true }, `${deflate}; server_no_context_takeover`],
  [undefined, { clientNoContextTakeover: true }, `${deflate}; client_no_context_takeover`],
  [undefined, { serverMaxWindowBits: 9 }, `${deflate}; server_max_window_bits=9`],
  [undefined, { serverMaxWindowBits: 15 }, `${deflate}; server_max_window_bits=15`],
  [undefined, { clientMaxWindowBits: 9 }, `${deflate}; client_max_window_bits=9`],
  // zlib makes windows that are good for 8, and can't be told to.
  [undefined, { clientMaxWindowBits: 8 }, `${deflate}; client_max_window_bits=8`],
  [undefined, { serverMaxWindowBits: 8 }, ""],
  [`${deflate}; server_no_context_takeover; client_no_context_takeover`, {},
   `${deflate}; server_no_context_takeover; client_no_context_takeover`],
  [`${deflate}; server_max_window_bits=9; client_max_window_bits=10`, {},
   `${deflate}; server_max_window_bits=9; client_max_window_bits=10`],
  [`${deflate}; client_max_window_bits=10`, { clientMaxWindowBits: false }, ""],
  ["", {}, ""],
];

describe("a client of ws and our server", () => {
  for (const [wanted, offered, agreed] of cases) {
    it(`agree on "${agreed}" after ${JSON.stringify(offered)}`, bounded, async () => {
      const server = await startServer(wanted);
      try {
        assert.equal(await echo(server, offered), agreed);
      } finally {
        server.kill();
      }
    });
  }
});

// What our client agrees on with a server of ws, when all texts have come back.
const meet = async (offer, perMessageDeflate) => {
  const host = "127.0.0.1";
  const server = new WebSocketServer({ host, port: 0, perMessageDeflate, maxPayload });
  let extensions = "", sizes = [];
  server.on("headers", (lines) => {
    const field = "Sec-WebSocket-Extensions: ";
    const line = lines.find((one) => one.startsWith(field));
    if (line) extensions = line.slice(field.length);
  });
  server.on("connection", (socket) => {
    if (socket.extensions) sizes = watch(socket);
    socket.on("message", (data) => {
      const half = data.length >> 1;
      socket.send(data.subarray(0, half), { binary: false, fin: false });
      socket.send(data.subarray(half), { fin: true });
    });
  });
  await once(server, "listening");
  const program = [String(server.address().port), "-", "chat", offer];
  const client = spawn(TURNOUT_CLIENT, program, { stdio: ["pipe", "pipe", "inherit"] });
  try {
    client.stdin.end(texts.map((text) => text + "\n").join(""));
    let shown = "";
    client.stdout.setEncoding("utf8").on("data", (data) => { shown += data; });
    const [status] = await once(client, "close");
    assert.equal(status, 0, shown.slice(0, 2000));
    assert.ok(shown.endsWith(texts.map((text) => `echoed: ${text}\n`).join("")));
    assert.equal(shown.includes("\nmessages are compressed\n"), extensions !== "");
    assert.ok(!extensions || sizes.length >= texts.length);
    return extensions;
  } finally {
    client.kill();
    server.close();
  }
};

const threshold = 0;
const bare = `${deflate}; client_max_window_bits`;
const answers = [
  [deflate, { threshold }, deflate],
  [bare, { threshold }, deflate],
  [bare, { threshold, clientMaxWindowBits: 9 }, `${deflate}; client_max_window_bits=9`],
  [deflate, { threshold, serverMaxWindowBits: 9 }, `${deflate}; server_max_window_bits=9`],
  [deflate, { threshold, serverNoContextTakeover: true, clientNoContextTakeover: true },
   `${deflate}; server_no_context_takeover; client_no_context_takeover`],
  [`${deflate}; server_no_context_takeover, ${deflate}`,
   { threshold, serverNoContextTakeover: false }, deflate],
  [`${deflate}; client_no_context_takeover`, { threshold },
   `${deflate}; client_no_context_takeover`],
  [deflate, false, ""],
];

describe("our client and a server of ws", () => {
  for (const [offer, wanted, agreed] of answers) {
    it(`agree on "${agreed}" after ${offer} and ${JSON.stringify(wanted)}`, bounded, async () => {
      assert.equal(await meet(offer, wanted), agreed);
    });
  }
});
