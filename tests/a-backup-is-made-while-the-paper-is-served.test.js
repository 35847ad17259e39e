// A backup while stories are published and pictures come in, and what comes back from it: the same
// pages and pictures, nothing half; the second copies only what is new; what is damaged is named.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, root, run } from './lib/paper.js';
import { noise } from './lib/pictures.js';

const guid = (name) => `urn:newsml:backup.example:${name}`;

async function filesBelow(folder) {
  const all = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((f) => f.isFile()).map((f) => path.relative(folder, path.join(f.path ?? f.parentPath, f.name))).sort();
}

/** What the manifest names, as paths below the backup. */
function named(backup) {
  const lines = readFileSync(path.join(backup, 'manifest'), 'utf8').split('\n').map((l) => l.split('\t'));
  return lines.flatMap(([kind, ...of]) => ({
    database: [`paper-${of[1]}.db`], file: [`other/${of[2]}`], media: [`media/${of[1]}`],
  })[kind] ?? []).concat('manifest', 'broadsheet-backup').sort();
}

async function does(...words) {
  const done = await run(words);
  assert.equal(done.code, 0, `broadsheet ${words.join(' ')}: ${done.err}${done.out}`);
  return done.out;
}

const picture = async (paper, n) =>
  paper.does('ingest', await paper.copy(`picture${n}.png`, noise(320, 240, n)));

