// Node's http, ws or undici as an adapter of score.py:
//
//   python3 tests/vectors/score.py node tests/vectors/adapters/node/adapter.js http
const readline = require('readline');
const client = require('./client.js');
const server = require('./server.js');
const undici = require('./undici.js');

const name = process.argv[2] || 'http';
const load = (other) => require(require.resolve(other, {paths: [process.env.NODE_PATH || __dirname, __dirname]}));

async function play(one) {
  const library = name === 'http' ? null : load(name);
  if (name === 'undici') return one.role === 'client' && undici.does(one) ? undici.play(one, library) : {outcome: 'skip'};
  if (one.role === 'server' && server.does(one, name)) return server.play(one, library);
  if (one.role === 'client' && client.does(one, name)) return client.play[name](one, library);
  return {outcome: 'skip'};
}

async function main() {
  process.on('uncaughtException', () => {});
  process.on('unhandledRejection', () => {});
  for await (const line of readline.createInterface({input: process.stdin})) {
    const one = JSON.parse(line);
    console.log(JSON.stringify({id: one.id, ...await play(one)}));
  }
  process.exit(0);
}

main();
