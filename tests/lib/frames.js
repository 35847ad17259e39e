// frames.js - HTTP/2 frame by frame, for who does not keep to it.
import http2 from 'node:http2';
import tls from 'node:tls';

import { patience } from './paper.js';

export const type = { DATA: 0, HEADERS: 1, PRIORITY: 2, RST_STREAM: 3, SETTINGS: 4, PING: 6, GOAWAY: 7, WINDOW_UPDATE: 8, CONTINUATION: 9 };
export const flag = { ACK: 1, END_STREAM: 1, END_HEADERS: 4, PADDED: 8 };
export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export function frame(kind, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const number = (prefix, n, bits) => {
  const most = 2 ** bits - 1;
  if (n < most) return [prefix | n];
  const out = [prefix | most];
  for (n -= most; n >= 128; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  return [...out, n];
};
const text = (s) => { const b = Buffer.from(s, 'latin1'); return Buffer.concat([Buffer.from(number(0, b.length, 7)), b]); };

/** Fields as HPACK literals that nobody remembers. */
export const pack = (fields) => Buffer.concat(fields.map(([name, value]) => Buffer.concat([Buffer.from([0]), text(name), text(value)])));
/** One that is remembered, and what is remembered n-th. */
export const remember = (name, value) => Buffer.concat([Buffer.from([0x40]), text(name), text(value)]);
export const remembered = (n) => Buffer.from(number(0x80, n, 7));

export const get = (where = '/', more = []) => [[':method', 'GET'], [':scheme', 'https'], [':authority', 'localhost'], [':path', where], ...more];
export const request = (stream, fields = get(), flags = flag.END_STREAM | flag.END_HEADERS) => frame(type.HEADERS, flags, stream, pack(fields));
export const u32 = (...all) => { const b = Buffer.alloc(4 * all.length); all.forEach((n, i) => b.writeUInt32BE(n, 4 * i)); return b; };
export const settings = (...pairs) => frame(type.SETTINGS, 0, 0, Buffer.concat(pairs.map(([id, value]) => { const b = Buffer.alloc(6); b.writeUInt16BE(id); b.writeUInt32BE(value, 2); return b; })));

/** A connection that speaks frames: what it said is in `heard`, each { type, flags, stream, payload }. */
export class Raw {
  static async to(server, first = [settings()]) {
    const raw = new Raw();
    raw.socket = tls.connect({ host: '127.0.0.1', port: server.securePort, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    raw.heard = [];
    raw.waiting = [];
    let rest = Buffer.alloc(0);
    raw.ended = new Promise((done) => raw.socket.on('close', done));
    raw.socket.on('error', () => {}).on('close', () => { raw.gone = true; raw.look(); }).on('data', (some) => {
      rest = Buffer.concat([rest, some]);
      while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
        const n = rest.readUIntBE(0, 3);
        raw.heard.push({ type: rest[3], flags: rest[4], stream: rest.readUInt32BE(5) & 0x7fffffff, payload: rest.subarray(9, 9 + n) });
        rest = rest.subarray(9 + n);
      }
      raw.look();
    });
    await new Promise((done, failed) => raw.socket.once('secureConnect', done).once('error', failed));
    raw.send(preface, ...first);
    return raw;
  }

  look() { this.waiting = this.waiting.filter((w) => !w()); }
  send(...frames) { if (!this.gone) this.socket.write(Buffer.concat(frames)); }

  /** The first frame that fits, once it came; undefined when the connection ended without one. */
  hear(fits, within = 20_000 * patience) {
    return new Promise((done, failed) => {
      const limit = setTimeout(() => failed(new Error(`not heard: ${fits}; but ${this.heard.map((f) => `${f.type}:${f.stream}`).slice(-20)}`)), within);
      this.waiting.push(() => {
        const found = this.heard.find(fits);
        if (!found && !this.gone) return false;
        clearTimeout(limit);
        done(found);
        return true;
      });
      this.look();
    });
  }

  /** The error code of the GOAWAY that came; undefined: none before the end. */
  async goaway() { return (await this.hear((f) => f.type === type.GOAWAY))?.payload.readUInt32BE(4); }
  /** The error code that ended a stream; 0 when its reply did. */
  async end(stream) {
    const last = await this.hear((f) => f.stream === stream && (f.type === type.RST_STREAM || (f.type <= 1 && f.flags & flag.END_STREAM)));
    return last === undefined ? undefined : last.type === type.RST_STREAM ? last.payload.readUInt32BE(0) : 0;
  }
  close() { this.socket.destroy(); }
}

/** Node's own client: { ask(path, { method, headers, body }) → { status, headers, body, text }, session, close() }. */
export async function polite(server, options = {}) {
  const session = http2.connect(server.secure, { rejectUnauthorized: false, ...options });
  session.on('error', () => {});
  await new Promise((done, failed) => session.once('connect', done).once('error', failed));
  const ask = (where, { method = 'GET', headers = {}, body } = {}) => new Promise((resolve, reject) => {
    const stream = session.request({ ':path': where, ':method': method, ...headers }, { endStream: body === undefined });
    const parts = [];
    let told;
    stream.on('response', (h) => { told = h; }).on('data', (d) => parts.push(d)).on('error', reject).on('close', () => {
      if (!told) return reject(new Error(`no reply: ${stream.rstCode}`));
      const whole = Buffer.concat(parts);
      resolve({ status: told[':status'], headers: told, body: whole, text: whole.toString('utf8'), code: stream.rstCode });
    });
    if (body !== undefined) stream.end(body);
  });
  return { session, ask, close: () => session.destroy() };
}
