import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chance } from '../lib/chance.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const ROUNDS = 80, KILL_WITHIN_MS = 60;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

test('what was acknowledged outlives a kill of the server', async (t) => {
  const paper = await emptyPaper(t);
  const number = chance(t);
  const acknowledged = [];
  const findAddresses = async () => {
    const without = acknowledged.filter((a) => !a.address);
    const { out } = await paper.does('show', ...without.map((a) => a.story));
    const found = [...out.matchAll(/^address\s+(\S+)$/gm)];
    assert.equal(found.length, without.length, 'a story without address');
    without.forEach((a, i) => { a.address = found[i][1]; });
  };

  for (let round = 0; round < ROUNDS; round++) {
    const server = await paper.serve('--quiet');
    // all that went before is served again
    const known = acknowledged.filter((a) => a.address);
    if (known.length)
      assert.equal((await server.get(known[number(known.length)].address)).status, 200, `round ${round}`);

    // the server itself writes too: stories whose time comes now
    const file = await paper.copy(`${round}.xml`, newsml({ guid: `urn:newsml:crash.example:s${round}`, headline: `round${round}` }));
    const due = await paper.copy(`${round}-due.xml`, newsml({
      guid: `urn:newsml:crash.example:d${round}`, headline: `due${round}`, embargo: new Date(Date.now() + number(80)) }));
    let reading = true;
    const reader = (async () => { while (reading) await server.get('/').catch(() => pause(1)); })();
    const taken = paper.command('ingest', '--publish', file, due);
    await pause(number(KILL_WITHIN_MS));
    server.child.kill('SIGKILL');
    const { code, out, err } = await taken;
    assert.equal(code, 0, `round ${round}: ${out}${err}`);
    await server.ended;
    reading = false;
    await reader;
    for (const [, name, story] of out.matchAll(/\t((?:round|due)\d+)\t\w+ \(story (\d+)\)/g))
      acknowledged.push({ name, story });
    if (round % 10 === 9) {
      assert.equal((await paper.command('check')).code, 0, `round ${round}`);
      await findAddresses();
    }
  }
  assert.equal(acknowledged.length, ROUNDS * 2);

  const server = await paper.serve('--quiet');
  for (const { name, address } of acknowledged) {
    const page = await eventually(`${name} is served`, async () => {
      const got = await server.get(address);
      return got.status === 200 && got;
    });
    assert.match(page.text, new RegExp(`<h1>${name}</h1>`));
  }
  await eventually('all are live', async () =>
    (await paper.does('list', '--limit', 1000)).out.trim().split('\n').every((l) => l.split('\t')[1] === 'live'));
  assert.match((await paper.does('check')).out, /0 problems/);
  t.diagnostic(`said: ${ROUNDS} kills of the server, ${acknowledged.length} items acknowledged, none lost`);
});
