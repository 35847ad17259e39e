import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const field = (moment) => moment.toISOString().slice(0, 16); // the paper's zone is UTC

async function paperWith(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  for (const [name, headline] of [['one', 'The pier is open'], ['two', 'The ferry is late'], ['three', 'A harbour of snow']]) {
    await paper.copy(`${name}.xml`, newsml({ guid: `urn:newsml:tests.example:${name}`, headline }));
    await paper.does('ingest', `${paper.folder}/copy/${name}.xml`);
  }
  return { paper, server, ada };
}

/** The number of a story in the desk's list. */
async function numberOf(who, headline) {
  const { text } = await who.get('/desk/stories');
  return new RegExp(`href="/desk/stories/(\\d+)"[^>]*>${headline}<`).exec(text)[1];
}

test('an editor works on stories from the desk', async (t) => {
  const { paper, server, ada } = await paperWith(t);
  const [pier, ferry, snow] = [await numberOf(ada, 'The pier is open'), await numberOf(ada, 'The ferry is late'), await numberOf(ada, 'A harbour of snow')];
  const desk = (id) => `/desk/stories/${id}`;
  const act = async (id, fields, part = '') => {
    await ada.get(desk(id) + part);
    const reply = await ada.post(desk(id) + part.replace(/^\/(?!kill|correct).*/, ''), fields);
    if (reply.status !== 303) return reply;
    return ada.get(reply.headers.location);
  };

  await t.test('the list finds stories by words, state and section', async () => {
    const list = async (query) => plain((await ada.get(`/desk/stories?${query}`)).text);
    assert.match(await list('words=FERRY'), /The ferry is late.*Draft/);
    assert.doesNotMatch(await list('words=FERRY'), /The pier is open/);
    assert.match(await list('state=live'), /There is no such story/);
    assert.match(await list('state=none&section=news'), /The pier is open/);
  });

  await t.test('a draft is previewed, and readers see nothing of it', async () => {
    const preview = await ada.get(`${desk(pier)}/preview`);
    assert.equal(preview.status, 200);
    assert.match(preview.text, /<h1>The pier is open<\/h1>/);
    assert.match(preview.headers['cache-control'], /no-store/);
    assert.doesNotMatch((await server.get('/')).text, /The pier is open/);
    assert.equal((await server.get(`${desk(pier)}/preview`)).status, 303, 'for staff alone');
  });

  let address;
  await t.test('published, the next reader has it, and the desk says how soon', async () => {
    await server.get('/'); // kept from before
    const page = await act(pier, { act: 'publish' });
    assert.match(plain(page.text), /Published\. Readers have it.*The next reader has it so after \d+ millisecond/);
    assert.match((await server.get('/')).text, /The pier is open/);
    [, address] = /href="(\/news\/[^"]+)"/.exec(page.text);
    assert.equal((await server.get(address)).status, 200);
    assert.match(plain((await act(pier, { act: 'publish' })).text), /readers have it already/);
  });

  await t.test('the story says where readers see it, and where they do not', async () => {
    const where = async (id) => Object.fromEntries([...(/<dl class="facts where">([^]*?)<\/dl>/.exec((await ada.get(desk(id))).text)?.[1] ?? '').matchAll(/<dt>([^<]+)<\/dt><dd>([^]*?)<\/dd>/g)]
      .map(([, name, places]) => [name, [...places.matchAll(/href="([^"]+)"><bdi>([^<]+)/g)].map((m) => `${m[1]} ${m[2]}`)]));
    const seen = await where(pier);
    assert.deepEqual(seen['Its page'], [`${address} ${address}`, `${address}.lite Lite edition`]);
    assert.match(seen.Fronts.join(), /^\/ The paper’s front: [^,]+, \d+/);
    assert.ok(seen['Section, topics, authors, places'].includes('/news News'));
    assert.deepEqual(seen['Feeds: the newest of each'].slice(0, 2), ['/feed.rss All of the paper', '/news/feed.rss News']);
    assert.deepEqual(seen['Search engines'].map((s) => s.replace(/\d{4}-\d{2}/, 'MONTH')), ['/sitemap/MONTH.xml Sitemap of the month', '/news-sitemap.xml Sitemap for news, for two days']);
    for (const place of Object.values(seen).flat()) {
      const page = await server.get(place.split(' ')[0]);
      assert.equal(page.status, 200, place);
      assert.ok(page.text.includes('The pier is open') || page.text.includes(address), `${place} has it`);
    }
    assert.deepEqual(await where(ferry), {}, 'a draft is seen nowhere');
  });

  await t.test('a correction stands on the page', async () => {
    const without = await act(pier, { kind: 'correction', reason: '', why: 'A slip.', place: 'foot', headline: 'The east pier is open', standfirst: '' }, '/correct');
    assert.equal(without.status, 409);
    for (const typed of [/value="The east pier is open"/, /value="A slip\."/, /value="foot" selected/]) assert.match(without.text, typed, 'what was typed is still there');
    const page = await act(pier, { kind: 'correction', reason: 'It is the east pier.', why: 'Ada misheard.', place: 'foot', headline: 'The east pier is open', standfirst: '' }, '/correct');
    assert.match(plain(page.text), /2\. Correction: It is the east pier\. How it came about: Ada misheard\./);
    const html = (await server.get(address)).text;
    assert.match(plain(html), /The east pier is open.*It is the east pier\./);
    assert.ok(/class="body".*It is the east pier\./s.test(html), 'at the foot, as was asked');
    assert.doesNotMatch(html, /misheard/);
    assert.match(plain((await ada.get('/desk/audit')).text), /Ada misheard/);
  });

  await t.test('a time is kept: scheduled, taken off, an end', async () => {
    const soon = new Date(Date.now() + 3 * 3600e3);
    assert.match(plain((await act(ferry, { act: 'schedule', at: field(soon) })).text), /Scheduled\..*Nothing yet: it is published .*\(UTC\)/);
    assert.match(plain((await ada.get('/desk')).text), /Published next.*The ferry is late/);
    assert.doesNotMatch((await server.get('/')).text, /The ferry is late/);
    assert.match(plain((await act(ferry, { act: 'unschedule' })).text), /Off the schedule.*it is a draft/);
    assert.match(plain((await act(ferry, { act: 'schedule', at: 'tomorrow' })).text), /Please give day and time/);
    assert.match(plain((await act(pier, { act: 'end', end: '2001-01-01T00:00' })).text), /That time is over/);
    assert.match(plain((await act(pier, { act: 'end', end: field(soon) })).text), /It is taken down/);
    await act(snow, { act: 'publish' });
    await act(snow, { act: 'end', end: field(soon) });
    await paper.copy('snow-2.xml', newsml({ guid: 'urn:newsml:tests.example:three', version: 2, headline: 'A harbour of ice' }));
    await paper.does('ingest', `${paper.folder}/copy/snow-2.xml`);
    assert.match(plain((await ada.get(desk(snow))).text), /A harbour of ice.*It is taken down/, 'an update that names no end leaves it');
    // what the desk has corrected itself is not written over
    await paper.copy('one-2.xml', newsml({ guid: 'urn:newsml:tests.example:one', version: 2, headline: 'The pier stays open' }));
    await paper.does('ingest', `${paper.folder}/copy/one-2.xml`);
    assert.match(plain((await server.get(address)).text), /The east pier is open/);
    assert.match(plain((await ada.get(desk(pier))).text), /Newer copy has come over the wire.*It is taken down/);
    const page = await act(pier, { act: 'endless' });
    assert.match(plain(page.text), /It stays/);
    assert.doesNotMatch(plain(page.text), /It is taken down [^t]/);
  });

  await t.test('who acts on what a story no longer is, is told so, and nothing is done', async () => {
    const seen = async () => /name="seen" value="([^"]+)"/.exec((await ada.get(desk(pier))).text)[1];
    const old = await seen();
    await paper.does('correct', '--reason', 'It shuts.', '--headline', 'The east pier shuts', pier);
    const correction = { kind: 'correction', reason: 'Not the west one.', headline: 'The east pier stays open', standfirst: '' };
    const late = await ada.post(`${desk(pier)}/correct`, { ...correction, seen: old });
    assert.equal(late.status, 409);
    assert.match(plain(late.text), /the story has moved on.*The east pier shuts/);
    assert.match(plain((await server.get(address)).text), /The east pier shuts/);

    const draft = await seen();
    await act(pier, { act: 'withdraw', reason: 'A letter came.' });
    const published = await ada.post(desk(pier), { act: 'publish', seen: draft });
    assert.equal(published.status, 409);
    assert.match(plain(published.text), /the story has moved on.*it was withdrawn/);
    assert.equal((await server.get(address)).status, 410);
    assert.equal((await ada.post(desk(pier), { act: 'publish', seen: await seen() })).status, 303, 'who knows may');
    assert.equal((await server.get(address)).status, 200);
  });

  await t.test('withdrawn it says so, and comes back', async () => {
    assert.match(plain((await act(pier, { act: 'withdraw', reason: 'A letter came.' })).text), /Its address says that it was withdrawn/);
    assert.equal((await server.get(address)).status, 410);
    assert.match(plain((await act(pier, { act: 'publish' })).text), /They have had it since/);
    assert.equal((await server.get(address)).status, 200);
  });

  await t.test('a kill asks for the password again, a reason, and certainty', async () => {
    const asked = await ada.post(`${desk(pier)}/kill`, { reason: 'x', sure: 'yes' });
    // she has just joined, so that her password was given within the last minutes
    assert.equal(asked.status, 303);
    assert.match(plain((await ada.get(asked.headers.location)).text), /Killed\..*it is gone/i);
    assert.equal((await server.get(address)).status, 410);
    assert.equal((await ada.get(`${desk(pier)}/preview`)).status, 410, 'the desk shows it to nobody either');
    assert.doesNotMatch((await ada.get(desk(pier))).text, /\/preview"/);
    const unsure = await act(snow, { reason: 'x' }, '/kill');
    assert.equal(unsure.status, 409);
    assert.match(plain(unsure.text), /a kill cannot be taken back/);
  });

  await t.test('the log has it all, with who did it', async () => {
    const log = plain((await ada.get('/desk/audit')).text);
    for (const one of [/Published a story The pier is open/, /Corrected a story/, /Took a story off the schedule/, /Set when a story is taken down/, /Withdrew a story .*A letter came\./, /Killed a story/])
      assert.match(log, one);
    assert.match(log, /Killed a story [^•]*Ada Quill/);
  });

  await t.test('who may not publish is not let in', async () => {
    const bo = await employ(paper, server, 'bo@paper.example', 'moderator');
    assert.equal((await bo.get('/desk/stories')).status, 403);
    assert.equal((await bo.post(desk(ferry), { act: 'publish' })).status, 403);
    assert.doesNotMatch((await bo.get('/desk')).text, /\/desk\/stories/);
  });
});
