// What could not be read is looked at with its bytes, taken in again, dropped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';
import { noise } from './lib/pictures.js';

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

test('a film that was refused never becomes copy without words', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  await paper.copy('broken.mp4', Buffer.from(`\0\0\0\x18ftypisom\0\0\0\0isommp42${'x'.repeat(200)}`));
  await paper.command('ingest', `${paper.folder}/copy`);
  const [, at] = /href="(\/desk\/wire\/quarantine\/\d+)"/.exec((await ada.get('/desk/wire/quarantine')).text);
  await ada.get(at);
  const again = await ada.post(at, { act: 'replay' });
  assert.equal(again.status, 409);
  assert.match(words(again.text), /no copy: take its file in at “Pictures”/);
  assert.doesNotMatch((await ada.get('/desk/wire')).text, /<li id="row-/);
  assert.match((await ada.get(at)).text, /value="drop"/, 'it is open still');
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

test('what is settled leaves the list, and what lies beside a file comes with it', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--copy', paper.folder);
  const ada = await publisher(server);
  const item = newsml({ guid: 'urn:newsml:tests.example:ferry', headline: 'The ferry', picture: { href: 'ferry.png', caption: 'The ferry' } });
  await paper.copy('ferry.xml', item.replace('stat:usable', 'stat:purple'));
  await paper.copy('junk.xml', '<newsItem guid="urn:y"><oops></newsItem>');
  await writeFile(path.join(paper.folder, 'copy', 'ferry.png'), noise(640, 400));
  await paper.command('ingest', `${paper.folder}/copy/ferry.xml`, `${paper.folder}/copy/junk.xml`);
  const listed = async (query = '') => [...(await ada.get(`/desk/wire/quarantine${query}`)).text.matchAll(/href="(\/desk\/wire\/quarantine\/\d+)"><bdi>(.*?)<\/bdi>/g)].map(([, at, name]) => [name, at]);
  const at = Object.fromEntries(await listed());
  assert.deepEqual(Object.keys(at).sort(), ['ferry.xml', 'junk.xml']);
  assert.match((await ada.get('/desk/wire/quarantine')).text, /<code>&lt;newsItem guid="urn:y"&gt;|<code>&lt;newsItem guid=&quot;urn:y&quot;&gt;/, 'the line itself');

  // a newer program can read it: as if the bytes had been good
  const good = await paper.copy('good.xml', item);
  execFileSync('sqlite3', [path.join(paper.data, 'paper.db'), `UPDATE wire_raw SET bytes = CAST(readfile('${good}') AS BLOB) WHERE name = 'ferry.xml'`]);
  await ada.get(at['ferry.xml']);
  assert.equal((await ada.post(at['ferry.xml'], { act: 'replay' })).status, 303);
  await ada.get(at['junk.xml']);
  await ada.post(at['junk.xml'], { act: 'drop', reason: 'junk' });
  assert.deepEqual(await listed(), []);
  assert.equal((await listed('?state=settled')).length, 2);
  assert.equal((await listed('?state=all')).length, 2);
  const [, one] = /href="(\/desk\/wire\/\d+)/.exec((await ada.get('/desk/wire?words=ferry')).text);
  assert.match((await ada.get(one)).text, /<img[^>]*src="\/(?:desk\/)?media\//, 'its picture is in the house');
});
