import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { openSync, symlinkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { binary, emptyPaper, run, temporaryFolder } from './lib/paper.js';

test('a command says what is wrong with its words', async (t) => {
  const paper = await emptyPaper(t);
  await paper.publish('note.xml', newsml());
  const wrong = [
    ['serve', '--listen', 'nonsense'], ['serve', '--listen', '127.0.0.1:99999'], ['serve', '--listen', '127.0.0.1:'],
    ['serve', '--threads', '0'], ['serve', '--cache-mb', '-1'], ['list', '5'], ['check', 'twice'], ['backup'], ['backup', 'one', 'two'], ['restore', '--unknown'], ['show'],
  ];
  for (const words of wrong) {
    const { code, err } = await paper.command(...words);
    assert.equal(code, 2, `${words.join(' ')}: ${err}`);
    assert.match(err, /try `broadsheet \w+ --help`/);
  }
  assert.equal((await run(['version', 'twice'])).code, 2);
  assert.equal((await run(['-h'])).code, 0);
  for (const verb of ['serve', 'ingest', 'list', 'show', 'publish', 'withdraw', 'kill', 'correct', 'settings', 'page', 'check', 'backup', 'restore', 'routes', 'pictures', 'user', 'version'])
    assert.match((await run([verb, '--help'])).out, new RegExp(`^usage: broadsheet ${verb}`), verb);
});

test('serve says what it did not find, and ends', async (t) => {
  const empty = await temporaryFolder(t), none = path.join(empty, 'none-such');
  for (const [words, what] of [[['--sample=' + none], /none-such/], [['--theme', none], /none-such/], [['--tls-cert', none, '--tls-key', none], /none-such/]]) {
    const { code, signal, err } = await run(['serve', '--data', path.join(empty, 'paper'), '--listen', '127.0.0.1:0', '--quiet', ...words]);
    assert.deepEqual([code > 0, signal ?? null], [true, null], `${words.join(' ')}: ${err}`);
    assert.match(err, what);
  }
});

test('ingest refuses what is neither a file nor a folder, and walks no circle', async (t) => {
  const paper = await emptyPaper(t);
  const pipe = path.join(paper.folder, 'pipe'), folder = path.join(paper.folder, 'round');
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  for (const odd of ['/dev/null', pipe]) {
    const { code, err } = await paper.command('ingest', odd);
    assert.equal(code, 1);
    assert.match(err, /neither a file nor a folder/);
  }
  mkdirSync(folder);
  symlinkSync('.', path.join(folder, 'loop'));
  await paper.does('ingest', folder);
});

test('output that could not be written is no success', async () => {
  const child = spawn(binary, ['routes'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'ignore'] });
  assert.equal(await new Promise((done) => child.on('close', done)), 1);
});

test('ingest goes on past what cannot be read, and says so', async (t) => {
  const paper = await emptyPaper(t);
  const copy = await paper.copy('in/one.txt', 'HARBOUR REOPENS\n\nThe harbour reopened on Monday after two days of gales, the harbour master said. '
    .concat('Ferries sail again from noon, and the fish market follows on Tuesday morning.\n'.repeat(4)));
  symlinkSync('nowhere', path.join(path.dirname(copy), 'two.txt'));
  symlinkSync('one.txt', path.join(path.dirname(copy), 'three.txt'));

  const { code, out, err } = await paper.command('ingest', path.join(paper.folder, 'missing.xml'), path.dirname(copy));
  assert.equal(code, 1);
  assert.match(err, /missing\.xml: No such file/);
  assert.match(err, /two\.txt: /);
  assert.match(out, /2 files, .* 2 could not be read/);
  assert.match((await paper.does('list')).out, /harbour reopens/i);
});
