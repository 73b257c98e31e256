// Our client that does not give up, against node:http and the npm package ws: 401, 302, 426, 103
// and 101, one after the other.
// UPG-37, UPG-47, UPG-48, WS-20.
"use strict";

const assert = require("node:assert/strict");
const { execFile } = require("node:child_process");
const { once } = require("node:events");
const { createServer } = require("node:http");
const { after, before, describe, it } = require("node:test");
const { WebSocketServer } = require("ws");

const bounded = { timeout: 5000 };  // Milliseconds, for each test and each program.
const credentials = "Basic dXNlcjpwYXNz";

describe("our client", () => {
  let first, second, log;
  const connections = new Map();  // Of each server, how many were made.

  const listen = async (server) => {
    connections.set(server, 0);
    server.on("connection", () => connections.set(server, connections.get(server) + 1));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  const port = (server) => server.address().port;

  // The client's exit status, and what it showed.
  const run = (path, server = first) => new Promise((resolve) => {
    log = [];
    for (const one of connections.keys()) connections.set(one, 0);
    const program = [`ws://127.0.0.1:${port(server)}${path}`, credentials, "Hello"];
    execFile(process.env.TURNOUT_PERSISTENT_CLIENT, program, bounded,
             (error, stdout) => resolve({ status: error ? error.code : 0, shown: stdout }));
  });

  before(async () => {
    // It has no handler for upgrades, so that it answers them as ordinary requests.
    first = await listen(createServer((request, response) => {
      log.push(`${request.url} ${request.headers.upgrade} ${request.headers.authorization}`);
      const see = { "/elsewhere": `ws://127.0.0.1:${port(second)}/chat`,
                    "/http": `http://127.0.0.1:${port(second)}/chat`, "/around": "/around",
                    "/here": "/elsewhere", "/nowhere": "mailto:a@example.com" }[request.url];
      if (request.url !== "/http" && request.headers.authorization !== credentials)
        response.writeHead(401, { "WWW-Authenticate": 'Basic realm="a"' }).end("Who are you?\n");
      else if (see)
        response.writeHead(302, { Location: see }).end("Elsewhere.\n");
      else
        response.writeHead(404).end();
    }));

    const sockets = new WebSocketServer({ noServer: true });
    second = await listen(createServer());
    second.on("upgrade", (request, socket, head) => {
      const { authorization, upgrade } = request.headers;
      log.push(`${request.url} ${upgrade} ${authorization}`);
      if (upgrade !== "websocket") {
        socket.end("HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade, close\r\n" +
                   "Upgrade: websocket\r\nContent-Length: 6\r\n\r\nnot so");
        return;
      }
      socket.write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
      sockets.handleUpgrade(request, socket, head, (peer) => {
        peer.on("message", (data, isBinary) => peer.send(data, { binary: isBinary }));
        });
    });
  });
  after(() => {
    for (const server of [first, second]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("walks through all of them", bounded, async () => {
    const { status, shown } = await run("/here");
    assert.equal(status, 0, shown);
    assert.equal(shown, "declined with 401\ndeclined with 302\ndeclined with 302\n" +
                        "declined with 426\n103 came early\nechoed: Hello\n");
    assert.deepEqual(log, [
      "/here echo/1 undefined",
      `/here echo/1 ${credentials}`,
      `/elsewhere echo/1 ${credentials}`,
      "/chat echo/1 undefined",
      "/chat websocket undefined",
    ]);
    assert.equal(connections.get(first), 1);   // It goes on after whole responses.
    assert.equal(connections.get(second), 2);  // The 426 says close.
  });

  it("follows a redirect that names http", bounded, async () => {
    const { status, shown } = await run("/http");
    assert.equal(status, 0, shown);
  });

  it("has an end", bounded, async () => {
    for (const [path, last, asked] of [["/around", 302, 10], ["/nowhere", 302, 2],
                                       ["/gone", 404, 2]]) {
      const { status, shown } = await run(path);
      assert.equal(status, 1, shown);
      assert.ok(shown.endsWith(`declined with ${last}\n`), shown);
      assert.equal(log.length, asked);
    }
  });

  it("speaks the protocol that it likes better where the server does", bounded, async () => {
    const server = await listen(createServer());
    server.on("upgrade", (request, socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\n");
      socket.pipe(socket);
    });
    const { status, shown } = await run("/", server);
    server.closeAllConnections();
    server.close();
    assert.equal(shown, "echoed: Hello\n");
    assert.equal(status, 0);
  });
});
