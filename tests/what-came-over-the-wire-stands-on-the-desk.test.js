import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const rows = (html) => [...html.matchAll(/<li[^>]*>\s*<div><h2 class="row-title">(.*?)<\/li>/gs)].map(([, one]) => one.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim());

test('what came over the wire stands on the desk, with what was done', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const item = (more) => newsml({ guid: 'urn:newsml:tests.example:pier', headline: 'The pier is open', ...more });
  await paper.copy('1.xml', item({}));
  await paper.copy('2.xml', item({ version: 2, headline: 'The pier is open & dry' }));
  await paper.copy('bad "one".xml', '<newsItem guid="urn:x"><oops></newsItem>');
  await paper.command('ingest', `${paper.folder}/copy`);

  const page = (await ada.get('/desk/wire')).text;
  assert.equal(rows(page).length, 2);
  assert.match(rows(page)[0], /^The pier is open &amp; dry .*newsml-g2 .*version 2 .*The story was updated$/);
  assert.match(rows(page)[1], /A draft was made of it$/);
  const [, story] = /href="(\/desk\/stories\/\d+)"/.exec(page);
  assert.equal((await ada.get(story)).status, 200);
  assert.equal(rows((await ada.get('/desk/wire?done=draft')).text).length, 1);
  assert.equal(rows((await ada.get('/desk/wire?words=DRY')).text).length, 1);
  assert.match((await ada.get('/desk/wire?words=snow')).text, /No such copy has come/);

  const set = (await ada.get('/desk/wire/quarantine')).text;
  assert.match(rows(set)[0], /^bad &quot;one&quot;\.xml line 1: the XML is not well-formed/);
  const raw = await ada.get(/href="(\/desk\/wire\/raw\/\d+)"/.exec(set)[1]);
  assert.equal(raw.text, '<newsItem guid="urn:x"><oops></newsItem>');
  assert.equal(raw.headers['content-disposition'], 'attachment; filename="bad__one_.xml"');
  assert.equal(raw.headers['content-type'], 'application/octet-stream');
  assert.match(raw.headers['cache-control'], /no-store/);

  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  const his = (await bo.get('/desk/wire')).text;
  assert.equal(rows(his).length, 2);
  assert.doesNotMatch(his, /\/desk\/stories\/\d/, 'who may not edit is led to no story');
  const cy = await employ(paper, server, 'cy@paper.example', 'moderator');
  for (const where of ['/desk/wire', '/desk/wire/quarantine', '/desk/wire/raw/1']) assert.equal((await cy.get(where)).status, 403);
});
