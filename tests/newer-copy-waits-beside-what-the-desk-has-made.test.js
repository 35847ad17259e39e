// What the wire says of a story that the desk works on: newer copy is compared and put in, a kill is loud.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const guid = 'urn:newsml:tests.example:ferry';
const words = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const textOf = (copy) => copy.body.blocks.map((b) => b.spans.map((s) => s.text).join(''));
const first = ['The ferry sails again on Monday morning from the east pier.', 'Tickets are sold at the pier.', 'The weather is fair.'];
const second = ['The ferry sails again on Tuesday morning from the east pier.', 'Tickets are sold at the pier.', 'The weather is fair.', 'It was built in 1961.'];

/** A story of the desk, taken from the wire. */
async function taken(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  let files = 0;
  const ingest = async (version, paragraphs, more = {}) => {
    const file = `${++files}.xml`;
    await paper.copy(file, newsml({ guid, version, headline: 'The ferry sails again', body: paragraphs.map((p) => `<p>${p}</p>`).join(''), ...more }));
    const { out } = await paper.command('ingest', `${paper.folder}/copy/${file}`);
    return out;
  };
  await ingest(1, first);
  const [, at] = /href="(\/desk\/wire\/\d+)/.exec((await ada.get('/desk/wire')).text);
  await ada.get(at);
  const edit = (await ada.post(at, { act: 'take' })).headers.location;
  const story = edit.replace(/\/edit$/, '');
  const copy = async () => ada.json(`${story}/copy?since=0`);
  const save = async (change) => {
    const { revision, copy: now } = await copy();
    const next = change(structuredClone(now));
    const reply = await ada.send(`${story}/copy`, { base: revision, editor: 'ada-1', here: '', kind: 'auto', copy: next }, { Accept: 'application/json' });
    assert.equal(reply.status, 200, reply.text);
  };
  const say = (n, text) => (c) => { c.body.blocks[n].spans = [{ text }]; return c; };
  const publish = async (act = 'publish') => {
    const page = (await ada.get(story)).text;
    const reply = await ada.post(story, { act, kind: 'edit', seen: /name="seen" value="([^"]*)"/.exec(page)[1] });
    assert.equal(reply.status, 303, reply.text);
  };
  const page = async (where = '') => (await ada.get(story + where)).text.replace(/<span class="unseen">[^<]*<\/span>/g, '');
  return { paper, server, ada, ingest, at, story, copy, save, say, publish, page };
}

test('a story that was taken says which item it is of, and follows it while nobody has touched it', async (t) => {
  const { ingest, page, at, copy } = await taken(t);
  for (const where of ['', '/edit']) {
    const html = await page(where);
    assert.match(words(html), /From the wire: Tests The ferry sails again , version 1/);
    assert.ok(html.includes(`href="${at}"`));
    assert.doesNotMatch(html, /Newer copy has come/);
  }
  await ingest(2, second);
  assert.match(words(await page()), /From the wire: Tests The ferry sails again , version 2/);
  assert.deepEqual(textOf((await copy()).copy), second);
});

test('newer copy waits while somebody writes: compared by words, put in by one button', async (t) => {
  const { ada, ingest, page, story, copy, save, say } = await taken(t);
  await save(say(1, 'Tickets are sold at the pier, for cash alone.'));
  await ingest(2, second);
  for (const where of ['', '/edit']) {
    const html = await page(where);
    assert.match(words(html), /Newer copy has come over the wire Version 2/);
    assert.match(words(html), /From the wire: Tests The ferry sails again , version 1/);
    assert.match(html, /<del>Monday<\/del>.*<ins>Tuesday<\/ins>/s);
    assert.match(html, /<ins>It was built in 1961\.<\/ins>/);
    assert.doesNotMatch(html, /<ins>[^<]*cash/, 'two versions of the agency, nothing of ours');
  }
  assert.match(words((await ada.get('/desk')).text), /What the agencies say of your stories .*The ferry sails again .*Newer copy waits/);
  assert.equal((await copy()).story.newer, true);
  await page();
  const done = await ada.post(`${story}/newer`);
  assert.equal(done.headers.location, story);
  const html = await page();
  assert.match(html, /Put together\. What is written has the newest version in it/);
  assert.doesNotMatch(html, /Newer copy has come/);
  assert.match(words(html), /From the wire: Tests The ferry sails again , version 2/);
  assert.deepEqual(textOf((await copy()).copy), [second[0], 'Tickets are sold at the pier, for cash alone.', second[2], second[3]]);
  assert.match(words((await ada.get('/desk/audit?act=story_merged')).text), /Put newer copy into a story .*Ada Quill/);
  assert.doesNotMatch((await ada.get('/desk')).text, /Newer copy waits/);
});

