import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

import { newsml } from './lib/copy.js';
import { hears, nginx, varnish, witness } from './lib/front.js';
import { request } from './lib/http.js';
import { emptyPaper, eventually, morningZone, patience, root } from './lib/paper.js';

const unpacked = ({ headers, body }) =>
  ({ gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync }[headers['content-encoding']]?.(body) ?? body);
const guid = (name) => `urn:newsml:tests.example:20261101:${name}`;
const within = { within: 30_000 * patience };

test('Varnish in front drops a killed story at once', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--proxied');
  const relay = await witness(t, server.port);
  const front = await varnish(t, relay.port);
  const ask = (where, headers = {}, more = {}) => request(front.port, where, { headers, ...more });
  const purge = (keys, more = {}) => request(more.port ?? front.port, '/', { method: 'PURGE', headers: { 'Surrogate-Key': keys, ...more.headers } });

  await paper.does('settings', 'set', 'time_zone', morningZone());
  await paper.does('settings', 'set', 'shared_age', '3600');
  await paper.copy('boats.jpg', await readFile(path.join(root, 'sample/pictures/portrait-haddad.jpg')));
  const story = await paper.publish('one.xml', newsml({ guid: guid('one'), headline: 'The story of the lighthouse keeper',
    picture: { href: 'boats.jpg', caption: 'Of it' }, body: '<p>She kept it for forty years.</p>'.repeat(60) }));
  const other = await paper.publish('two.xml', newsml({ guid: guid('two'), headline: 'Another story' }));
  await paper.does('pictures');
  await paper.does('settings', 'set', 'purge_url', `http://127.0.0.1:${front.port}/`);
  const address = await paper.address(story), another = await paper.address(other);
  // what the changes above did has been told when the setting's own purge has come
  await eventually('pages say how long they hold while the paper is down', async () =>
    /stale-if-error=3600/.test((await server.get(address)).headers['cache-control']));

  await t.test('what was read before comes from here, in the coding of who asks', async () => {
    const page = (await server.get(address)).body;
    for (const [coding, ways] of Object.entries({ br: ['br', 'gzip, deflate, br'], gzip: ['gzip', 'br;q=0, gzip'], identity: ['identity', ''] }))
      for (const way of ways) {
        const got = await eventually(`${way} is kept`, async () => {
          const got = await ask(address, { 'Accept-Encoding': way });
          return got.headers['x-cache'] === 'HIT' && got;
        });
        assert.equal(got.headers['content-encoding'] ?? 'identity', coding, way);
        assert.ok(unpacked(got).equals(page), way);
        assert.equal(got.headers['surrogate-key'], undefined);
        assert.equal(got.headers.xkey, undefined);
        assert.equal((await ask(address, { 'Accept-Encoding': way, 'If-None-Match': got.headers.etag })).status, 304);
      }
    const before = relay.heads.length;
    assert.equal((await ask(address, { Cookie: 'counter=7' })).headers['x-cache'], 'HIT', "others' cookies are nothing to it");
    assert.equal(relay.heads.length, before);
    await ask(address, { Cookie: '__Host-reader=7' });
    assert.equal(relay.heads.at(-1).headers.cookie, '__Host-reader=7');
  });

  await t.test('pictures come in ranges, and are asked for each time', async () => {
    const picture = /src="(\/media\/[^"]+\.jpg)"/.exec((await ask(address)).text)[1];
    const whole = (await server.get(picture)).body;
    for (let i = 0; i < 2; i++) {
      const part = await ask(picture, { Range: 'bytes=100-299' });
      assert.equal(part.status, 206);
      assert.ok(part.body.equals(whole.subarray(100, 300)));
      assert.equal(relay.heads.at(-1).url, picture);
    }
  });

  await t.test('the paper hears who asks', async () => {
    const heard = async (port, headers) => {
      await request(port, '/none-such', { headers });
      return relay.heads.findLast(({ url }) => url === '/none-such').headers;
    };
    const direct = await heard(front.port, {});
    assert.equal(direct['x-forwarded-for'], '127.0.0.1');
    // as nginx on this machine says it
    const led = await heard(front.port, { 'X-Forwarded-For': '192.0.2.7', 'X-Forwarded-Proto': 'https' });
    assert.equal(led['x-forwarded-for'], '192.0.2.7');
    assert.equal(led['x-forwarded-proto'], 'https');
  });

  await t.test('an open stream is not held back', () =>
    hears(relay, http.get, { port: front.port }, () => paper.does('breaking', 'The boats are in'), /"words":"The boats are in"/));

  await t.test('only the paper purges', async () => {
    const kept = async () => (await ask(another)).headers['x-cache'] === 'HIT';
    await eventually('it is kept', kept);
    const elsewhere = await promisify(execFile)('curl', ['-sS', '--interface', '127.0.0.2', '-X', 'PURGE', '-H', 'Surrogate-Key: *',
      '-o', '/dev/null', '-w', '%{http_code}', `http://127.0.0.1:${front.port}/`]);
    assert.equal(elsewhere.stdout, '405');
    assert.equal((await purge('*', { headers: { 'X-Forwarded-For': '192.0.2.7' } })).status, 405, 'through a proxy here');
    assert.equal((await request(front.port, '/', { method: 'PURGE' })).status, 400);
    assert.ok(await kept());
    assert.equal((await purge(`story:99999 section:99999`)).status, 200);
    assert.ok(await kept(), 'other keys');
    assert.equal((await purge(`story:${other}`)).status, 200);
    assert.equal((await ask(another)).headers['x-cache'], 'MISS');
    await eventually('it is kept', kept);
    assert.equal((await purge('*')).status, 200);
    assert.equal((await ask(another)).headers['x-cache'], 'MISS', 'everything');
  });

  await t.test('a kill reaches readers at once, in every coding, through nginx too', async () => {
    const outside = await nginx(t, front.port);
    const codings = ['br', 'gzip', 'identity'];
    for (const coding of codings)
      await eventually('it is kept', async () => (await ask(address, { 'Accept-Encoding': coding })).headers['x-cache'] === 'HIT');
    await eventually('the other is kept', async () => (await ask(another)).headers['x-cache'] === 'HIT');
    const picture = /src="(\/media\/[^"]+\.jpg)"/.exec((await ask(address)).text)[1];

    await paper.does('kill', story, '--reason', 'it was wrong');
    await eventually('it is gone', async () => (await ask(address)).status === 410, within);
    for (const coding of codings) assert.equal((await ask(address, { 'Accept-Encoding': coding })).status, 410, coding);
    for (const list of ['/', '/.lite', '/latest', '/feed.rss', '/sitemap.xml', '/api/v1/stories'])
      assert.doesNotMatch((await ask(list)).text, /lighthouse keeper/, list);
    assert.equal((await ask(picture)).status, 410);
    assert.equal((await ask(another)).status, 200);
    const { stdout } = await promisify(execFile)('curl', ['-sS', '--cacert', outside.certificateFile, '--resolve',
      `localhost:${outside.secure}:127.0.0.1`, '-o', '/dev/null', '-w', '%{http_code}', `https://localhost:${outside.secure}${address}`]);
    assert.equal(stdout, '410');
  });

  await t.test('while the paper is down, what was read before is still there', async () => {
    // a life of one second, then an hour of grace
    await paper.does('settings', 'set', 'shared_age', '1');
    await eventually('pages have the new age', async () => {
      const { headers } = await ask(another);
      return /s-maxage=1,/.test(headers['cache-control']) && headers['x-cache'] === 'HIT';
    }, within);
    await server.stop();
    await eventually('Varnish sees that it is down', async () => /sick/i.test(await front.admin('backend.list')), within);
    const old = await eventually('it is older than its life', async () => {
      const got = await ask(another);
      return (got.status !== 200 || Number(got.headers.age) > 2) && got;
    });
    assert.equal(old.status, 200);
    assert.match(old.text, /Another story/);
    const none = await ask('/none-such-at-all');
    assert.equal(none.status, 503);
    assert.equal(none.headers['retry-after'], '5');
    assert.equal((await ask(address)).status, 503, 'what was killed is not');
  });
});
