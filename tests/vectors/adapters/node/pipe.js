// Two ends of a connection in memory, and what has come out of one.
const {Duplex} = require('stream');

class End extends Duplex {
  constructor() {
    super({allowHalfOpen: true});
    this.octets = Buffer.alloc(0);  // what was written to this end, for the other one
    this.ended = false;             // whether this end was ended or destroyed
    this.remoteAddress = '127.0.0.1';
  }
  _read() {}
  _write(chunk, encoding, done) {
    this.octets = Buffer.concat([this.octets, chunk]);
    if (this.onoctets) this.onoctets();
    done();
  }
  _final(done) {
    this.ended = true;
    done();
  }
  _destroy(error, done) {
    this.ended = true;
    done(error);
  }
  give(octets) {
    if (!this.destroyed) this.push(octets);
  }
  giveEnd() {
    if (!this.destroyed) this.push(null);
  }
  // What libraries call on a socket.
  setTimeout() { return this; }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() { return this; }
  unref() { return this; }
}

// Waits until a program that has no input has done all that it does.
async function settle() {
  for (let round = 0; round < 12; ++round) await new Promise((done) => setImmediate(done));
}

module.exports = {End, settle};
