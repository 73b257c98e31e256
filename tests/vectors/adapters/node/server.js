// Node's http server, with ws on it or with a program that switches by itself.
const http = require('http');
const {End, settle} = require('./pipe.js');
const {choose, octets, serverOutcome} = require('./messages.js');

function switchByHand(one, switched) {
  const spoken = [one.profile, ...((one.setup || {}).also || [])];
  return (request, socket, head) => {
    const allowed = ['GET', 'POST', 'OPTIONS'].includes(request.method);
    const protocol = allowed ? choose(request.headers.upgrade, spoken) : null;
    if (protocol === null) return socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
    switched.protocol = protocol;
    switched.leftover = head.length;
    socket.on('data', (more) => { switched.leftover += more.length; });
  };
}

// Its limits in the words of ws, which takes one that is given for what a client must allow; 15 is none.
function limitsOf({server_max_window_bits: server, client_max_window_bits: client, ...takeover}) {
  return {
    ...(server < 15 && {serverMaxWindowBits: server}),
    ...(client < 15 && {clientMaxWindowBits: client}),
    serverNoContextTakeover: takeover.server_no_context_takeover,
    clientNoContextTakeover: takeover.client_no_context_takeover,
  };
}

function switchWithWs(one, switched, ws) {
  const setup = one.setup || {};
  const known = setup.subprotocols || [];
  const server = new ws.WebSocketServer({
    noServer: true,
    perMessageDeflate: setup.deflate !== undefined && limitsOf(setup.deflate),
    handleProtocols: (offered) => [...offered].find((name) => known.includes(name)) || false,
  });
  return (request, socket, head) => {
    server.handleUpgrade(request, socket, head, (client) => {
      switched.protocol = 'websocket';
      switched.subprotocol = client.protocol || null;
      client.on('error', () => {});
    });
  };
}

async function play(one, ws) {
  const switched = {};
  const server = http.createServer((request, response) => {
    request.on('data', () => {});
    request.on('end', () => response.end());
    request.on('error', () => {});
  });
  const isWebSocket = one.profile === 'websocket';
  if (one.profile !== 'none')
    server.on('upgrade', isWebSocket ? switchWithWs(one, switched, ws) : switchByHand(one, switched));
  const socket = new End();
  socket.on('error', () => {});
  server.emit('connection', socket);
  socket.give(octets(one.request));
  if (one.end) socket.giveEnd();
  await settle();
  const answer = serverOutcome(socket.octets, socket.ended, switched);
  if (isWebSocket) delete answer.leftover;
  socket.destroy();
  return answer;
}

// Node alone has no WebSocket in its server, and ws has nothing else.
function does(one, name) {
  const setup = one.setup || {};
  if (setup.origins || setup.connect) return false;
  if (/^(connect-|SPDY|h2c|TLS|tcp)/.test(one.profile)) return false;
  return name === 'ws' ? one.profile === 'websocket' : one.profile !== 'websocket';
}

module.exports = {does, play};
