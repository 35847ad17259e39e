// kill -9 before the n-th thing that a backup does to the disk, and a disk that is full from there on:
// by count (tests/tools/cut.c), so that no moment is left to luck.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from '../lib/copy.js';
import { Cut } from '../lib/cut.js';
import { emptyPaper, instrumented, run } from '../lib/paper.js';
import { noise } from '../lib/pictures.js';

/** Writing the database is most of it, and one page like another: some of those, and all the rest.  POINTS=all: all. */
const moments = (all, every = 1) => Array.from({ length: all }, (_, i) => i + 1)
  .filter((n) => process.env.POINTS === 'all' || n < 10 || n % 40 === 1 || (n > all - 30 && n % every === 0));

/** A paper, a backup of it, and what the next backup has to do. */
async function prepare(t) {
  const paper = await emptyPaper(t);
  const cut = await Cut.make(paper.folder);
  const before = path.join(paper.folder, 'before');
  const add = async (n) => {
    await paper.publish(`${n}.xml`, newsml({ guid: `urn:newsml:cut.example:${n}`, headline: `headline${n}` }));
    await paper.does('ingest', await paper.copy(`${n}.png`, noise(64, 48, n)));
  };
  await add(1);
  await fs.writeFile(path.join(paper.data, 'a.key'), 'first', { mode: 0o600 });
  assert.equal((await run(['backup', '--data', paper.data, before])).code, 0);
  await add(2);
  await fs.writeFile(path.join(paper.data, 'a.key'), 'second', { mode: 0o600 });

  const backup = path.join(paper.folder, 'backup');
  const anew = async () => {
    await fs.rm(backup, { recursive: true, force: true });
    await fs.cp(before, backup, { recursive: true });
  };
  const attempt = (how) => run(['backup', '--data', paper.data, backup], { env: cut.arm(how) });
  const event = async () => {
    const { code, out, err } = await run(['check', '--backup', backup]);
    assert.equal(code, 0, out + err);
    return Number(/event (\d+)/.exec(out)[1]);
  };

  await anew();
  const old = await event();
  assert.equal((await attempt({})).code, 0);
  const all = cut.done();
  const fresh = await event();
  assert.ok(all > 30 && fresh > old, `${all} acts, event ${old} and then ${fresh}`);
  return { paper, backup, anew, attempt, event, old, fresh, all };
}

test('a backup that is killed leaves the one before', { skip: instrumented && 'the library must come first' }, async (t) => {
  const { paper, backup, anew, attempt, event, old, fresh, all } = await prepare(t);
  const whole = (await fs.readdir(backup, { recursive: true })).sort();
  const seen = { [old]: 0, [fresh]: 0 };
  for (const n of moments(all)) {
    await anew();
    const { signal } = await attempt({ kill: n });
    assert.equal(signal, 'SIGKILL', `act ${n}`);
    seen[await event()]++;

    // the next one goes on from there, and leaves nothing of the cut one behind
    if (n % 5 === 0) {
      assert.equal((await run(['backup', '--data', paper.data, backup])).code, 0);
      assert.equal(await event(), fresh);
      assert.deepEqual((await fs.readdir(backup, { recursive: true })).sort(), whole, `act ${n}`);
    }
  }
  assert.deepEqual(Object.keys(seen).map(Number).sort((a, b) => a - b), [old, fresh], 'another backup than the two');
  assert.ok(seen[old] > 0 && seen[fresh] > 0, `killed only before or only after the manifest: ${JSON.stringify(seen)}`);
  t.diagnostic(`said: ${all} acts, killed at ${moments(all).length} of them: ${seen[old]} times the backup before stood, ` +
               `${seen[fresh]} times the new one, each whole`);
});

test('a full disk is said, and the backup before stands', { skip: instrumented && 'the library must come first' }, async (t) => {
  const { backup, anew, attempt, event, old, fresh, all } = await prepare(t);
  let full = 0;
  for (const n of moments(all, 3)) {
    await anew();
    const { code, err } = await attempt({ full: n });
    if (code === 0) {
      assert.equal(await event(), fresh, `act ${n}`);
      continue;
    }
    full++;
    assert.equal(code, 1);
    assert.match(err, /No space left on device|disk is full/, `act ${n}`);
    assert.match(err, /the backup before this one stands/);
    assert.equal(await event(), old, `act ${n}`);
    assert.deepEqual((await fs.readdir(backup, { recursive: true })).filter((f) => f.endsWith('.part')), [], `act ${n}`);
  }
  assert.ok(full > 5, `full only ${full} times`);
});
