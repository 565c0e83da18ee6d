// Takes the network out of a container (with --import): a request goes to the server once, after which the same request has
// the same answer without a socket. All of the SDK above Node's own `http.request` stays as it is.
import http from 'node:http';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

const request = http.request;
const answers = new Map();

/** What the SDK needs of a ClientRequest. */
class Replayed extends Writable {
  #chunks = [];

  constructor(options, callback) {
    super();
    this.options = options;
    this.callback = callback;
  }

  setTimeout() {
    return this;
  }

  _write(chunk, _encoding, done) {
    this.#chunks.push(chunk);
    done();
  }

  _final(done) {
    const body = Buffer.concat(this.#chunks);
    const { method, path, headers } = this.options;
    const key = `${method} ${path} ${headers['x-amz-target']} ${body}`;
    const known = answers.get(key);
    if (known) {
      this.callback(Object.assign(Readable.from([known.body]), known.head));
      return done();
    }
    request(this.options, async (response) => {
      const { statusCode, headers } = response;
      const answer = { head: { statusCode, headers }, body: await buffer(response) };
      answers.set(key, answer);
      this.callback(Object.assign(Readable.from([answer.body]), answer.head));
      done();
    })
      .on('error', done)
      .end(body);
  }
}

http.request = (options, callback) => new Replayed(options, callback);
