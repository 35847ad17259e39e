import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, patience, root, samplePaper } from './lib/paper.js';

const bundle = async (server) => {
  const reply = await server.get('/today.json');
  assert.equal(reply.status, 200);
  return JSON.parse(reply.text).stories;
};

test('today’s paper comes in one bundle', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  assert.deepEqual(await bundle(server), []);
  await paper.copy('a.jpg', await readFile(path.join(root, 'sample/pictures/brannay-jetty.jpg')));
  const item = (name, more = {}) => newsml({ guid: `urn:newsml:tests.example:today:${name}`, headline: `Of ${name}`, body: `<p>Words of ${name}.</p>`, ...more });
  const first = await paper.publish('first.xml', item('first', { picture: { href: 'a.jpg', caption: 'A jetty' } }));
  const second = await paper.publish('second.xml', item('second'));
  await paper.does('ingest', '--publish', await paper.copy('third.xml', item('third', { embargo: new Date(Date.now() + 86400_000) })));

  const stories = await bundle(server);
  assert.deepEqual(stories.map((s) => s.path).sort(), [await paper.address(first), await paper.address(second)].sort());
  for (const { html } of stories) {
    assert.match(html, /^<!doctype html>/);
    assert.match(html, /Words of (first|second)\./);
    assert.doesNotMatch(html, /third|ld\+json|srcset/);
  }
  await eventually('its picture is small', async () => (await bundle(server)).some(({ html }) => /<img src="\/media\/\d+\/320\.webp"/.test(html)), { within: 120_000 * patience });

  const { headers } = await server.get('/today.json');
  assert.equal((await server.get('/today.json', { headers: { 'if-none-match': headers.etag } })).status, 304);
  await paper.does('kill', second, '--reason', 'legal');
  assert.deepEqual((await bundle(server)).map((s) => s.path), [await paper.address(first)]);
  assert.doesNotMatch((await server.get('/today')).text, /Of second/);

  await paper.does('settings', 'set', 'lite', 'on');
  for (const { html } of await bundle(server)) assert.doesNotMatch(html, /<img|<script/, 'a paper without pictures');
});

test('the bundle is compact', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const { body } = await server.get('/today.json', { headers: { 'accept-encoding': 'br' } });
  const stories = await bundle(server);
  t.diagnostic(`said: ${stories.length} stories in ${body.length} bytes`);
  assert.ok(stories.length >= 20 && stories.length <= 40, `${stories.length} stories`);
  assert.ok(body.length < 256 * 1024, `${body.length} bytes`);
});

test('the worker is found at the root and never kept without asking', async (t) => {
  const server = await (await emptyPaper(t)).serve('--quiet');
  const worker = await server.get('/offline.js');
  assert.equal(worker.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(worker.headers['cache-control'], 'public, no-cache');
  assert.match(worker.headers['content-security-policy'], /connect-src 'self';.*worker-src 'self'/);
});
