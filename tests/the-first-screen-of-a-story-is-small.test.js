import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';

import { samplePaper } from './lib/paper.js';

const MOST = 14 * 1024, SCRIPT = 10 * 1024;

test('the first screen of a story is small', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const get = async (where) => {
    const got = await server.get(where, { headers: { 'accept-encoding': 'br' } });
    assert.equal(got.status, 200, where);
    assert.equal(got.headers['content-encoding'] ?? 'none', got.body.length > 400 ? 'br' : got.headers['content-encoding'] ?? 'none');
    return { size: got.body.length, text: got.headers['content-encoding'] === 'br' ? brotliDecompressSync(got.body).toString() : got.text };
  };
  const front = await get('/');
  const story = await get(/<h2><a href="([^"]+)"/.exec(front.text)[1]);
  let css = 0;
  // neither what is for paper nor what stands below, before the part that needs it, holds the first screen up
  const [head] = story.text.split('</head>');
  for (const [, sheet] of head.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)) css += (await get(sheet)).size;
  const script = (await get(/<script type="module" src="([^"]+)"/.exec(story.text)[1])).size;
  t.diagnostic(`said: story ${story.size}, style ${css}, script ${script}, front ${front.size} bytes, compressed`);
  assert.ok(story.size + css <= MOST, `${story.size} + ${css} bytes`);
  assert.ok(script <= SCRIPT, `${script} bytes of script`);
});
