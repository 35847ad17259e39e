import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyPaper } from './lib/paper.js';

/** Width and height of a PNG, from its head. */
const size = ({ body }) => {
  assert.equal(body.subarray(1, 4).toString(), 'PNG');
  return `${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`;
};

test('a paper stands among the programs of a telephone', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const manifest = async () => {
    const reply = await server.get('/manifest.webmanifest');
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['content-type'], 'application/manifest+json');
    return JSON.parse(reply.text);
  };

  await paper.does('settings', 'set', 'name', 'The “Sounding” & <Sons>');
  await paper.does('settings', 'set', 'short_name', 'Sounding');
  await paper.does('settings', 'set', 'accent', '#1d4f76');
  const first = await manifest();
  assert.equal(first.name, 'The “Sounding” & <Sons>');
  assert.deepEqual([first.short_name, first.theme_color, first.lang, first.dir, first.start_url, first.scope],
                   ['Sounding', '#1d4f76', 'en', 'ltr', '/', '/']);
  for (const purpose of ['any', 'maskable'])
    assert.ok(first.icons.some((i) => i.purpose === purpose && i.sizes === '512x512'), purpose);
  assert.ok(first.icons.some((i) => i.sizes === '192x192'));
  for (const icon of first.icons) {
    const reply = await server.get(icon.src);
    assert.equal(reply.status, 200, icon.src);
    assert.equal(reply.headers['content-type'], icon.type);
    assert.match(reply.headers['cache-control'], /immutable/);
    if (icon.sizes !== 'any') assert.equal(size(reply), icon.sizes);
  }
  for (const { url } of first.shortcuts) assert.equal((await server.get(url)).status, 200, url);

  const front = (await server.get('/')).text;
  assert.match(front, /<link rel="manifest" href="\/manifest.webmanifest">/);
  assert.match(front, /<meta name="theme-color" content="#1d4f76">/);
  const touch = await server.get(/rel="apple-touch-icon" href="([^"]+)"/.exec(front)[1]);
  assert.equal(size(touch), '180x180');
  assert.equal(size(await server.get('/apple-touch-icon.png')), '180x180');

  await paper.does('settings', 'set', 'accent', '#8a1c1c');
  await paper.does('settings', 'set', 'language', 'ar');
  const second = await manifest();
  assert.deepEqual([second.theme_color, second.lang, second.dir], ['#8a1c1c', 'ar', 'rtl']);
  assert.ok(second.icons.every((icon) => first.icons.every((old) => old.src !== icon.src)), 'icons have another address');
  const [old] = first.icons.filter((icon) => icon.type === 'image/png');
  const led = await server.get(old.src);
  assert.deepEqual([led.status, second.icons.some((icon) => icon.src === led.headers.location)], [303, true]);
  assert.equal((await server.get(old.src.replace(/\d+\.png$/, '99999.png'))).status, 404);
});