test('what the desk has made and readers have is never written over: newer copy waits beside it', async (t) => {
  const { server, ada, ingest, page, story, copy, save, say, publish } = await taken(t);
  const reads = async () => { const [, path] = /class="button quiet" href="(\/[^"]+)">Its page/.exec(await page()); return words((await server.get(path)).text); };
  await save(say(1, 'Tickets are sold at the pier, for cash alone.'));
  await publish();
  assert.match(await ingest(2, second), /offered/);
  assert.match(await reads(), /Monday morning.*for cash alone/s, 'readers have what the desk has made');
  assert.match(words(await page()), /Newer copy has come over the wire Version 2/);
  assert.match(words((await ada.get('/desk/wire')).text), /Waits beside its story/);
  // one more comes before anybody has looked: compared with what is in the copy
  const third = [...second.slice(0, 3), 'It was built in 1962.'];
  await ingest(3, third);
  let html = await page();
  assert.match(words(html), /Newer copy has come over the wire Version 3/);
  assert.match(html, /<del>Monday<\/del>.*<ins>Tuesday<\/ins>/s);
  assert.equal((await ada.post(`${story}/newer`)).status, 303);
  assert.deepEqual(textOf((await copy()).copy), [third[0], 'Tickets are sold at the pier, for cash alone.', third[2], third[3]]);
  assert.match(await reads(), /Monday morning/, 'putting it in is not publishing it');
  await publish('update');
  assert.match(await reads(), /Tuesday morning.*for cash alone.*1962/s);
  html = await page();
  assert.match(words(html), /From the wire: Tests The ferry sails again , version 3/);
  assert.doesNotMatch(html, /Newer copy has come/);
  // and the next is compared with the third
  await ingest(4, [...third.slice(0, 3), 'It was built in 1963.']);
  html = await page();
  assert.match(html, /<del>1962\.<\/del>.*<ins>1963\.<\/ins>/s);
  assert.doesNotMatch(html, /<del>Monday/);
});

test('where both have changed the same words those of the desk stay, and the other is shown', async (t) => {
  const { ada, ingest, story, copy, save, say } = await taken(t);
  await save(say(0, 'The ferry sails again on Friday morning from the east pier.'));
  await ingest(2, second);
  await ada.get(story);
  const reply = await ada.send(`${story}/newer`, {}, { Accept: 'application/json' });
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.json.conflicts.length, 1);
  const [{ where, mine, theirs }] = reply.json.conflicts;
  assert.match(where, /^block:/);
  assert.match(mine.spans[0].text, /Friday/);
  assert.match(theirs.spans[0].text, /Tuesday/);
  assert.match(textOf(reply.json.copy)[0], /Friday/);
  assert.deepEqual(textOf((await copy()).copy).slice(1), second.slice(1));
  assert.equal(reply.json.story.newer, false);
  assert.match(words((await ada.get(`${story}/revisions`)).text), /Came in from outside the editor/);
});

test('a kill is loud wherever the story stands, with the words of the agency', async (t) => {
  const { paper, server, ada, ingest, page, save, say, publish } = await taken(t);
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  await save(say(1, 'Tickets are sold at the pier, for cash alone.'));
  await publish();
  await ingest(2, second, { status: 'withheld', note: 'Legal advice' });
  assert.match(words(await page()), /The agency asks not to use this for now Legal advice/);
  assert.match(words((await ada.get('/desk')).text), /Not to be used for now/);
  await ingest(3, second, { status: 'canceled', note: 'A court forbids it.' });
  for (const where of ['', '/edit'])
    assert.match(await page(where), /role="alert">\s*<h2>The agency has killed this<\/h2>\s*<blockquote dir="auto">A court forbids it\./);
  const home = words((await ada.get('/desk')).text);
  assert.match(home, /What the agencies say of your stories .*Killed: it must never be used\. A court forbids it\./);
  assert.doesNotMatch(words((await bo.get('/desk')).text), /What the agencies say/, 'who has no part in it is not told');
});

