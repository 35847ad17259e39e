import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { chance } from '../lib/chance.js';
import { newsml, newsmlMessage } from '../lib/copy.js';
import { binary, emptyPaper } from '../lib/paper.js';

const ROUNDS = 120, FILES = 20, ITEMS = 10;  // files a round, items a file: the intake commits some dozens at a time

/** Take a folder in and kill it after `ms` from its first sign of life; gives the lines it printed whole. */
function ingestAndKill(paper, folder, ms) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['ingest', '--data', paper.data, '--publish', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (s) => { out += s; });
    child.on('error', reject);
    child.on('spawn', () => setTimeout(() => child.kill('SIGKILL'), ms));
    child.on('close', (code, signal) => resolve({ signal, lines: out.split('\n').slice(0, -1) }));
  });
}

test('what was acknowledged outlives a kill of ingest', async (t) => {
  const paper = await emptyPaper(t);
  const number = chance(t);
  const acknowledged = new Set();
  const ended = { before: 0, midway: 0, after: 0 };
  await paper.publish('first.xml', newsml({ guid: 'urn:newsml:crash.example:first', headline: 'first' }));
  const folder = (name) => path.join(paper.folder, 'copy', String(name));

  // how long it takes when nobody kills it: the moments are chosen within that
  const write = async (name) => {
    for (let file = 0; file < FILES; file++) {
      const items = Array.from({ length: ITEMS }, (_, i) => `${name}-${file}-${i}`);
      await paper.copy(`${name}/${file}.xml`, newsmlMessage(
        ...items.map((headline) => newsml({ guid: `urn:newsml:crash.example:${headline}`, headline }))));
    }
  };
  await write('whole');
  const began = Date.now();
  await paper.does('ingest', '--publish', folder('whole'));
  const longest = Date.now() - began;

  for (let round = 0; round < ROUNDS; round++) {
    await write(`round${round}`);
    const { lines, signal } = await ingestAndKill(paper, folder(`round${round}`), number(longest));
    const done = lines.filter((l) => /\tpublished \(story \d+\)$/.test(l));
    for (const line of done) acknowledged.add(line.split('\t')[3]);
    ended[signal === null ? 'after' : done.length ? 'midway' : 'before']++;
    if (round % 30 === 29 || round === ROUNDS - 1) {
      const check = await paper.command('check');
      assert.equal(check.code, 0, `round ${round}: ${check.out}${check.err}`);
      const { out } = await paper.does('list', '--limit', 100000);
      const there = new Set(out.trim().split('\n').filter((l) => l.split('\t')[1] === 'live').map((l) => l.split('\t')[5]));
      const lost = [...acknowledged].filter((name) => !there.has(name));
      assert.deepEqual(lost, [], `round ${round}`);
    }
  }
  t.diagnostic(`said: ${ROUNDS} kills of ingest: ${ended.before} before the first line, ${ended.midway} midway, ` +
               `${ended.after} after the end; ${acknowledged.size} items acknowledged, none lost`);

  // what was cut off can be sent again, and is then there once
  await paper.does('ingest', '--publish', path.join(paper.folder, 'copy'));
  const { out } = await paper.does('list', '--limit', 100000);
  const names = out.trim().split('\n').map((l) => l.split('\t')[5]);
  assert.equal(names.length, (ROUNDS + 1) * FILES * ITEMS + 1);
  assert.equal(new Set(names).size, names.length, 'a story twice');
});
