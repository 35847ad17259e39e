// Every file that others have published as an example, good or hostile, goes through the intake.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { emptyPaper, patience, root } from './lib/paper.js';

const samples = process.env.BROADSHEET_SAMPLES ?? path.join(root, '../shared/data');
const skip = existsSync(path.join(samples, 'INDEX.md')) ? false : `there are no samples at ${samples}`;

test('every public sample is taken in or set aside with a reason', { skip, timeout: 300_000 * patience }, async (t) => {
  const paper = await emptyPaper(t);
  const sets = (await readdir(samples, { withFileTypes: true })).filter((d) => d.isDirectory()).map((d) => path.join(samples, d.name));
  const mute = [];
  let files = 0, items = 0, aside = 0;

  for (const set of sets) {
    const done = await paper.command('ingest', '--publish', set);
    const name = path.basename(set);
    assert.equal(done.signal, null, `${name}: ended by ${done.signal}`);
    assert.ok(done.code === 0 || done.code === 1, `${name}: exit code ${done.code}: ${done.err.slice(-2000)}`);
    const sums = /^(\d+) files, (\d+) items.*; (\d+) quarantined(?:, (\d+) refused)?$/m.exec(done.out);
    assert.ok(sums, `${name}: no summary: ${done.out.slice(-500)} ${done.err.slice(-2000)}`);
    const told = done.out.trim().split('\n').slice(0, -1);
    const bad = told.filter((l) => /\t(quarantined|refused)(: |$)/.test(l));
    mute.push(...bad.filter((line) => !/\t(quarantined|refused): .{8,}/.test(line)).map((line) => `${name}: ${line}`));
    assert.equal(done.code, Number(sums[3]) + Number(sums[4] ?? 0) > 0 ? 1 : 0, `${name}: the exit code tells the truth`);
    files += Number(sums[1]);
    items += Number(sums[2]);
    aside += Number(sums[3]) + Number(sums[4] ?? 0);
    t.diagnostic(`said: ${name}: ${sums[1]} files, ${sums[2]} items, ${Number(sums[3]) + Number(sums[4] ?? 0)} set aside`);
  }
  t.diagnostic(`said: all samples: ${files} files, ${items} items, ${aside} set aside`);
  assert.deepEqual(mute.slice(0, 20), [], 'set aside without a reason');
  assert.match((await paper.does('check')).out, /0 problems/);

  const server = await paper.serve('--quiet');
  for (const place of ['/', '/news']) assert.equal((await server.get(place)).status, 200, place);
  const { out } = await paper.does('list', '--limit', 100000);
  const live = out.trim().split('\n').filter((l) => l.split('\t')[1] === 'live').map((l) => l.split('\t')[0]);
  // a page of each in a sample of them, spread evenly
  const step = Math.max(1, Math.floor(live.length / 200));
  for (let i = 0; i < live.length; i += step) {
    const address = await paper.address(live[i]);
    const page = await server.get(address);
    assert.equal(page.status, 200, `story ${live[i]} at ${address}`);
    assert.match(page.text, /<\/html>\s*$/);
    assert.doesNotMatch(page.text, /<script(?! type="module" src="\/theme\/| type="application\/ld\+json">)/i, address);
    for (const [, facts] of page.text.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)) JSON.parse(facts);
    assert.doesNotMatch(page.text, /<[^>]+\son\w+=/i, address);
  }
});
