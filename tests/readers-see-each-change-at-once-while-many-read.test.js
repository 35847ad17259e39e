// threads
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

const CHANGES = 12, READERS = 16;
const guid = 'urn:newsml:tests.example:20261101:busy';

test('readers see each change at once while many read', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--threads', '2', '--quiet');
  const change = (n) => newsml({
    guid, version: n, headline: `Count stands at ${n}.`, body: `<p>Count stands at ${n}.</p>`,
    changed: new Date(Date.now() - 3600_000 + n * 1000), created: new Date(Date.now() - 7200_000) });
  const story = await paper.publish('1.xml', change(1));
  const address = await paper.address(story);
  const agent = new http.Agent({ keepAlive: true, maxSockets: READERS });
  const count = (text) => Number(/Count stands at (\d+)\./.exec(text)?.[1] ?? -1);
  let published = 1, reading = true, read = 0;

  const readers = Array.from({ length: READERS }, async (_, i) => {
    for (let last = 0; reading; read++) {
      const least = published;  // what was acknowledged before the request was sent
      const got = await server.get(i % 3 ? address : '/', {
        agent, headers: { 'Accept-Encoding': 'identity', ...(i % 4 === 3 ? { 'Cache-Control': 'no-cache' } : {}) } });
      assert.equal(got.status, 200);
      const now = count(got.text);
      assert.ok(now >= least, `${now} was sent after ${least} had been published`);
      assert.ok(now >= last, `${now} was sent after ${last}`);
      assert.match(got.text, /<\/html>\s*$/);
      last = now;
    }
  });
  const newsroom = (async () => {
    try {
      for (let n = 2; n <= CHANGES; n++) {
        await paper.does('ingest', '--publish', await paper.copy(`${n}.xml`, change(n)));
        published = n;
      }
      await paper.does('withdraw', story);
      published = -1;
      assert.equal((await server.get(address)).status, 410);
      assert.equal(count((await server.get('/')).text), -1);
    } finally {
      reading = false;
    }
  })();

  // the last change takes the story away: readers of it may then be told so
  const withdrawn = (e) => { if (published !== -1 && !/410|-1 was sent/.test(e.message)) throw e; };
  await Promise.all([newsroom, ...readers.map((r) => r.catch(withdrawn))]);
  agent.destroy();
  assert.ok(read > CHANGES * READERS, `${read} pages were read`);
  assert.equal((await server.stop()).code, 0);
});
