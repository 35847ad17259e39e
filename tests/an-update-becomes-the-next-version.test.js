// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

const guid = 'urn:newsml:tests.example:20261101:gale';
const ago = (minutes) => new Date(Date.now() - minutes * 60_000);
const version = (n, headline, body, more = {}) =>
  newsml({ guid, version: n, headline, body, created: ago(90), changed: ago(60 - n), ...more });

test('an update becomes the next version', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('v2.xml', version(2, 'Gale expected', '<p>The harbour shuts at six.</p>'));
  const address = await paper.address(story);
  const first = await server.get(address);
  assert.equal(first.status, 200);
  assert.match((await server.get('/')).text, /Gale expected/);

  await t.test('the same version does nothing', async () => {
    const { out } = await paper.does('ingest', '--publish', await paper.copy('again.xml', version(2, 'Gale expected', '<p>The harbour shuts at six.</p>')));
    assert.match(out, /\tunchanged/);
    assert.match((await paper.does('list')).out, /\tv1\t/);
    assert.equal((await server.get(address)).text, first.text);
  });

  await t.test('a newer one shows on the very next request', async () => {
    const { out } = await paper.does('ingest', '--publish', await paper.copy('v3.xml',
      version(3, 'Gale shuts harbour', '<p>The harbour shut at five.</p>', { signal: 'update', note: 'Adds the hour.' })));
    assert.match(out, new RegExp(`\\tupdated \\(story ${story}\\)`));
    const page = await server.get(address);
    assert.match(page.text, /<h1>Gale shuts harbour<\/h1>/);
    assert.match(page.text, /shut at five/);
    assert.doesNotMatch(page.text, /shuts at six/);
    assert.match(page.text, /class="updated"/);
    const front = (await server.get('/')).text;
    assert.match(front, /Gale shuts harbour/);
    assert.doesNotMatch(front, /Gale expected/);
    assert.match((await paper.does('list')).out, /\tv2\t/);
  });

  await t.test('an older one is recorded and changes nothing', async () => {
    const before = (await server.get(address)).text;
    const { out } = await paper.does('ingest', '--publish', await paper.copy('v1.xml', version(1, 'Wind rising', '<p>It is windy.</p>')));
    assert.match(out, /\tlate/);
    assert.equal((await server.get(address)).text, before);
  });

  await t.test('the address stays', async () => assert.equal(await paper.address(story), address));
});
