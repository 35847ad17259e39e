import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';

import { samplePaper } from './lib/paper.js';

const choices = [
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['GZip', 'gzip'],
  ['gzip, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=0.3', 'gzip'],
  ['gzip;q=0, br;q=0', undefined],
  ['*', 'br'],
  ['*;q=0, gzip', 'gzip'],
  ['zstd, deflate', undefined],
  ['gzip;q=0.0001, br;q=2', undefined],   // quality values that are none
];

test('compression is chosen by quality values', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const plain = (await server.get('/')).body;

  for (const [accept, encoding] of choices) {
    await t.test(`Accept-Encoding: ${accept}`, async () => {
      const got = await server.get('/', { headers: accept === undefined ? {} : { 'Accept-Encoding': accept } });
      assert.equal(got.status, 200);
      if (accept?.includes('q=2')) {
        assert.ok([undefined, 'gzip', 'br'].includes(got.headers['content-encoding']));
      } else {
        assert.equal(got.headers['content-encoding'], encoding);
      }
      assert.match(got.headers.vary, /Accept-Encoding/i);
      const bytes = { gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync }[got.headers['content-encoding']]?.(got.body) ?? got.body;
      assert.ok(bytes.equals(plain), 'other bytes');
      if (got.headers['content-encoding']) assert.ok(got.body.length < plain.length / 2);
    });
  }

  await t.test('what is compressed has a tag of its own', async () => {
    const tags = await Promise.all(['identity', 'gzip', 'br'].map(async (e) =>
      (await server.get('/', { headers: { 'Accept-Encoding': e } })).headers.etag));
    assert.equal(new Set(tags).size, 3, tags.join(' '));
  });
});
