// The npm package ws against our server, and our client against ws.
// UPG-48, WS-20, WS-32, WS-58, WS-59, WS-60, WS-61, WS-68, PMD-31.
"use strict";

const assert = require("node:assert/strict");
const { execFile, spawn } = require("node:child_process");
const { once } = require("node:events");
const { after, before, describe, it } = require("node:test");
const { WebSocket, WebSocketServer } = require("ws");

const bounded = { timeout: 5000 };  // Milliseconds, for each test and each program.
const { TURNOUT_SERVER, TURNOUT_CLIENT } = process.env;
const messages = ["Hello", "", "\u00fc\u20ac\u{1d11e}", "a".repeat(70000)];
const octets = [Buffer.alloc(0), Buffer.from([0, 127, 128, 255]), Buffer.alloc(70000, 255)];

for (const perMessageDeflate of [true, false]) {
  const compression = perMessageDeflate ? "with compression" : "without compression";

  describe(`a client of ws, ${compression}, and our server`, () => {
    let server, address;

    before(async () => {
      // It agrees to no extension; ws_deflate_test.js is for that.
      server = spawn(TURNOUT_SERVER, ["0", ""], { stdio: ["ignore", "pipe", "inherit"] });
      const [line] = await once(server.stdout, "data");
      server.stdout.resume();
      const port = /^listening on http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(line)[1];
      address = `ws://127.0.0.1:${port}`;
    });
    after(() => server.kill());

    // A socket that is open.
    const open = async (subprotocols) => {
      const socket = new WebSocket(`${address}/echo`, subprotocols, { perMessageDeflate });
      const [[response]] = await Promise.all([once(socket, "upgrade"), once(socket, "open")]);
      assert.equal(response.headers["sec-websocket-extensions"], undefined);
      assert.equal(socket.extensions, "");
      return socket;
    };

    const close = async (socket, code) => {
      socket.close(code);
      assert.equal((await once(socket, "close"))[0], code);
    };

    it("echoes", bounded, async () => {
      const socket = await open();
      for (const message of [...messages, ...octets]) {
        socket.send(message);
        const [back, isBinary] = await once(socket, "message");
        assert.equal(isBinary, typeof message !== "string");
        assert.deepEqual(back, Buffer.from(message));
      }
      await close(socket, 1000);
    });

    it("answers a ping and a close", bounded, async () => {
      const socket = await open();
      socket.ping("Hello");
      assert.equal((await once(socket, "pong"))[0].toString(), "Hello");
      await close(socket, 4321);
    });

    it("echoes what came before a close", bounded, async () => {
      const socket = await open();
      socket.send("Hello");
      socket.close(1000);
      const [[back], [code]] = await Promise.all([once(socket, "message"), once(socket, "close")]);
      assert.equal(back.toString(), "Hello");
      assert.equal(code, 1000);
    });

    it("chooses the first subprotocol that both speak", bounded, async () => {
      for (const [agreed, offered] of [["chat", ["chat", "echo"]], ["echo", ["no", "echo"]]]) {
        const socket = await open(offered);
        assert.equal(socket.protocol, agreed);
        await close(socket, 1000);
      }
    });

    it("switches without a subprotocol, which the client then refuses", bounded, async () => {
      const socket = new WebSocket(`${address}/echo`, ["nothing"], { perMessageDeflate });
      const [[response], [error]] =
          await Promise.all([once(socket, "upgrade"), once(socket, "error")]);
      assert.equal(response.statusCode, 101);
      assert.equal(response.headers["sec-websocket-protocol"], undefined);
      assert.equal(error.message, "Server sent no subprotocol");
    });

    it("refuses other paths, sites and versions", bounded, async () => {
      const refused = [
        ["/nowhere", {}, 404],
        ["/echo", { origin: "http://elsewhere.example" }, 403],
        ["/echo", { protocolVersion: 8 }, 426],
      ];
      for (const [path, options, status] of refused) {
        const socket = new WebSocket(address + path, { perMessageDeflate, ...options });
        const [, response] = await once(socket, "unexpected-response");
        assert.equal(response.statusCode, status);
        assert.equal(response.headers.upgrade, status === 426 ? "websocket" : undefined);
        socket.on("error", () => {});
        socket.terminate();
      }
    });
  });

  describe(`our client and a server of ws, ${compression}`, () => {
    // Our client's exit status, what it showed, and what the server saw.
    const meet = async (text, subprotocols, options, serve = echo) => {
      const host = "127.0.0.1";
      const server = new WebSocketServer({ host, port: 0, perMessageDeflate, ...options });
      let socket, closed;
      server.on("connection", (connected) => {
        socket = connected;
        closed = once(socket, "close");
        serve(socket);
      });
      try {
        await once(server, "listening");
        const program = [String(server.address().port), text, subprotocols];
        const { status, shown } = await new Promise((resolve) => {
          execFile(TURNOUT_CLIENT, program, bounded,
                   (error, stdout) => resolve({ status: error ? error.code : 0, shown: stdout }));
        });
        return { status, shown, socket, code: closed && (await closed)[0] };
      } finally {
        server.close();
      }
    };

    const echo = (socket) =>
      socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));

    it("has its text back and closes", bounded, async () => {
      for (const text of messages) {
        const { status, shown, code, socket } = await meet(text, "chat");
        assert.equal(status, 0, shown);
        assert.ok(shown.endsWith(`\nechoed: ${text}\n`), shown);
        assert.equal(code, 1000);
        assert.equal(socket.extensions, "");
      }
    });

    it("takes the subprotocol that the server chose, or none", bounded, async () => {
      for (const agreed of ["chat", "echo", false]) {
        const { status, shown } = await meet("Hello", "chat, echo",
                                             { handleProtocols: () => agreed });
        assert.equal(status, 0, shown);
        assert.match(shown, new RegExp(`\nswitched to websocket, subprotocol "${agreed || ""}"\n`));
      }
    });

    it("refuses a subprotocol that it did not offer", bounded, async () => {
      const { status, shown } = await meet("Hello", "chat", { handleProtocols: () => "other" });
      assert.equal(status, 1, shown);
      assert.match(shown, /failed at octet \d+: the subprotocol was not offered \(RFC 6455 sec/);
    });

    it("shows a refusal", bounded, async () => {
      const refusals = [
        [{ path: "/elsewhere" }, "400 Bad Request"],
        [{ verifyClient: () => false }, "401 Unauthorized"],
        [{ verifyClient: (_, done) => done(false, 404) }, "404 Not Found"],
      ];
      for (const [options, refusal] of refusals) {
        const { status, shown } = await meet("Hello", "chat", options);
        assert.equal(status, 1, shown);
        assert.ok(shown.includes(`\n< HTTP/1.1 ${refusal}\n`), shown);
      }
    });

    it("gives up when the server closes without an echo", bounded, async () => {
      const { status, shown, code } = await meet("Hello", "chat", {},
                                                 (socket) => socket.close(1001));
      assert.equal(status, 1, shown);
      assert.equal(code, 1001);
    });
  });
}
