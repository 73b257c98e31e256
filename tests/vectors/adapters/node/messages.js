// What there is to read in octets that a server has sent.

const text = (octets) => Buffer.from(octets).toString('latin1');
const octets = (string) => Buffer.from(string, 'latin1');

// The head at the front of octets, or null if it is not whole.
function readHead(all) {
  const end = all.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [start, ...fields] = text(all.subarray(0, end)).split('\r\n');
  const value = (name) => {
    const found = fields.filter((line) => line.toLowerCase().startsWith(name + ':'));
    return found.length === 0 ? null : found.map((line) => line.slice(name.length + 1).trim()).join(', ');
  };
  return {start, fields, value, size: end + 4};
}

// The size of a content that begins the octets, or null if it is not whole.
function contentSize(head, status, all) {
  if (status < 200 || status === 204 || status === 304) return 0;
  if ((head.value('transfer-encoding') || '').toLowerCase().endsWith('chunked')) {
    let at = 0;
    for (;;) {
      const end = all.indexOf('\r\n', at);
      if (end < 0) return null;
      const size = parseInt(text(all.subarray(at, end)), 16);
      if (size === 0) return end + 4;
      at = end + 2 + size + 2;
    }
  }
  if (head.value('content-length') !== null) return Number(head.value('content-length'));
  return all.length;
}

// All responses in octets, each with its status and its fields.
function readResponses(all) {
  const found = [];
  while (all.length > 0) {
    const head = readHead(all);
    if (head === null) break;
    const status = Number(head.start.split(' ')[1]);
    found.push({status, fields: head.fields, value: head.value});
    all = all.subarray(head.size);
    if (status === 101) break;
    const size = contentSize(head, status, all);
    if (size === null) break;
    all = all.subarray(size);
  }
  return found;
}

// What a server has made of the requests that it got.
//
// closed: whether it has closed; protocol: what it has switched to, in the words of the profile
function serverOutcome(sent, closed, switched) {
  const all = readResponses(sent);
  const finals = all.filter((one) => one.status >= 200 || one.status === 101);
  if (finals.length === 0) return {outcome: closed ? 'close' : 'incomplete'};
  const last = finals[finals.length - 1];
  const before = finals.length - 1;
  if (last.status === 101)
    return {outcome: 'switch', before, fields: last.fields, ...switched,
            deflate: last.value('sec-websocket-extensions'), continue: all.some((one) => one.status === 100)};
  if (last.status === 200) return {outcome: 'ordinary', before, close: closed};
  return {outcome: 'refuse', status: last.status, before, close: closed, fields: last.fields};
}

// The first protocol of the Upgrade header that is spoken, as a program would look for it.
function choose(upgrade, spoken) {
  for (const one of upgrade.split(',').map((member) => member.trim()))
    for (const known of spoken)
      if (one.toLowerCase() === known.toLowerCase()) return known;
  return null;
}

module.exports = {choose, octets, text, readHead, readResponses, serverOutcome};
