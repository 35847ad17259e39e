// What could not be read is looked at with its bytes, taken in again, dropped.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const words = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('what could not be read is looked at, taken in again, and dropped', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  await paper.copy('bad.xml', '<newsItem guid="urn:x">\n<b>one</b>\n<script>alert(1)</script></oops>\n</newsItem>\u0007');
  await paper.command('ingest', `${paper.folder}/copy`);
  const list = (await ada.get('/desk/wire/quarantine')).text;
  const [, at] = /href="(\/desk\/wire\/quarantine\/\d+)"/.exec(list);
  const page = (await ada.get(at)).text;
  assert.match(page, /&gt; {4}3 {2}&lt;script&gt;alert\(1\)&lt;\/script&gt;&lt;\/oops&gt;/, 'the line itself, escaped');
  assert.doesNotMatch(page, /<script>alert/);
  assert.match(page, />00000020 {2}(?:[0-9a-f]{2} ){16}/, 'its bytes');
  assert.match(words(page), /Line 3/);

  // the same program cannot read it now either
  const again = await ada.post(at, { act: 'replay' });
  assert.equal(again.headers.location, at);
  assert.match((await ada.get(at)).text, /something in it can still not be read/);
  assert.match(words((await ada.get('/desk/audit?act=quarantine_replayed')).text), /Took a file in again bad\.xml.*0 taken, 0 known, 1 set aside/);

  const cy = await employ(paper, server, 'cy@paper.example', 'moderator');
  assert.equal((await cy.post(at, { act: 'drop' })).status, 403);
  assert.equal((await ada.post(at, { act: 'drop', reason: 'nobody wants it' })).status, 303);
  const dropped = (await ada.get(at)).text;
  assert.match(words(dropped), /Dropped .* by Ada Quill .*nobody wants it/);
  assert.doesNotMatch(dropped, /value="replay"/);
  assert.equal((await ada.post(at, { act: 'drop' })).status, 409);
  assert.equal((await ada.get('/desk/wire/quarantine/999')).status, 404);
});

test('of a file of which one item is bad, the good ones are taken once', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const good = newsml({ guid: 'urn:newsml:tests.example:good', headline: 'Good' }).replace(/^<\?xml.*\?>\n/, '');
  const bad = newsml({ guid: 'urn:newsml:tests.example:bad', headline: 'Bad' }).replace(/^<\?xml.*\?>\n/, '').replace('stat:usable', 'stat:purple');
  await paper.copy('two.xml', `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-11-29T10:00:00Z</sent></header><itemSet>${good}${bad}</itemSet></newsMessage>`);
  await paper.command('ingest', `${paper.folder}/copy`);
  const [, at] = /href="(\/desk\/wire\/quarantine\/\d+)"/.exec((await ada.get('/desk/wire/quarantine')).text);
  const came = /What came of this file.*?Good/s;
  assert.match((await ada.get(at)).text, came);
  assert.equal((await ada.post(at, { act: 'replay' })).status, 303);
  assert.match(words((await ada.get('/desk/audit?act=quarantine_replayed')).text), /0 taken, 1 known, 1 set aside/);
  assert.equal((await ada.get('/desk/wire')).text.match(/<li id="row-/g).length, 1);
});
