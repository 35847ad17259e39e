// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { flag, frame, get, pack, polite, Raw, remember, remembered, request, settings, type, u32 } from './lib/frames.js';
import { eventually, samplePaper } from './lib/paper.js';
import { certificate, words } from './lib/tls.js';

const CALM = 11, PROTOCOL = 1;
const many = (n, make) => Buffer.concat(Array.from({ length: n }, (_, i) => make(i)));

const floods = {
  'rapid reset: requests that are begun and thrown away': ['resets', (raw) => raw.send(many(400, (i) => Buffer.concat([request(2 * i + 1), frame(type.RST_STREAM, 0, 2 * i + 1, u32(8))])))],
  'rapid reset of what a desk has to answer': ['resets', (raw) => raw.send(many(400, (i) => Buffer.concat([request(2 * i + 1, get(`/search?q=x${i}`)), frame(type.RST_STREAM, 0, 2 * i + 1, u32(8))])))],
  'MadeYouReset: mistakes that make us reset': ['provoked', (raw) => raw.send(many(400, (i) => Buffer.concat([request(2 * i + 1, [[':method', 'POST'], ...get('/desk/sign-in').slice(1), ['content-length', '1']], flag.END_HEADERS), frame(type.DATA, 0, 2 * i + 1, Buffer.alloc(2))])))],
  'MadeYouReset by windows that overflow': ['provoked', (raw) => raw.send(many(400, (i) => Buffer.concat([request(2 * i + 1, get(`/search?q=y${i}`)), frame(type.WINDOW_UPDATE, 0, 2 * i + 1, u32(0x7fffffff))])))],
  'requests that are none': ['provoked', (raw) => raw.send(many(400, (i) => request(2 * i + 1, get('/', [['connection', 'close']]))))],
  'CONTINUATION without an end': ['continuations', (raw) => raw.send(request(1, get(), flag.END_STREAM), many(50, () => frame(type.CONTINUATION, 0, 1, pack([['x-a', 'b']]))))],
  'CONTINUATION with nothing in it': ['continuations', (raw) => raw.send(request(1, get(), flag.END_STREAM), many(50, () => frame(type.CONTINUATION, 0, 1)))],
  'DATA with nothing in it': ['empties', (raw) => raw.send(request(1, [[':method', 'POST'], ...get('/desk/sign-in').slice(1)], flag.END_HEADERS), many(2000, () => frame(type.DATA, 0, 1)))],
  'DATA of padding alone': ['empties', (raw) => raw.send(request(1, [[':method', 'POST'], ...get('/desk/sign-in').slice(1)], flag.END_HEADERS), many(500, () => frame(type.DATA, flag.PADDED, 1, Buffer.from([3, 0, 0, 0]))))],
  PING: ['pings', (raw) => raw.send(many(1000, () => frame(type.PING, 0, 0, Buffer.alloc(8))))],
  SETTINGS: ['settings', (raw) => raw.send(many(100, () => settings([4, 65535])))],
  PRIORITY: ['priorities', (raw) => raw.send(many(1000, (i) => frame(type.PRIORITY, 0, 2 * i + 1, Buffer.concat([u32(0), Buffer.from([1])]))))],
  WINDOW_UPDATE: ['updates', (raw) => raw.send(many(2000, () => frame(type.WINDOW_UPDATE, 0, 0, u32(1))))],
  'frames of no known kind': ['strange', (raw) => raw.send(many(1000, () => frame(0xbe, 0, 0)))],
  // one field of 3 KB, then named ten thousand times: 30 MB out of 13 KB
  'an HPACK bomb': ['headers', (raw) => raw.send(frame(type.HEADERS, flag.END_STREAM | flag.END_HEADERS, 1, Buffer.concat([pack(get()), remember('x-bomb', 'a'.repeat(3000)), ...Array(10_000).fill(remembered(62))])))],
};

test('who floods a connection over HTTP/2 loses it, and nobody else', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', '--threads', '1', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const reader = await polite(server);
  t.after(() => reader.close());
  const front = (await reader.ask('/')).body;

  for (const [name, [over, flood]] of Object.entries(floods))
    await t.test(name, async () => {
      const raw = await Raw.to(server);
      const before = server.err.length;
      flood(raw);
      assert.equal(await raw.goaway(), CALM);
      await raw.ended;
      await eventually('the log says of what', () => server.err.slice(before).includes(`event=h2_calm over=${over} `));
      assert.deepEqual((await reader.ask('/')).body, front, 'who was there all the time');
      const other = await polite(server);
      assert.equal((await other.ask('/sport')).status, 200, 'who comes now');
      other.close();
    });

  await t.test('what is no HTTP/2 at all is ended', async () => {
    const raw = await Raw.to(server, [Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')]);
    assert.equal(await raw.goaway(), PROTOCOL);
    const half = await Raw.to(server, [settings(), frame(type.HEADERS, flag.END_HEADERS, 2, pack(get()))]);
    assert.equal(await half.goaway(), PROTOCOL, 'an even stream');
    const still = await Raw.to(server, [settings(), request(1), frame(type.WINDOW_UPDATE, 0, 1, u32(0))]);
    assert.equal(await still.goaway(), PROTOCOL, 'a window that grows by nothing');
    const large = await Raw.to(server, [settings(), frame(type.DATA, 0, 1, Buffer.alloc(20_000))]);
    assert.ok([1, 6].includes(await large.goaway()), 'a frame that is too large');
    const junk = await Raw.to(server, [settings(), frame(type.HEADERS, flag.END_HEADERS | flag.END_STREAM, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))]);
    assert.equal(await junk.goaway(), 9, 'what HPACK cannot read');
  });

  await t.test('honest work in plenty is no flood', async () => {
    // a page that is left with a hundred pictures on their way, and many requests side by side
    const raw = await Raw.to(server);
    raw.send(many(90, (i) => request(2 * i + 1, get(`/search?q=z${i}`))), many(90, (i) => frame(type.RST_STREAM, 0, 2 * i + 1, u32(8))));
    raw.send(request(201, get('/sport')));
    assert.equal(await raw.end(201), 0);
    raw.close();
    const all = await Promise.all(Array.from({ length: 300 }, (_, i) => reader.ask(i % 2 ? '/' : `/search?q=w${i % 40}`)));
    assert.ok(all.every((r) => r.status === 200));
  });

  assert.equal((await server.stop()).code, 0);
});
