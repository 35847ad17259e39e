import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

test('what is much read stands on the front', async (t) => {
  const paper = await emptyPaper(t);
  let server = await paper.serve('--quiet');
  const ids = [];
  for (let n = 30; n >= 1; n--)   // Story 1 is the newest
    ids[n - 1] = await paper.publish(`${n}.xml`, newsml({ guid: `urn:newsml:tests.example:${n}`, headline: `Story ${n}` }));
  const read = async (n, times, headers) => {
    const where = await paper.address(ids[n - 1]);
    for (let i = 0; i < times; i++) await server.get(where, { headers });
  };
  assert.doesNotMatch((await server.get('/')).text, /most-read/);
  await read(28, 9);
  await read(30, 20);
  await read(29, 5, { 'sec-fetch-dest': 'document' });
  await read(27, 60, { 'sec-fetch-dest': 'empty' }); // kept for later by a script, not looked at
  await read(1, 50);   // stands above already
  await server.stop(); // the counts are written once a minute, and at the end

  server = await paper.serve('--quiet');
  const { text } = await server.get('/');
  const block = /<section class="block most-read"[\s\S]*?<\/section>/.exec(text)[0];
  assert.deepEqual([...block.matchAll(/>(Story \d+)</g)].map((m) => m[1]), ['Story 30', 'Story 28', 'Story 29']);
  assert.equal(text.split('>Story 1<').length, 2);
  await paper.does('withdraw', ids[29]);
  assert.doesNotMatch((await server.get('/')).text, /Story 30|most-read/, 'two are too few for a list');
});
