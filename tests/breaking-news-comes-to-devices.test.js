// Web Push: what readers have chosen comes to their devices, sealed, once, and is taken back there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { makeSection, publisher } from './lib/desk.js';
import { request } from './lib/http.js';
import { emptyPaper, eventually } from './lib/paper.js';
import { Device, pushService, within } from './lib/push.js';

const post = (server, where, what, headers = { 'Content-Type': 'application/json' }) =>
  request(server.port, where, { method: 'POST', body: typeof what === 'string' ? what : JSON.stringify(what), headers });
const devices = (paper) => Number(execFileSync('sqlite3', ['-readonly', '-cmd', '.timeout 20000', path.join(paper.data, 'paper.db'), 'SELECT count(*) FROM push_device'], { encoding: 'utf8' }));
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
    assert.deepEqual(m.word, { tag: 'breaking-1', instead: `story-${story}`, title: 'The Fathom', body: 'The wall has held', path: await paper.address(story), silent: false });
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
    await eventually('both are forgotten', () => devices(paper) === 0, within);
    assert.equal(service.length, 2, 'each was told once');
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

  await t.test('who has chosen a section is told once what is new there, and nothing else', async () => {
    const ada = await publisher(server);
    const sport = await makeSection(ada, { name: 'Sport', slug: 'sport', topics: '15000000' });
    const match = (n, more) => piece(n, { subjects: [{ code: '15000000', name: 'sport' }], ...more });
    const c = new Device(service, 'c'), d = new Device(service, 'd');
    assert.match((await server.get('/')).text, new RegExp(`<input type="checkbox" value="${sport}">Sport`));
    assert.equal((await post(server, '/push/subscribe', { ...c.subscription, breaking: false, sections: [sport] })).status, 204);
    assert.equal((await post(server, '/push/subscribe', { ...d.subscription, breaking: true, sections: [1] })).status, 204);
    const three = await paper.publish('three.xml', match(3));
    const m = await c.gets('what is new in Sport', () => true);
    assert.deepEqual(m.word, { tag: `story-${three}`, title: 'The Fathom · Sport', body: 'Piece 3 of the day', path: await paper.address(three), silent: false });
    assert.deepEqual([m.headers.topic, m.headers.urgency], [`story-${three}`, 'normal']);
    await paper.does('ingest', '--publish', await paper.copy('three-2.xml', match(3, { version: 2, headline: 'Piece 3, with more' }))); // newer, not new
    await paper.does('correct', three, '--reason', 'It was a draw.', '--headline', 'Piece 3, corrected');
    await c.gets('the correction in its place', (m) => m.word.body === 'Corrected: Piece 3, corrected' && m.word.tag === `story-${three}` && m.word.silent);
    await paper.does('withdraw', three, '--reason', 'wrong');
    await c.gets('that it is taken back', (m) => /taken this news back/.test(m.word.body) && m.word.tag === `story-${three}`);
    await paper.does('publish', three); // back, not new

    const four = await paper.publish('four.xml', piece(4));
    await d.gets('what is new in News', (m) => m.word.tag === `story-${four}`);
    await post(server, '/push/subscribe', { ...c.subscription, breaking: true });
    await paper.publish('five.xml', match(5));
    await paper.does('breaking', 'A seventh line');
    for (const one of [c, d]) await one.gets('the seventh', (m) => m.word.body === 'A seventh line');
    assert.deepEqual(c.got.map((m) => m.word.tag).slice(0, -1), Array(3).fill(`story-${three}`));
    assert.deepEqual(d.got.map((m) => m.word.tag).slice(0, -1), [`story-${four}`]);

    for (const wrong of [{ breaking: false }, { breaking: false, sections: [] }, { sections: [77] }, { sections: [0.5] }, { sections: 'all' }, { sections: ['1'] }, { breaking: 1 }, { sections: Array(101).fill(1) }])
      assert.equal((await post(server, '/push/subscribe', { ...c.subscription, ...wrong })).status, 400, JSON.stringify(wrong));
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
