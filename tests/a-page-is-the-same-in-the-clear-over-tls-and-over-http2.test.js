// threads
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import https from 'node:https';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { polite } from './lib/frames.js';
import { finallyDo, samplePaper } from './lib/paper.js';
import { ask, certificate, words } from './lib/tls.js';

const run = promisify(execFile);
const own = ['date', 'connection', 'keep-alive', 'strict-transport-security', ':status'];
const told = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)));

test('a page is the same in the clear, over TLS and over HTTP/2', async (t) => {
  const paper = await samplePaper(t);
  const clear = await paper.serve('--quiet', '--no-cache');
  const front = (await clear.get('/')).text;
  const film = /\/media\/\d+\/\w+\.(jpg|webp|avif)/.exec(front)[0];
  const css = /\/theme\/[^" ]+\.css/.exec(front)[0];
  const asks = [
    // lite: what the others say of the newest event changes while pictures are made
    ['/.lite'], ['/sport.lite'], ['/search.lite?q=harbour'], ['/no-such-page'], ['/sport/'], ['/feed.rss'], [css], [film],
    ['/.lite', { headers: { 'accept-encoding': 'gzip' } }], ['/.lite', { headers: { 'accept-encoding': 'br' } }],
    ['/.lite', { method: 'HEAD' }], [film, { method: 'HEAD' }],
    [film, { headers: { range: 'bytes=100-20099' } }], [film, { headers: { range: 'bytes=99999999-' } }],
    ['/sport', { method: 'POST', body: 'a=b' }], ['/desk/sign-in', { method: 'POST', body: 'x'.repeat(20_000) }],
    ['/', { method: 'OPTIONS' }], ['/', { method: 'TRACE' }], ['/a%00b'], ['/..%2f'], ['/a//b'],
  ];
  const before = [];
  for (const [where, how] of asks) before.push(await clear.get(where, how));
  await clear.stop();

  const server = await paper.serve('--quiet', '--no-cache', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const reader = await polite(server);
  finallyDo(t, () => reader.close());

  // a host is part of some: the same one everywhere
  await t.test('status, headers and every byte', async () => {
    for (const [i, [where, how = {}]] of asks.entries()) {
      const first = before[i], host = `127.0.0.1:${clear.port}`;
      const overTls = await ask(server, where, { ...how, headers: { ...how.headers, host } });
      const overTwo = await reader.ask(where, { ...how, headers: { ...how.headers, ':authority': host } });
      for (const [how2, got] of [['TLS', overTls], ['HTTP/2', overTwo]]) {
        const what = `${how.method ?? 'GET'} ${where} over ${how2}`;
        assert.equal(got.status, first.status, what);
        assert.match(got.headers['strict-transport-security'], /max-age/, what);
        // the desk's pages hold a secret of their own each time
        if (where.startsWith('/desk')) continue;
        assert.deepEqual({ ...told(got.headers) }, told(first.headers), what);
        assert.ok(got.body.equals(first.body), `${what}: ${got.body.length} of ${first.body.length} bytes`);
      }
    }
  });

  await t.test('what one has is not sent again', async () => {
    for (const [where, headers] of [['/.lite', {}], ['/.lite', { 'accept-encoding': 'br' }], [film, {}]]) {
      const once = await reader.ask(where, { headers });
      const again = await reader.ask(where, { headers: { ...headers, 'if-none-match': once.headers.etag } });
      assert.deepEqual([again.status, again.body.length], [304, 0], where);
    }
  });

  await t.test('a slow reader gets all of it', async () => {
    const whole = (await ask(server, film)).body;
    const sip = (got, done) => {
      const parts = [];
      got.on('data', (d) => { parts.push(d); got.pause(); setImmediate(() => got.resume()); }).on('end', () => done(Buffer.concat(parts)));
    };
    const options = { host: '127.0.0.1', port: server.securePort, path: film, rejectUnauthorized: false, agent: false, highWaterMark: 1024 };
    const slow = await new Promise((done) => https.get(options, (got) => sip(got, done)));
    assert.ok(slow.equals(whole));
    const small = await polite(server, { settings: { initialWindowSize: 300 } });
    const tiny = await new Promise((done) => sip(small.session.request({ ':path': film }), done));
    assert.ok(tiny.equals(whole));
    small.close();
  });

  await t.test('to curl and to nghttp as to others', async () => {
    const curl = async (...more) => (await run('curl', ['-sSk', '--max-time', '60', ...more], { maxBuffer: 1 << 24 })).stdout;
    assert.equal(await curl('--http2', '-o', '/dev/null', '-w', '%{http_version} %{http_code}', `${server.secure}/sport.lite`), '2 200');
    assert.equal(await curl('--http1.1', '-o', '/dev/null', '-w', '%{http_version} %{http_code}', `${server.secure}/sport.lite`), '1.1 200');
    assert.equal(await curl('--http2', `${server.secure}/sport.lite`), before[1].text);
    const { stdout } = await run('nghttp', ['--no-verify-peer', `${server.secure}/sport.lite`], { maxBuffer: 1 << 24 });
    assert.equal(stdout, before[1].text);
    // bodies that nobody wants, and that the address does not take
    assert.equal(await curl('-o', '/dev/null', '-w', '%{http_code}', '--data-binary', '@/usr/bin/bash', `${server.secure}/`), '405');
    assert.equal(await curl('-o', '/dev/null', '-w', '%{http_code}', '--data-binary', '@/usr/bin/bash', `${server.secure}/desk/sign-in`), '413');
    assert.equal(await curl('-o', '/dev/null', '-w', '%{http_code}', '-H', 'Expect: 100-continue', '--data', 'a=b', `${server.secure}/desk/sign-in`), '403');
  });

  await t.test('hundreds of requests side by side, each its own reply', async () => {
    const names = ['/.lite', '/sport.lite', '/culture.lite', '/robots.txt', film, '/search.lite?q=sea'];
    const alone = new Map();
    for (const where of names) alone.set(where, (await reader.ask(where)).body);
    const all = await Promise.all(Array.from({ length: 240 }, async (_, i) => {
      const where = names[i % names.length];
      return (await reader.ask(where)).body.equals(alone.get(where));
    }));
    assert.ok(all.every(Boolean));
  });
});
