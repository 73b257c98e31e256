// undici's clients: its WebSocket, and for other protocols dispatch(), on which its requests are built.
const {answering, lines, offersOf, waiting} = require('./client.js');
const {settle} = require('./pipe.js');
const {choose, octets, readHead, text} = require('./messages.js');

const OFFER = 'permessage-deflate; client_max_window_bits';  // its WebSocket always offers that

function clientOn(socket, undici) {
  return new undici.Client('http://a', {connect: (options, done) => { setImmediate(done, null, socket); }});
}

const listOf = (value) => [value || []].flat().join(',').split(',').map((one) => one.trim()).filter(Boolean);

// The protocol that a 101 switches to, if it was offered: undici leaves both fields to the program.
function confirmed(fields, head) {
  const named = listOf(fields.upgrade);
  const listed = listOf(fields.connection).some((one) => one.toLowerCase() === 'upgrade');
  return named.length === 1 && listed ? choose(named[0], listOf(head.value('upgrade'))) : null;
}

// A handler that writes down what it is told of a response.
function listener(answer, head) {
  return {
    onRequestStart() {},
    onResponseStart(controller, status) {
      if (status < 200) {
        answer.interim.push(status);
        return;
      }
      Object.assign(answer, {outcome: 'refused', status, content: '', complete: false});
    },
    onResponseData(controller, chunk) { answer.content += text(chunk); },
    onResponseEnd() { answer.complete = true; },
    onResponseError() { if (answer.outcome !== 'switched') answer.outcome = 'failed'; },
    onRequestUpgrade(controller, status, fields, socket) {
      if (status !== 101) {  // the answer to a CONNECT
        const opens = status >= 200 && status < 300;
        Object.assign(answer, opens ? {outcome: 'tunnel'} : {outcome: 'refused', status});
      } else {
        answer.protocol = confirmed(fields, head);
        answer.outcome = answer.protocol === null ? 'failed' : 'switched';
      }
      answer.leftover = 0;
      socket.on('data', (more) => { answer.leftover += more.length; });
    },
  };
}

async function playRequest(one, undici) {
  const head = readHead(octets(one.request));
  const [method, path] = head.start.split(' ');
  const socket = answering(one);
  const client = clientOn(socket, undici);
  const answer = {outcome: 'incomplete', interim: []};
  const own = ['connection', 'upgrade', 'content-length', 'transfer-encoding', 'expect'];
  const fields = lines(head).filter(([name]) => !own.includes(name.toLowerCase()));
  const content = octets(one.request).subarray(head.size);
  client.dispatch({
    method, path, headers: fields.flat(), upgrade: head.value('upgrade'), body: content.length > 0 ? content : null,
  }, listener(answer, head));
  await settle();
  socket.destroy();
  if (answer.outcome === 'incomplete') answer.outcome = waiting(one, answer.interim);
  return answer;
}

// A WebSocket does not tell the status of a refusal; an interceptor of its client does.
async function playWebSocket(one, undici) {
  const head = readHead(octets(one.request));
  const socket = answering(one);
  const answer = {outcome: 'incomplete'};
  let status = 0;
  const seen = (dispatch) => (options, handler) => dispatch(options, new Proxy(handler, {
    get: (target, name) => (name !== 'onResponseStart' ? target[name]?.bind(target) : (controller, code, ...more) => {
      status = code;
      return target.onResponseStart(controller, code, ...more);
    }),
  }));
  const client = new undici.WebSocket('ws://a' + head.start.split(' ')[1], {
    protocols: offersOf(head), dispatcher: clientOn(socket, undici).compose(seen),
  });
  client.onopen = () => {
    Object.assign(answer, {outcome: 'switched', protocol: 'websocket', subprotocol: client.protocol || null,
                           deflate: client.extensions || null});
  };
  client.onerror = () => {
    if (answer.outcome === 'incomplete')
      Object.assign(answer, status >= 200 ? {outcome: 'refused', status} : {outcome: 'failed'});
  };
  await settle();
  socket.destroy();
  return answer;
}

function does(one) {
  const head = readHead(octets(one.request));
  if (head === null) return false;
  if (one.profile === 'websocket') {
    // Its offer of compression makes no difference unless the answer has extensions.
    const offered = head.value('sec-websocket-extensions');
    return offered === OFFER || (offered === null && !/sec-websocket-extensions/i.test(one.response));
  }
  // It writes Connection by itself, with every Upgrade.
  const listed = (head.value('connection') || '').toLowerCase().includes('upgrade');
  return ['foo/2', 'foo/3', 'bar', 'connect'].includes(one.profile) && listed === (head.value('upgrade') !== null);
}

const play = (one, undici) => (one.profile === 'websocket' ? playWebSocket : playRequest)(one, undici);

module.exports = {does, play};