test('what the wire and the clockwork do stands in the log, each by itself', async (t) => {
  const { paper, ada, ingest, save, say, publish } = await taken(t);
  await save(say(1, 'Tickets are free.'));
  await publish();
  await ingest(2, second);
  await ingest(3, second, { status: 'canceled' });
  const wire = words((await ada.get('/desk/audit?who=wire')).text);
  assert.match(wire, /The agency killed copy The ferry sails again .*Newer copy came in The ferry sails again .*Value: offered .*Copy came in The ferry sails again .*The wire/);
  assert.doesNotMatch(wire.slice(wire.indexOf('The agency killed')), /Ada Quill (?!.*<select)/);
  await paper.copy('soon.xml', newsml({ guid: `${guid}-2`, headline: 'Soon' }));
  const { out } = await paper.command('ingest', `${paper.folder}/copy/soon.xml`);
  assert.match(out, /draft/);
  const [, at] = /href="(\/desk\/wire\/\d+)/.exec((await ada.get('/desk/wire?words=Soon')).text);
  const scheduled = await ada.get(at);
  const story = (await ada.post(at, { act: 'take', seen: /name="seen" value="([^"]*)"/.exec(scheduled.text)[1] })).headers.location.replace('/edit', '');
  await paper.does('publish', '--at', new Date(Date.now() + 2000).toISOString(), story.split('/').pop());
  const deadline = Date.now() + 60_000;
  let log = '';
  while (!/Published a story Soon/.test(log) && Date.now() < deadline) log = words((await ada.get('/desk/audit?who=clockwork')).text);
  assert.match(log, /Published a story Soon State: scheduled live .*The clockwork/);
});

test('newer copy is left out: nothing of what is written changes, and the next is compared with it', async (t) => {
  const { ada, ingest, page, story, copy, save, say, publish } = await taken(t);
  await save(say(1, 'Tickets are sold at the pier, for cash alone.'));
  await publish();
  await ingest(2, second);
  const [, leave] = /formaction="([^"]+)"[^>]*>Leave it out</.exec(await page());
  const before = textOf((await copy()).copy);
  assert.equal((await ada.post(leave)).headers.location, story);
  let html = await page();
  assert.match(html, /Left out\. What is written stays as it is/);
  assert.doesNotMatch(html, /Newer copy has come/);
  assert.match(words(html), /From the wire: Tests The ferry sails again , version 1/, 'its words are still of the first');
  assert.deepEqual(textOf((await copy()).copy), before);
  assert.match(words((await ada.get('/desk/wire?state=taken')).text), /Left out of its story/);
  assert.match(words((await ada.get('/desk/audit?act=story_left')).text), /Left newer copy out of a story .*Ada Quill/);
  await ingest(3, [...second.slice(0, 3), 'It was built in 1962.']);
  html = await page();
  assert.match(html, /<del>1961\.<\/del>.*<ins>1962\.<\/ins>/s);
  assert.doesNotMatch(html, /<del>Monday/, 'what was left out is not asked again');
});

test('the board says on its card that newer copy waits, until it is settled', async (t) => {
  const { ada, ingest, story, save, say } = await taken(t);
  const card = async () => new RegExp(`<li class="card[^"]*" id="card-${/\d+$/.exec(story)[0]}">.*?</li>`, 's').exec((await ada.get('/desk/board')).text)[0];
  await save(say(1, 'Tickets are sold at the pier, for cash alone.'));
  assert.doesNotMatch(await card(), /Newer copy waits/);
  await ingest(2, second);
  assert.match(await card(), /Newer copy waits to be put in/);
  await ada.post(`${story}/newer?act=leave`);
  assert.doesNotMatch(await card(), /Newer copy waits/);
});
