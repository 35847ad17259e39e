// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper, eventually } from './lib/paper.js';

test('a running story is written at the desk', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'The flood, as it comes', body: '<p>What we know so far.</p>' }));
  const address = await paper.address(story);
  const ada = await publisher(server);
  const at = `/desk/stories/${story}/live`;
  const page = async () => (await server.get(address)).text;
  const act = async (who, fields) => { await who.get(at); return who.post(at, fields); };

  // one form, one button
  assert.equal((await act(ada, { entry: 0, act: 'publish', headline: 'Second step', words: 'The water is at the *second* step.\r\n\r\n- one\r\n- two', key: 'yes', byline: 'Ann Lee', picture: 0 })).status, 303);
  assert.match((await ada.get(at)).text, /Readers have it\./);
  let text = await page();
  assert.match(text, /id="entry-1"[\s\S]*second<\/em> step[\s\S]*<li>one<\/li>/);
  assert.match((await ada.get(`/desk/stories/${story}`)).text, new RegExp(`href="${at}"`));

  // a draft is nobody's; it goes out by its button
  await act(ada, { entry: 0, act: 'draft', words: 'Perhaps the bridge.' });
  assert.doesNotMatch(await page(), /Perhaps the bridge/);
  await act(ada, { entry: 2, act: 'out' });
  assert.match(await page(), /Perhaps the bridge/);

  // changed in place, by who knows what stands there
  const form = (await ada.get(`${at}/2`)).text;
  assert.match(form, />Perhaps the bridge\.<\/textarea>/);
  const seen = /name="seen" value="(\d+)"/.exec(form)[1];
  assert.equal((await ada.post(at, { entry: 2, seen, act: 'save', words: 'The bridge is shut.' })).status, 303);
  text = await page();
  assert.match(text, /The bridge is shut/);
  assert.match(text, /edited <time/);
  const late = await act(ada, { entry: 2, seen, act: 'save', words: 'Shut, they say.' });
  assert.equal(late.status, 409);
  assert.match(late.text, />Shut, they say\.<\/textarea>/, 'what was typed is kept');
  assert.doesNotMatch(await page(), /they say/);

  // what cannot be taken is said, and kept
  const wrong = await act(ada, { entry: 0, act: 'publish', headline: 'Levels', link: 'ftp://example.org/' });
  assert.equal(wrong.status, 409);
  assert.match(wrong.text, /name="headline" value="Levels"/);

  // scheduled, to its second
  await act(ada, { entry: 0, act: 'schedule', at: '2031-01-01T10:00', words: 'Not for years.' });
  assert.match((await ada.get(at)).text, /scheduled/);
  assert.doesNotMatch(await page(), /Not for years/);

  // so is a draft that was kept, with what was typed since; its time is changed, or it goes out at once
  await act(ada, { entry: 0, act: 'draft', words: 'A draft.' });
  const draft = async () => (await ada.get(`${at}/4`)).text;
  const version = (text) => /name="seen" value="(\d+)"/.exec(text)[1];
  assert.match(await draft(), /name="at" value=""[\s\S]*value="schedule"/);
  assert.equal((await ada.post(at, { entry: 4, seen: version(await draft()), act: 'schedule', at: '2031-01-01T10:00', words: 'In its time.' })).status, 303);
  assert.match(await draft(), /name="at" value="2031-01-01T10:00"/);
  assert.match((await ada.get(at)).text, /id="entry-4"[\s\S]*?<span>scheduled<\/span>/);
  assert.doesNotMatch(await page(), /In its time/);
  assert.equal((await ada.post(at, { entry: 4, seen: version(await draft()), act: 'schedule', at: '2032-02-02T10:00', words: 'In its time.' })).status, 303);
  assert.match(await draft(), /name="at" value="2032-02-02T10:00"/);
  assert.equal((await ada.post(at, { entry: 4, seen: version(await draft()), act: 'publish', words: 'Before its time.' })).status, 303);
  assert.match(await page(), /id="entry-4"[\s\S]*Before its time/);
  assert.doesNotMatch(await draft(), /name="at"|value="publish"/);

  // withdrawn; made a story of
  await act(ada, { entry: 1, act: 'withdraw' });
  assert.equal((await server.get(`${address}/entry/1`)).status, 410);
  const made = await act(ada, { entry: 2, act: 'promote' });
  assert.match(made.headers.location, /^\/desk\/stories\/\d+\/edit$/);
  assert.match((await ada.get(made.headers.location)).text, /The bridge is shut/);

  // the coverage
  await act(ada, { to: 'paused' });
  assert.match(await page(), /data-state="paused"/);
  await act(ada, { to: 'ended' });
  assert.equal((await act(ada, { entry: 0, act: 'publish', words: 'Too late.' })).status, 409);

  // who may not publish writes drafts, in what is theirs
  const bo = await employ(paper, server, 'bo@paper.example', 'contributor');
  assert.equal((await bo.get(at)).status, 404);
  const begun = await bo.post('/desk/stories', { type: 'live', section: 'news' });
  const own = begun.headers.location.replace(/edit$/, 'live');
  const composer = (await bo.get(own)).text;
  assert.doesNotMatch(composer, /value="publish"|name="to"/);
  assert.equal((await bo.post(own, { entry: 0, act: 'draft', words: 'From the pier.' })).status, 303);
  await bo.get(own);
  for (const fields of [{ entry: 0, act: 'publish', words: 'Now.' }, { entry: 1, act: 'publish', words: 'Now.' }, { entry: 1, act: 'out' }, { to: 'live' }])
    assert.equal((await bo.post(own, fields)).status, 403);
  assert.match((await bo.get(own)).text, /From the pier/);

  // each act stands in the log
  await eventually('the log', async () => /Published an entry of a running story/.test((await ada.get('/desk/audit')).text));
  assert.match((await ada.get('/desk/audit')).text, /Withdrew an entry of a running story/);
});
