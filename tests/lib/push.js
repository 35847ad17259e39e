// push.js - a push service on this machine, and devices that read what comes there with an
// implementation of others.
import crypto from 'node:crypto';
import http from 'node:http';

import ece from 'http_ece';

import { eventually, finallyDo, patience } from './paper.js';

export const within = { within: 30_000 * patience };

/** A push service that keeps what it gets; `status` may be changed on the way, and it may hang: it
 * `holds` what comes until letGo().  `most`: how many it had open at once. */
export async function pushService(t) {
  const box = [], held = [];
  let open = 0;
  Object.assign(box, { status: 201, delay: 0, holds: false, most: 0, letGo: () => { box.holds = false; for (const s of held.splice(0)) s.destroy(); } });
  const server = http.createServer((asked, reply) => {
    const parts = [];
    box.most = Math.max(box.most, ++open);
    reply.on('close', () => open--);
    asked.on('data', (part) => parts.push(part)).on('end', () => {
      const { status, delay } = box; // as they are now: whoever sees what came may change them
      box.push({ method: asked.method, path: asked.url, headers: asked.headers, body: Buffer.concat(parts) });
      if (box.holds) held.push(asked.socket);
      else setTimeout(() => reply.writeHead(status).end(), delay);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  finallyDo(t, () => { server.closeAllConnections(); return new Promise((done) => server.close(done)); });
  box.origin = `http://127.0.0.1:${server.address().port}`;
  return box;
}

/** A browser's half: its keys, and what it can read with them. */
export class Device {
  constructor(service, name) {
    this.curve = crypto.createECDH('prime256v1');
    this.curve.generateKeys();
    this.auth = crypto.randomBytes(16);
    this.service = service;
    this.path = `/send/${name}`;
  }

  get subscription() {
    return { endpoint: this.service.origin + this.path, expirationTime: null, keys: { p256dh: this.curve.getPublicKey('base64url'), auth: this.auth.toString('base64url') } };
  }

  get got() {
    return this.service.filter((m) => m.path === this.path).map((m) => ({
      ...m, word: JSON.parse(ece.decrypt(m.body, { version: 'aes128gcm', privateKey: this.curve, authSecret: this.auth.toString('base64url') })),
    }));
  }

  gets(what, claim) { return eventually(what, () => this.got.find(claim), within); }
}
