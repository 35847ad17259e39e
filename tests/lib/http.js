// http.js - speaking to a server: politely through Node, or byte for byte.
import http from 'node:http';
import net from 'node:net';

/** One request on a connection of its own: { status, headers, body, text }.  Of a stream, what it begins with. */
export function request(port, where, { method = 'GET', headers = {}, body, agent = false } = {}) {
  return new Promise((resolve, reject) => {
    const asked = http.request({ host: '127.0.0.1', port, path: where, method, headers, agent }, (got) => {
      const parts = [], isStream = got.headers['content-type'] === 'text/event-stream';
      got.on('data', (part) => {
        parts.push(part);
        if (isStream && /^id: \d+\n\n$/m.test(Buffer.concat(parts).toString().slice(-40))) got.emit('end'), asked.destroy();
      });
      got.on('error', (e) => isStream || reject(e));
      got.on('end', () => {
        const whole = Buffer.concat(parts);
        resolve({ status: got.statusCode, headers: got.headers, body: whole, text: whole.toString('utf8') });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Send bytes on a fresh connection, give all that came until the other side closed:
 *  { bytes, closed }.  `closed` is false when it had not after `within` ms. */
export function raw(port, bytes, { within = 8000, halfClose = false } = {}) {
  return new Promise((resolve) => {
    const parts = [];
    const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const end = (closed) => {
      clearTimeout(limit);
      socket.destroy();
      resolve({ bytes: Buffer.concat(parts), closed });
    };
    const limit = setTimeout(() => end(false), within);
    socket.on('data', (part) => parts.push(part));
    socket.on('end', () => end(true));
    socket.on('error', () => end(true));
    socket.on('connect', () => {
      socket.write(bytes);
      if (halfClose) socket.end();
    });
  });
}

/** Cut what came on one connection into replies.  `methods`: of the requests, in their order. */
export function replies(bytes, methods = []) {
  const all = [];
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf('\r\n\r\n', at);
    if (blank < 0) throw new Error(`half a reply: ${bytes.subarray(at).toString('latin1')}`);
    const [line, ...fields] = bytes.subarray(at, blank).toString('latin1').split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
    if (!status) throw new Error(`not a status line: ${line}`);
    const headers = {};
    for (const field of fields) {
      const colon = field.indexOf(':');
      headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
    }
    const empty = methods[all.length] === 'HEAD' || status === 304 || status === 204 || status < 200;
    const length = empty ? 0 : Number(headers['content-length'] ?? bytes.length - blank - 4);
    const body = bytes.subarray(blank + 4, blank + 4 + length);
    if (body.length !== length) throw new Error(`${length} bytes were promised, ${body.length} came`);
    all.push({ status, headers, body, text: body.toString('utf8') });
    at = blank + 4 + length;
  }
  return all;
}
