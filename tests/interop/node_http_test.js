// The http module of Node.js against our programs that attach to a container: its client and our
// server, its server and our client.
// MSG-70, MSG-73, MSG-76, MSG-79, UPG-21, UPG-25, UPG-26, UPG-27, UPG-30, UPG-36, UPG-47, DKR-01,
// DKR-02, DKR-03, DKR-04, DKR-06, DKR-07, DKR-08, DKR-09.
"use strict";

const assert = require("node:assert/strict");
const { execFile, spawn } = require("node:child_process");
const { once } = require("node:events");
const http = require("node:http");
const { after, before, describe, it } = require("node:test");

const bounded = { timeout: 5000 };  // Milliseconds, for each test and each program.
const { TURNOUT_DAEMON, TURNOUT_DAEMON_CLIENT } = process.env;
const host = "127.0.0.1";
const offer = { Connection: "Upgrade", Upgrade: "tcp" };
const start = '{"Detach":false,"Tty":true}';

// All octets of a stream until it ends, those that came before it first. Unlike the loop over a
// stream, it leaves the other direction open.
const readAll = async (stream, head = Buffer.alloc(0)) => {
  const chunks = [head];
  stream.on("data", (chunk) => chunks.push(chunk));
  await once(stream, "end");
  return Buffer.concat(chunks);
};

describe("a client of node:http and our server", () => {
  let server, port, agent;

  before(async () => {
    server = spawn(TURNOUT_DAEMON, ["0"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(server.stdout, "data");
    server.stdout.resume();
    port = /^listening on http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(line)[1];
    agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  });
  after(() => {
    agent.destroy();
    server.kill();
  });

  const post = (path, headers) =>
    http.request({ host, port, agent, path, method: "POST", headers });

  // Sends text over a connection that has switched; what the container writes.
  const attach = async (request) => {
    const [response, socket, head] = await once(request, "upgrade");
    assert.equal(response.statusCode, 101);
    assert.equal(response.headers.upgrade, "tcp");
    assert.match(response.headers["content-type"], /^application\/vnd\.docker\.raw-stream$/);
    socket.end(" and more");
    return (await readAll(socket, head)).toString();
  };

  it("is switched after its content", bounded, async () => {
    const framings = [{ "Content-Length": start.length }, { "Transfer-Encoding": "chunked" }];
    for (const headers of framings) {
      const request = post("/v1.49/exec/x/start", { ...offer, ...headers });
      request.end(start);
      assert.equal(await attach(request), " AND MORE9 octets\n");
    }
  });

  it("is told to go on before it is switched", bounded, async () => {
    const expect = { Expect: "100-continue", "Content-Length": start.length };
    const request = post("/exec/x/start", { ...offer, ...expect });
    const switched = attach(request);
    request.flushHeaders();
    await once(request, "continue");
    request.end(start);
    assert.equal(await switched, " AND MORE9 octets\n");
  });

  it("is answered where nothing is to be switched, and goes on", bounded, async () => {
    const content = Buffer.alloc(100000, "octets ");
    const answers = [["/echo", offer, 200, content], ["/echo", {}, 200, content],
                     ["/echo", { ...offer, Upgrade: "foo" }, 200, content],
                     ["/exec/x/start", { ...offer, Upgrade: "foo" }, 426, Buffer.alloc(0)],
                     ["/nowhere", offer, 404, Buffer.from('{"message":"page not found"}\n')]];
    let reused = false;
    for (const [path, headers, status, back] of answers) {
      for (const framing of [{ "Content-Length": content.length }, {}]) {
        const request = post(path, { ...headers, ...framing });
        request.write(content);
        request.end();
        const [response] = await once(request, "response");
        assert.equal(response.statusCode, status);
        assert.equal(response.headers.upgrade, status === 426 ? "tcp" : undefined);
        assert.deepEqual(await readAll(response), back);
        assert.equal(request.reusedSocket, reused);
        reused = true;
      }
    }
  });
});

describe("our client and a server of node:http", () => {
  // Our client's exit status and what it showed, of a server with these listeners.
  const meet = async (listeners) => {
    const server = http.createServer();
    for (const [event, listener] of Object.entries(listeners)) server.on(event, listener);
    server.listen(0, host);
    try {
      await once(server, "listening");
      const program = [String(server.address().port), "text", "/exec/x/start", start];
      return await new Promise((resolve) => {
        execFile(TURNOUT_DAEMON_CLIENT, program, bounded,
                 (error, stdout) => resolve({ status: error ? error.code : 0, shown: stdout }));
      });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };

  const raw = { ...offer, "Content-Type": "application/vnd.docker.raw-stream" };

  it("sends its content when it is told to, and its text after the switch", bounded, async () => {
    const read = [];
    const upgrade = async (request, socket, head) => {
      assert.equal(request.headers.expect, "100-continue");
      assert.equal(head.length, 0);
      const response = new http.ServerResponse(request);
      response.assignSocket(socket);
      response.writeEarlyHints({ link: "</x>; rel=preload" });
      response.writeContinue();
      read.push((await once(socket, "data"))[0].toString());
      response.writeEarlyHints({ link: "</y>; rel=preload" });
      response.writeHead(101, "UPGRADED", raw);
      response.flushHeaders();
      response.detachSocket(socket);
      socket.write("EARLY ");
      read.push((await readAll(socket)).toString());
      socket.end("LATE");
    };
    const { status, shown } = await meet({ upgrade });
    assert.equal(status, 0, shown);
    assert.match(shown, /\n< HTTP\/1\.1 103 .*\n< Link: <\/x>.*\n< HTTP\/1\.1 100 Continue\n/i);
    assert.match(shown, /\n< Link: <\/y>.*\n< HTTP\/1\.1 101 UPGRADED\n/i);
    assert.ok(shown.endsWith("EARLY LATE"), shown);
    assert.deepEqual(read, [start, "text"]);
  });

  it("takes what is required, after its content", bounded, async () => {
    let read;
    const checkContinue = async (request, response) => {
      response.writeContinue();
      read = (await readAll(request)).toString();
      response.writeHead(426, { Connection: "upgrade", Upgrade: "tcp/2" });
      response.write("not ");
      response.end("tcp\n");
    };
    const { status, shown } = await meet({ checkContinue });
    assert.equal(status, 1, shown);
    assert.equal(read, start);
    assert.match(shown, /\n< HTTP\/1\.1 426 Upgrade Required\n(< .*\n)*< Upgrade: tcp\/2\n/);
    assert.ok(shown.endsWith("\nnot tcp\ndeclined; the connection can be used again\n"), shown);
  });

  it("keeps its content where that is not wanted", bounded, async () => {
    let octets = 0;
    const checkContinue = (request, response) => {
      request.on("data", (chunk) => { octets += chunk.length; });
      response.writeHead(413, { "Content-Length": 5 });
      response.end("much\n");
    };
    const { status, shown } = await meet({ checkContinue });
    assert.equal(status, 1, shown);
    assert.equal(octets, 0);
    assert.ok(shown.endsWith("\nmuch\ndeclined; the connection cannot be used again\n"), shown);
  });

  it("hears that the connection ends", bounded, async () => {
    const request = async (asked, response) => {
      await readAll(asked);
      response.writeHead(200, { Connection: "close" });
      response.end("OK\n");
    };
    const { status, shown } = await meet({ request });
    assert.equal(status, 1, shown);
    assert.match(shown, /\n< HTTP\/1\.1 100 Continue\n/);
    assert.ok(shown.endsWith("\nOK\ndeclined; the connection cannot be used again\n"), shown);
  });
});
