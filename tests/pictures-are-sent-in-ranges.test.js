// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { samplePaper } from './lib/paper.js';

test('pictures are sent in ranges', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const path = /src="(\/media\/[^"]+\.jpg)"/.exec((await server.get('/')).text)[1];
  const whole = await server.get(path);
  assert.equal(whole.status, 200);
  assert.equal(whole.headers['content-type'], 'image/jpeg');
  assert.equal(whole.headers['accept-ranges'], 'bytes');
  assert.match(whole.headers['cache-control'], /max-age=\d{3,4}$/);
  const size = whole.body.length;

  const part = async (range, headers = {}) => server.get(path, { headers: { Range: range, ...headers } });
  const cases = [
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, size],
    ['bytes=-50', size - 50, size],
    [`bytes=0-${size * 2}`, 0, size],
    [`bytes=${size - 1}-${size - 1}`, size - 1, size],
    [`bytes=-${size * 2}`, 0, size],
  ];
  for (const [range, from, to] of cases) {
    const got = await part(range);
    assert.equal(got.status, 206, range);
    assert.equal(got.headers['content-range'], `bytes ${from}-${to - 1}/${size}`, range);
    assert.ok(got.body.equals(whole.body.subarray(from, to)), range);
  }

  const beyond = await part(`bytes=${size}-`);
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers['content-range'], `bytes */${size}`);

  for (const nonsense of ['bytes=9-3', 'bytes=a-b', 'lines=1-2', 'bytes=']) {
    const got = await part(nonsense);
    assert.ok(got.status === 200 || got.status === 416, `${nonsense}: ${got.status}`);
    if (got.status === 200) assert.equal(got.body.length, size, nonsense);
  }
  assert.equal((await part('bytes=0-9', { 'If-Range': '"another"' })).status, 200);
  assert.equal((await part('bytes=0-9', { 'If-Range': whole.headers.etag })).status, 206);
  assert.equal((await server.get(path, { headers: { 'If-None-Match': whole.headers.etag } })).status, 304);
});
