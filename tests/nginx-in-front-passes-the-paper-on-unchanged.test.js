import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import http2 from 'node:http2';
import https from 'node:https';
import { test } from 'node:test';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

import { hears, nginx, witness } from './lib/front.js';
import { request } from './lib/http.js';
import { eventually, finallyDo, samplePaper } from './lib/paper.js';

const unpacked = ({ headers, body }) =>
  ({ gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync }[headers['content-encoding']]?.(body) ?? body);

/** Over TLS, with the certificate checked: { status, headers, body }. */
function ask(front, where, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    https.request({ host: '127.0.0.1', servername: 'localhost', port: front.secure, ca: front.certificate, path: where,
                    method, headers: { Host: 'localhost', ...headers }, agent: false }, (got) => {
      const parts = [];
      got.on('data', (part) => parts.push(part));
      got.on('error', reject);
      got.on('end', () => resolve({ status: got.statusCode, headers: got.headers, body: Buffer.concat(parts) }));
    }).on('error', reject).end();
  });
}

test('nginx in front passes the paper on unchanged', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet', '--proxied', '--secure');
  await paper.does('settings', 'set', 'shared_age', '600');
  const relay = await witness(t, server.port);
  const front = await nginx(t, relay.port);
  const page = await server.get('/');
  const picture = /src="(\/media\/[^"]+\.jpg)"/.exec(page.text)[1];

  await t.test('whoever comes by http is led to https', async () => {
    const led = await request(front.plain, '/politics?before=9');
    assert.equal(led.status, 301);
    assert.equal(led.headers.location, `https://localhost:${front.secure}/politics?before=9`);
  });

  await t.test('a page comes in each coding, and is not sent again', async () => {
    for (const coding of ['br', 'gzip', 'identity']) {
      const got = await ask(front, '/', { headers: { 'Accept-Encoding': coding } });
      assert.equal(got.status, 200);
      assert.equal(got.headers['content-encoding'] ?? 'identity', coding);
      assert.ok(unpacked(got).equals(page.body));
      assert.equal(got.headers['surrogate-key'], undefined);
      assert.match(got.headers['strict-transport-security'], /max-age=\d+/);
      assert.ok(got.headers['content-security-policy']);
      const again = await ask(front, '/', { headers: { 'Accept-Encoding': coding, 'If-None-Match': got.headers.etag } });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
    }
  });

  await t.test('pictures come in ranges', async () => {
    const whole = (await server.get(picture)).body;
    const part = await ask(front, picture, { headers: { Range: 'bytes=100-299' } });
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 100-299/${whole.length}`);
    assert.ok(part.body.equals(whole.subarray(100, 300)));
    assert.equal((await ask(front, picture, { headers: { Range: `bytes=${whole.length}-` } })).status, 416);
  });

  await t.test('HTTP/2, by curl and by Node', async () => {
    const { stdout: said } = await promisify(execFile)('curl', ['-sS', '--http2', '--compressed', '--cacert', front.certificateFile, '--resolve',
      `localhost:${front.secure}:127.0.0.1`, '-o', '/dev/null', '-w', '%{http_version} %{http_code} %{size_download}',
      `https://localhost:${front.secure}/`]);
    const [version, status, size] = said.split(' ');
    assert.equal(`${version} ${status}`, '2 200');
    assert.ok(Number(size) < page.body.length / 2, 'compressed');

    const session = http2.connect(`https://localhost:${front.secure}`, { ca: front.certificate,
      lookup: (_, options, done) => options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4) });
    finallyDo(t, () => session.destroy());
    const got = (where) => new Promise((resolve, reject) => {
      const stream = session.request({ ':path': where });
      const parts = [];
      let status;
      stream.on('response', (headers) => { status = headers[':status']; });
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => resolve({ status, body: Buffer.concat(parts) }));
      stream.on('error', reject);
    });
    const css = /href="(\/theme\/[^"]+paper\.css)"/.exec(page.text)[1];
    const all = await Promise.all(['/', css, picture, '/none-such'].map(got));
    assert.deepEqual(all.map(({ status }) => status), [200, 200, 200, 404]);
    assert.ok(all[0].body.equals(page.body));
  });

  await t.test('the paper hears who asks, not what they claim', async () => {
    relay.heads.length = 0;
    await ask(front, '/latest', { headers: { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'http', Forwarded: 'for=192.0.2.1' } });
    const { headers } = relay.heads.at(-1);
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers['x-forwarded-proto'], 'https');
    assert.equal(headers.forwarded, undefined);
    assert.equal(headers.host, 'localhost');
  });

  await t.test('nobody purges from outside', async () => {
    relay.heads.length = 0;
    assert.equal((await ask(front, '/', { method: 'PURGE', headers: { 'Surrogate-Key': '*' } })).status, 405);
    assert.deepEqual(relay.heads, []);
  });

  await t.test('where it keeps pages, codings are kept apart and few', async () => {
    const keeper = await nginx(t, relay.port, { keeps: true });
    const wanted = { br: ['br', 'gzip, deflate, br', 'gzip;q=0.8,br;q=0.9', 'BR'], gzip: ['gzip', 'deflate, gzip', 'gzip, br;q=0'],
                     identity: ['identity', '', 'zstd', 'br;q=0.0, gzip;q=0', 'brotli, xgzip'] };
    relay.heads.length = 0;
    for (const [coding, ways] of Object.entries(wanted))
      for (const way of ways) {
        const got = await ask(keeper, '/', { headers: { 'Accept-Encoding': way } });
        assert.equal(got.headers['content-encoding'] ?? 'identity', coding, way);
        assert.ok(unpacked(got).equals(page.body), way);
        assert.equal(got.headers['x-cache'], way === ways[0] ? 'MISS' : 'HIT', way);
      }
    assert.equal(relay.heads.length, 3);
    assert.equal(relay.heads[0].headers['x-forwarded-proto'], 'https');
    await ask(keeper, picture);
    await ask(keeper, picture);
    assert.equal(relay.heads.length, 5, 'the right to show a picture is asked for each time');
  });

  await t.test('an open stream is not held back', () =>
    hears(relay, https.get, { servername: 'localhost', port: front.secure, ca: front.certificate }, () => paper.does('breaking', 'The boats are in'), /"words":"The boats are in"/));
});
