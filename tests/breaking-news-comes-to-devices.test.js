// Web Push: a push service on this machine, whose messages are opened by an implementation of others.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import http from 'node:http';
import { test } from 'node:test';

import ece from 'http_ece';

import { newsml } from './lib/copy.js';
import { request } from './lib/http.js';
import { emptyPaper, eventually, finallyDo, patience } from './lib/paper.js';

const within = { within: 30_000 * patience };

/** A push service that keeps what it gets; `status` may be changed on the way. */
async function pushService(t) {
  const box = [];
  box.status = 201;
  const server = http.createServer((asked, reply) => {
    const parts = [];
    asked.on('data', (part) => parts.push(part)).on('end', () => {
      box.push({ method: asked.method, path: asked.url, headers: asked.headers, body: Buffer.concat(parts) });
      reply.writeHead(box.status).end();
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  finallyDo(t, () => { server.closeAllConnections(); return new Promise((done) => server.close(done)); });
  box.origin = `http://127.0.0.1:${server.address().port}`;
  return box;
}

/** A browser's half: its keys, and what it can read with them. */
class Device {
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

const post = (server, where, what, headers = { 'Content-Type': 'application/json' }) =>
  request(server.port, where, { method: 'POST', body: typeof what === 'string' ? what : JSON.stringify(what), headers });
const piece = (n, more = {}) => newsml({ guid: `urn:newsml:tests.example:20261129:push-${n}`, headline: `Piece ${n} of the day`, body: `<p>Secret of number ${n}.</p>`, ...more });

test('breaking news comes to devices that asked for it', async (t) => {
  const service = await pushService(t);
  const paper = await emptyPaper(t);
  const story = await paper.publish('one.xml', piece(1));
  const two = await paper.publish('two.xml', piece(2));
  await paper.does('settings', 'set', 'name', 'The Fathom');
  await paper.does('settings', 'set', 'email', 'desk@fathom.example');
  const server = await paper.serve('--quiet', '--ask-inside');
  const { key } = JSON.parse((await server.get('/push/key')).text);
  const a = new Device(service, 'a'), b = new Device(service, 'b');

  await t.test('a device asks, and is told what is new, sealed and signed', async () => {
    assert.equal((await post(server, '/push/subscribe', a.subscription)).status, 204);
    assert.equal((await post(server, '/push/subscribe', a.subscription)).status, 204, 'again: the same');
    assert.equal(JSON.parse((await server.get('/push/key')).text).key, key, 'the key stays');
    await paper.does('breaking', '--story', story, 'The wall has held');
    const m = await a.gets('the news', () => true);
    assert.deepEqual(m.word, { tag: 'breaking-1', title: 'The Fathom', body: 'The wall has held', path: await paper.address(story), silent: false });
    assert.equal(m.method, 'POST');
    assert.deepEqual([m.headers['content-encoding'], m.headers.urgency, m.headers.topic], ['aes128gcm', 'high', 'breaking-1']);
    assert.ok(m.headers.ttl > 3000 && m.headers.ttl <= 3600, m.headers.ttl);
    assert.ok(!m.body.includes('wall'));

    const [, head, claims, signature, open] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(m.headers.authorization);
    assert.equal(open, key);
    const point = Buffer.from(open, 'base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    assert.ok(crypto.verify('sha256', Buffer.from(`${head}.${claims}`), { key: crypto.createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')));
    const said = JSON.parse(Buffer.from(claims, 'base64url'));
    assert.deepEqual([said.aud, said.sub], [service.origin, 'mailto:desk@fathom.example']);
    assert.ok(said.exp > Date.now() / 1000 && said.exp <= Date.now() / 1000 + 24 * 3600);
    assert.deepEqual(JSON.parse(Buffer.from(head, 'base64url')), { typ: 'JWT', alg: 'ES256' });
  });

  await t.test('what is corrected or taken back takes its place, in silence', async () => {
    await paper.does('correct', story, '--reason', 'It was the dyke.');
    const corrected = await a.gets('the correction', (m) => /^Corrected: /.test(m.word.body));
    assert.deepEqual([corrected.word.tag, corrected.word.silent, corrected.headers.topic, corrected.headers.urgency], ['breaking-1', true, 'breaking-1', 'normal']);
    await paper.does('kill', story, '--reason', 'wrong');
    const gone = await a.gets('that it is taken back', (m) => /taken this news back/.test(m.word.body));
    assert.deepEqual([gone.word.tag, gone.word.path], ['breaking-1', '/']);
    await paper.does('kill', two, '--reason', 'wrong'); // of no breaking news
    await paper.does('breaking', 'Another line');
    await paper.does('breaking', '--end');
    await a.gets('another that is over', (m) => m.word.tag === 'breaking-2' && /taken this news back/.test(m.word.body));
    assert.ok(a.got.length >= 4 && a.got.length <= 5, 'and nothing else');
  });

  await t.test('a service in trouble is asked again, a device that is gone is forgotten', async () => {
    service.status = 503;
    await paper.does('breaking', 'A third line');
    await eventually('the log says so', () => /event=push_failed push=\d+ tries=1 .*answered 503/.test(server.err), within);
    service.length = 0;
    service.status = 201;
    await a.gets('the third', (m) => m.word.body === 'A third line');
    await post(server, '/push/subscribe', b.subscription);
    service.status = 410;
    service.length = 0;
    await paper.does('breaking', 'A fourth line');
    await eventually('both were told', () => service.length === 2, within);
    service.status = 201;
    await post(server, '/push/subscribe', b.subscription);
    await paper.does('breaking', 'A fifth line');
    await b.gets('who has come back', (m) => m.word.body === 'A fifth line');
    assert.ok(!a.got.some((m) => m.word.body === 'A fifth line'));
  });

  await t.test('who wants to hear no more is told no more', async () => {
    assert.equal((await post(server, '/push/unsubscribe', b.subscription)).status, 204);
    await post(server, '/push/subscribe', a.subscription);
    await paper.does('breaking', 'A sixth line');
    await a.gets('the sixth', (m) => m.word.body === 'A sixth line');
    assert.ok(!b.got.some((m) => m.word.body === 'A sixth line'));
  });

  await t.test('what no browser gives is refused', async () => {
    const { endpoint, keys } = b.subscription;
    for (const wrong of [{}, { endpoint }, { endpoint: 'http://push.example/x', keys }, { endpoint: 'file:///etc/passwd', keys }, { endpoint: `https://push.example/${'x'.repeat(1000)}`, keys },
      { endpoint, keys: { ...keys, auth: 'short' } }, { endpoint, keys: { ...keys, p256dh: keys.p256dh.replace(/.{8}$/, 'AAAAAAAA') } }, { endpoint, keys: [] }, [], 'nonsense'])
      assert.equal((await post(server, '/push/subscribe', wrong)).status, 400, JSON.stringify(wrong));
    assert.equal((await post(server, '/push/subscribe', b.subscription, { 'Content-Type': 'text/plain' })).status, 400);
    for (let i = 0; i < 40; i++) await post(server, '/push/unsubscribe', b.subscription);
    assert.equal((await post(server, '/push/subscribe', b.subscription)).status, 429, 'who asks too often waits');
  });
});
