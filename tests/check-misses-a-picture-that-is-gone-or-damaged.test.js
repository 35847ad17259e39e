import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { emptyPaper, root } from './lib/paper.js';

test('check misses a picture that is gone or damaged', async (t) => {
  const paper = await emptyPaper(t);
  const pictures = path.join(root, 'sample/pictures');
  const [one] = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort();
  await paper.does('ingest', await paper.copy('one.jpg', await readFile(path.join(pictures, one))));
  assert.match((await paper.does('check')).out, /0 problems/);

  const media = path.join(paper.data, 'media');
  const original = (await readdir(media, { recursive: true })).find((f) => /original\.\w+$/.test(f));
  const file = path.join(media, original), bytes = await readFile(file);
  const finds = async (what) => {
    const { code, out } = await paper.command('check');
    assert.equal(code, 1);
    assert.match(out, what);
  };
  await writeFile(file, Buffer.from(bytes).fill(bytes[500] ^ 1, 500, 501));
  await finds(/picture 1: \S+original\.jpg is damaged[^]*1 problems/);
  await writeFile(file, bytes);
  assert.match((await paper.does('check')).out, /0 problems/);
  await rm(file);
  await finds(/picture 1: could not read \S+original\.jpg[^]*1 problems/);
});

test('a port that is taken is said with what to do', async (t) => {
  const first = await emptyPaper(t), second = await emptyPaper(t);
  const server = await first.serve('--quiet');
  const { code, err } = await second.command('serve', '--listen', `127.0.0.1:${server.port}`);
  assert.equal(code, 1);
  assert.match(err, /in use; .*--listen/);
});
