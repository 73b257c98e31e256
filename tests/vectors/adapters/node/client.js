// Clients: Node's http.request and ws. Each sends the request of the case as well as it can.
const crypto = require('crypto');
const http = require('http');
const {End, settle} = require('./pipe.js');
const {choose, octets, readHead, text} = require('./messages.js');

function acceptFor(octetsOfRequest) {
  const key = readHead(octetsOfRequest).value('sec-websocket-key') || '';
  return crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
}

function lines(head) {
  return head.fields.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
}

// Gives the client its answer once it has sent its request. The right accept value in it becomes that
// for the client's own key.
function answering(one) {
  const socket = new End();
  socket.on('error', () => {});
  let answered = false;
  socket.onoctets = () => {
    if (answered || !socket.octets.includes('\r\n\r\n')) return;
    answered = true;
    setImmediate(() => {
      const own = acceptFor(socket.octets);
      socket.give(octets((one.response || '').replace(acceptFor(octets(one.request)), own)));
      if (one.end) socket.giveEnd();
    });
  };
  return socket;
}

// What a client waits for: no library says whether the next response has begun.
function waiting(one, interim) {
  return interim.length > 0 && one.response.endsWith('\r\n\r\n') ? 'interim' : 'incomplete';
}

async function playHttp(one) {
  const head = readHead(octets(one.request));
  const [method, path] = head.start.split(' ');
  const socket = answering(one);
  const answer = {outcome: 'incomplete', interim: []};
  const request = http.request({
    method, path, setHost: false, createConnection: () => socket,
    headers: Object.fromEntries(lines(head).map(([name, value]) => [name, value])),
  });
  const switchTo = (outcome) => (response, stream, rest) => {
    answer.outcome = outcome;
    if (outcome === 'switched') answer.protocol = response.headers.upgrade;
    const offered = choose(head.value('upgrade') || '', [answer.protocol || '']);
    if (outcome === 'switched' && offered === null) answer.outcome = 'failed';  // the program looks
    answer.leftover = rest.length;
    stream.on('data', (more) => { answer.leftover += more.length; });
  };
  request.on('information', (info) => { answer.interim.push(info.statusCode); });
  request.on('upgrade', switchTo('switched'));
  request.on('connect', switchTo('tunnel'));
  request.on('response', (response) => {
    answer.outcome = response.statusCode === 101 ? 'failed' : 'refused';
    answer.status = response.statusCode;
    answer.content = '';
    answer.complete = false;
    response.on('data', (more) => { answer.content += text(more); });
    response.on('end', () => { answer.complete = response.complete; });
    response.on('error', () => { answer.outcome = 'failed'; });
  });
  request.on('error', () => {
    if (answer.outcome !== 'switched' && !answer.complete) answer.outcome = 'failed';
  });
  request.end(octets(one.request).subarray(head.size));
  await settle();
  socket.destroy();
  if (answer.outcome === 'incomplete') answer.outcome = waiting(one, answer.interim);
  return answer;
}

function offersOf(head) {
  const protocols = head.value('sec-websocket-protocol');
  return protocols === null ? [] : protocols.split(',').map((name) => name.trim());
}

async function playWs(one, ws) {
  const head = readHead(octets(one.request));
  const socket = answering(one);
  const answer = {outcome: 'incomplete'};
  let extensions = null;
  const client = new ws.WebSocket('ws://' + head.value('host') + head.start.split(' ')[1], offersOf(head), {
    createConnection: () => socket,
    perMessageDeflate: (head.value('sec-websocket-extensions') || '').includes('permessage-deflate'),
  });
  client.on('upgrade', (response) => { extensions = response.headers['sec-websocket-extensions'] || null; });
  client.on('open', () => {
    answer.outcome = 'switched';
    answer.protocol = 'websocket';
    answer.subprotocol = client.protocol || null;
    answer.deflate = extensions;
  });
  client.on('unexpected-response', (request, response) => {
    answer.outcome = 'refused';
    answer.status = response.statusCode;
    request.destroy();
  });
  client.on('error', () => { if (answer.outcome === 'incomplete') answer.outcome = 'failed'; });
  await settle();
  socket.destroy();
  return answer;
}

const MADE_UP = ['foo/2', 'foo/3', 'bar'];

function does(one, name) {
  const head = readHead(octets(one.request));
  if (head === null) return false;
  if (name === 'http') return MADE_UP.includes(one.profile);
  // It offers what it offers: a case with another extension is not its own.
  const offered = head.value('sec-websocket-extensions');
  return one.profile === 'websocket' &&
         (offered === null || offered === 'permessage-deflate; client_max_window_bits');
}

const play = {http: playHttp, ws: playWs};

module.exports = {answering, does, lines, offersOf, play, waiting};