test('a backup is made while the paper is served', async (t) => {
  const paper = await emptyPaper(t);
  const backup = path.join(paper.folder, 'backup');
  const server = await paper.serve('--quiet');
  await paper.publish('first.xml', newsml({ guid: guid('first'), headline: 'first' }));
  await picture(paper, 1);
  await fs.writeFile(path.join(paper.data, 'push.key'), 'a secret', { mode: 0o600 });
  await fs.mkdir(path.join(paper.data, 'uploads'), { recursive: true });
  await fs.writeFile(path.join(paper.data, 'uploads', '4711'), 'half a picture');

  // stories and pictures come in all the while
  let busy = true, n = 1;
  const newsroom = (async () => {
    while (busy) {
      n++;
      await paper.publish(`${n}.xml`, newsml({ guid: guid(n), headline: `headline${n}` }));
      await picture(paper, n);
    }
  })();
  try {
    for (let round = 0; round < 3; round++) {
      await does('backup', '--data', paper.data, backup);
      assert.match(await does('check', '--backup', backup), /: 0 problems/);
    }
  } finally {
    busy = false;
    await newsroom;
  }

  // quiet now: the next one holds all, and the one after it has nothing to copy
  await paper.does('pictures');
  await does('backup', '--data', paper.data, backup);
  assert.match(await does('backup', '--data', paper.data, backup), /, 0 of them new \(0 linked, 0 copied\); 1 others/);
  assert.deepEqual(await filesBelow(backup), named(backup), 'all that is there is named, and all that is named is there');
  await picture(paper, 9001);
  await paper.does('pictures');
  const [, linked, copied] = /of them new \((\d+) linked, (\d+) copied\)/.exec(await does('backup', '--data', paper.data, backup));
  const folders = await fs.readdir(path.join(paper.data, 'media'), { recursive: true });
  const originals = folders.filter((f) => /original\.png$/.test(f));
  const newest = (await Promise.all(originals.map(async (f) => [(await fs.stat(path.join(paper.data, 'media', f))).mtimeMs, f])))
    .sort((a, b) => a[0] - b[0]).at(-1)[1];
  assert.equal(Number(linked) + Number(copied), (await fs.readdir(path.join(paper.data, 'media', path.dirname(newest)))).length);
  assert.equal(originals.length, n + 1);

  // what comes back is the paper as it was
  const other = Object.assign(Object.create(Object.getPrototypeOf(paper)), { t, folder: paper.folder, data: path.join(paper.folder, 'restored') });
  assert.match(await does('restore', '--data', other.data, backup), /1 others/);
  assert.match((await other.does('check')).out, /: 0 problems/);
  assert.equal((await other.does('list', '--limit', 1000)).out, (await paper.does('list', '--limit', 1000)).out);
  assert.equal(await fs.readFile(path.join(other.data, 'push.key'), 'utf8'), 'a secret');
  assert.equal((await fs.stat(path.join(other.data, 'push.key'))).mode & 0o777, 0o600);
  assert.equal((await fs.stat(other.data)).mode & 0o777, 0o700);
  assert.deepEqual(await filesBelow(path.join(other.data, 'media')), await filesBelow(path.join(paper.data, 'media')));
  await assert.rejects(fs.stat(path.join(other.data, 'uploads')), 'an upload that was not finished came along');
  const again = await other.serve('--quiet');
  for (const where of ['/', await paper.address(1)]) {
    const [was, is] = [await server.get(where), await again.get(where)];
    assert.equal(is.status, 200);
    assert.equal(is.text.replaceAll(`:${again.port}`, ''), was.text.replaceAll(`:${server.port}`, ''));
  }

  // writing into what came back changes nothing of the backup
  await other.publish('later.xml', newsml({ guid: guid('later'), headline: 'later' }));
  assert.match(await does('check', '--backup', backup), /: 0 problems/);

  // not over a folder that has something, nor one that is served, nor with a damaged backup
  const refused = async (why, ...words) => {
    const done = await run(words);
    assert.equal(done.code, 1);
    assert.match(done.err + done.out, why);
  };
  await refused(/stop the paper first/, 'restore', '--data', other.data, '--over', backup);
  await again.stop();
  await refused(/--over moves it aside/, 'restore', '--data', other.data, backup);
  assert.match(await does('restore', '--data', other.data, '--over', backup), /is now in .*restored\.before-restore-1/);
  assert.ok((await other.does('list', '--limit', 1000)).out.includes('first'));
  await refused(/is not a backup/, 'check', '--backup', paper.data);
  await refused(/no backup and not empty/, 'backup', '--data', paper.data, path.join(root, 'tests'));
  await refused(/folder of its own/, 'backup', '--data', paper.data, path.join(paper.data, 'inside'));

  const inside = path.join(backup, 'media', newest);
  const bytes = await fs.readFile(inside);
  bytes[bytes.length >> 1] ^= 1;
  await fs.rm(inside);
  await fs.writeFile(inside, bytes);
  const [database] = (await fs.readdir(backup)).filter((f) => f.endsWith('.db'));
  await refused(/original\.png is damaged[^]*: 1 problems/, 'check', '--backup', backup);
  await fs.truncate(path.join(backup, database), 8192);
  await refused(/paper-\w+\.db has 8192 bytes[^]*: 2 problems/, 'check', '--backup', backup);
  await refused(/nothing was restored/, 'restore', '--data', path.join(paper.folder, 'never'), backup);
  await assert.rejects(fs.stat(path.join(paper.folder, 'never')));
});

test('a picture that is gone from the data folder is named, and the rest is kept', async (t) => {
  const paper = await emptyPaper(t);
  const backup = path.join(paper.folder, 'backup');
  await picture(paper, 1);
  await picture(paper, 2);
  const media = path.join(paper.data, 'media');
  await fs.rm(path.join(media, (await fs.readdir(media, { recursive: true })).find((f) => /original\.png$/.test(f))));
  const done = await run(['backup', '--data', paper.data, backup]);
  assert.equal(done.code, 1);
  assert.match(done.out, /media\/\w\w\/\w+\/original\.png was not in /);
  const check = await run(['check', '--backup', backup]);
  assert.equal(check.code, 1);
  assert.match(check.out, /original\.png was missing already when the backup was made[^]*: 1 problems/);
  await does('restore', '--data', path.join(paper.folder, 'restored'), backup);
});
