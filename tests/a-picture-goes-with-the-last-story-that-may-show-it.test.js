// threads
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml, newsmlKill } from './lib/copy.js';
import { emptyPaper, root } from './lib/paper.js';

const guid = (name) => `urn:newsml:tests.example:20261101:${name}`;
const item = (name, more = {}) => newsml({ guid: guid(name), headline: `The ${name} story`,
  picture: { href: `${name}.jpg`, caption: `Of ${name}` }, ...more });

/** A server, and a way to take a story with the n-th sample picture beside it. */
async function newsroom(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const folder = path.join(root, 'sample/pictures');
  const pictures = (await readdir(folder)).filter((f) => f.endsWith('.jpg')).sort();
  const picture = async (name, n) => paper.copy(`${name}.jpg`, await readFile(path.join(folder, pictures[n])));
  const addresses = async (page) => [...(await server.get(page)).text.matchAll(/\/media\/\d+\/\d+\.\w+/g)].map(([a]) => a);
  return { paper, server, picture, addresses };
}

test('a picture goes with the last story that may show it', async (t) => {
  const { paper, server, picture, addresses } = await newsroom(t);
  await picture('one', 0);
  await picture('two', 0); // the same bytes
  const one = await paper.publish('one.xml', item('one'));
  const two = await paper.publish('two.xml', item('two'));
  const shown = await addresses(await paper.address(one));
  assert.ok(shown.length > 0);

  const first = await server.get(shown[0]);
  assert.equal(first.status, 200);
  assert.doesNotMatch(first.headers['cache-control'], /immutable/, 'a kill must reach what others keep');
  assert.ok(Number(/max-age=(\d+)/.exec(first.headers['cache-control'])[1]) <= 3600);

  await paper.does('kill', one);
  assert.equal((await server.get(shown[0])).status, 200, 'another story shows it');
  await paper.does('withdraw', two);
  for (const address of shown) {
    const gone = await server.get(address);
    assert.equal(gone.status, 410, address);
    assert.doesNotMatch(gone.headers['cache-control'] ?? '', /immutable|max-age=[1-9]/);
  }
  assert.equal((await server.get(shown[0], { headers: { 'if-none-match': first.headers.etag } })).status, 410);
  await paper.does('publish', two);
  assert.equal((await server.get(shown[0])).status, 200);
});

test('a picture of a story that nobody may read yet is not there', async (t) => {
  const { paper, server, picture } = await newsroom(t);
  await picture('later', 0);
  const file = await paper.copy('later.xml', item('later', { embargo: new Date(Date.now() + 3600_000) }));
  await paper.does('ingest', '--publish', file);
  const hidden = await server.get('/media/1/640.jpg');
  assert.equal(hidden.status, 404);
  assert.doesNotMatch(hidden.headers['cache-control'] ?? '', /immutable|max-age=[1-9]/);
});

test('a picture killed by the wire is gone from every text at the next request', async (t) => {
  const { paper, server, picture, addresses } = await newsroom(t);
  await picture('one', 0);
  const photo = guid('photo');
  const address = await paper.address(await paper.publish('one.xml', item('one')));
  const alone = await paper.does('ingest', '--publish', path.join(paper.folder, 'copy/one.jpg'));
  const name = /(urn:picture:\S+)/.exec(alone.out)?.[1] ?? photo;
  const shown = await addresses(address);
  assert.ok(shown.length > 0);

  await paper.does('ingest', '--publish', await paper.copy('kill.xml', newsmlKill({ guid: name, version: 2 })));
  assert.deepEqual(await addresses(address), []);
  assert.deepEqual(await addresses('/'), []);
  assert.doesNotMatch((await server.get(address)).text, /Of one/);
  for (const one of shown) assert.equal((await server.get(one)).status, 410, one);
  assert.match((await paper.does('check')).out, /0 problems/);
});
