import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, finallyDo, patience } from './lib/paper.js';

test('a cache in front is told what to drop, by the keys that pages carry', async (t) => {
  const purges = [];
  let paper, server, address, status = 200;
  const cache = http.createServer(async (asked, reply) => {
    // what the cache would fetch now must be the new page: ours is dropped before others are told
    const page = address ? await server.get(address) : null;
    purges.push({ method: asked.method, keys: asked.headers['surrogate-key'].split(' '), page: page?.status });
    reply.writeHead(status).end();
  });
  await new Promise((done) => cache.listen(0, '127.0.0.1', done));
  finallyDo(t, () => new Promise((done) => { cache.closeAllConnections(); cache.close(done); }));

  paper = await emptyPaper(t);
  server = await paper.serve('--quiet');
  await paper.does('settings', 'set', 'shared_age', '60');
  const story = await paper.publish('one.xml', newsml());
  await paper.does('settings', 'set', 'purge_url', `http://127.0.0.1:${cache.address().port}/`);
  const at = await paper.address(story);
  const carried = (await server.get(at)).headers['surrogate-key'].split(' ');
  assert.ok(carried.includes(`story:${story}`));

  address = at;
  status = 503;
  await paper.does('kill', story, '--reason', 'it was wrong');
  const told = (claim) => eventually('it is told', () => purges.find(claim), { within: 30_000 * patience });
  const kill = await told(({ keys }) => keys.includes(`story:${story}`));
  assert.equal(kill.method, 'PURGE');
  assert.ok(kill.keys.every((key) => /^[a-z_]+:\d+$/.test(key)), kill.keys.join(' '));
  assert.equal(kill.page, 410);
  await eventually('the log says so', () => /event=errand_failed errand=purge .*answered 503/.test(server.err));

  status = 200;
  const before = purges.length;
  await told((purge) => purges.indexOf(purge) >= before && purge.keys.includes(`story:${story}`));
});
