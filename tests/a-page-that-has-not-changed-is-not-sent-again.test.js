import assert from 'node:assert/strict';
import { test } from 'node:test';

import { samplePaper } from './lib/paper.js';

test('a page that was drawn anew and says the same is not sent again', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const story = /href="(\/[a-z]+\/\d{4}\/[^"]+)"/.exec((await server.get('/latest')).text)[1];
  const first = await server.get(story);
  await paper.does('breaking', 'Of which this page says nothing');
  await server.stop();
  const later = await paper.serve('--quiet');
  const again = await later.get(story, { headers: { 'If-None-Match': first.headers.etag } });
  assert.equal(again.status, 304);
  const event = (page) => Number(/data-event="(\d+)"/.exec(page.text)[1]);
  assert.ok(event(await later.get(story)) > event(first), 'though it knows of more');
});

test('a page that has not changed is not sent again', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const first = await server.get('/science');
  const etag = first.headers.etag;
  assert.match(etag, /^(W\/)?"[^"]+"$/);

  for (const asked of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
    const again = await server.get('/science', { headers: { 'If-None-Match': asked } });
    assert.equal(again.status, 304, asked);
    assert.equal(again.body.length, 0);
    assert.equal(again.headers.etag, etag);
    assert.ok(again.headers.vary, 'a 304 says what the page varies by');
    assert.equal(again.headers['cache-control'], first.headers['cache-control']);
  }
  const other = await server.get('/science', { headers: { 'If-None-Match': '"other"' } });
  assert.equal(other.status, 200);

  if (first.headers['last-modified']) {
    const since = await server.get('/science', { headers: { 'If-Modified-Since': first.headers['last-modified'] } });
    assert.equal(since.status, 304);
  }
});
