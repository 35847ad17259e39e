import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyPaper } from './lib/paper.js';

/** Width and height of a PNG, by its own header. */
const size = (png) => {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
};

test('a paper stands on the screen of a telephone', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  for (const [name, value] of Object.entries({ name: 'The “Sounding” & Sons', short_name: 'Sounding', accent: '#1d4f76', language: 'ar' }))
    await paper.does('settings', 'set', name, value);
  const front = (await server.get('/')).text;
  assert.match(front, /<meta name="theme-color" content="#1d4f76">/);
  const got = await server.get(/<link rel="manifest" href="([^"]+)">/.exec(front)[1]);
  assert.equal(got.headers['content-type'], 'application/manifest+json');
  const manifest = JSON.parse(got.text);
  assert.deepEqual(
    { ...manifest, icons: undefined, shortcuts: undefined },
    { id: '/', name: 'The “Sounding” & Sons', short_name: 'Sounding', lang: 'ar', dir: 'rtl', start_url: '/', scope: '/', display: 'minimal-ui',
      theme_color: '#1d4f76', background_color: '#fffefb', categories: ['news'], icons: undefined, shortcuts: undefined });
  for (const { url } of manifest.shortcuts) assert.equal((await server.get(url)).status, 200, url);

  const seen = [];
  for (const { src, type, sizes, purpose } of manifest.icons) {
    const icon = await server.get(src);
    assert.equal(icon.status, 200, src);
    assert.equal(icon.headers['content-type'], type);
    assert.match(icon.headers['cache-control'], /immutable/);
    if (type === 'image/png') assert.equal(size(icon.body), sizes);
    seen.push(`${purpose} ${sizes}`);
  }
  assert.deepEqual(seen, ['any any', 'any 192x192', 'any 512x512', 'maskable 512x512']);
  const touch = await server.get(/<link rel="apple-touch-icon" href="([^"]+)">/.exec(front)[1]);
  assert.equal(size(touch.body), '180x180');
  for (const where of ['/apple-touch-icon.png', '/favicon.ico']) assert.deepEqual((await server.get(where)).body, touch.body, where);

  const before = manifest.icons[1].src;
  await paper.does('settings', 'set', 'accent', '#8a1c1c');
  const after = JSON.parse((await server.get('/manifest.webmanifest')).text).icons[1].src;
  assert.notEqual(after, before, 'another colour, another address');
  const old = await server.get(before);
  assert.equal(old.status, 303);
  assert.equal(old.headers.location, after, 'that of yesterday leads to that of today');
  assert.equal((await server.get('/icon/x/huge.png')).status, 404);
});
