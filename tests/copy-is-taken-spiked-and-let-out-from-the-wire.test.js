// What an editor does with copy that has come in: looks at it, takes it, spikes it, lets it out.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const titles = (html) => [...html.matchAll(/<h2 class="row-title"><a[^>]*><bdi>(.*?)<\/bdi>/g)].map(([, one]) => one);
const addresses = (html) => Object.fromEntries([...html.matchAll(/<h2 class="row-title"><a href="(\/desk\/wire\/\d+)[^"]*"[^>]*><bdi>(.*?)<\/bdi>/g)].map(([, href, title]) => [title, href]));
const seen = (html) => /name="seen" value="([^"]*)"/.exec(html)[1];
const offers = (html) => [...html.matchAll(/name="act" value="(\w+)"/g)].map(([, act]) => act);
const words = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

async function wire(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const item = (more) => newsml({ guid: `urn:newsml:tests.example:${more.headline}`, ...more });
  const ingest = async (name, more, ...options) => {
    await paper.copy(name, typeof more === 'string' ? more : item(more));
    return paper.command('ingest', ...options, `${paper.folder}/copy/${name}`);
  };
  return { paper, server, ada, ingest };
}

test('an item is looked at before it is taken, and taking it leads to its editor', async (t) => {
  const { paper, server, ada, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring', body: '<p>Eleven boats & a cat.</p>'.replace('&', '&amp;'), note: 'Check the cat', standfirst: 'All in by noon', subjects: [{ code: '20000213', name: 'fishing' }] });
  await ingest('2.xml', { headline: 'Embargoed', embargo: new Date(Date.now() + 3600_000) });
  const at = addresses((await ada.get('/desk/wire')).text);
  assert.deepEqual(Object.keys(at), ['Embargoed', 'Herring'], 'newest first');

  let page = (await ada.get(at.Herring)).text;
  assert.match(page, /<p id="[^"]*">Eleven boats &amp; a cat\.<\/p>|<p>Eleven boats &amp; a cat\.<\/p>/, 'the text as it will look');
  assert.match(words(page), /All in by noon/);
  assert.match(words(page), /To editors: Check the cat/);
  assert.match(words(page), /Number urn:newsml:tests\.example:Herring/);
  assert.match(words(page), /Version 1/);
  assert.match(words(page), /Subjects fishing/);
  assert.equal(titles(page).length, 2, 'beside the list');
  assert.deepEqual(offers(page), ['take', 'publish', 'spike']);
  assert.match(words((await ada.get(at.Embargoed)).text), /Under embargo until .*nothing of it goes out before/);
  assert.equal((await ada.get('/desk/wire/999')).status, 404);

  // a reporter takes it: it is theirs to write in
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  page = (await bo.get(at.Herring)).text;
  assert.deepEqual(offers(page), ['take', 'spike'], 'who may not publish is not offered to');
  assert.equal((await bo.post(at.Herring, { act: 'publish', seen: seen(page) })).status, 409);
  const taken = await bo.post(at.Herring, { act: 'take', seen: seen(page), to: at.Herring });
  assert.equal(taken.status, 303);
  assert.match(taken.headers.location, /^\/desk\/stories\/\d+\/edit$/);
  assert.match((await bo.get(taken.headers.location)).text, /Eleven boats/);
  page = (await ada.get(at.Herring)).text;
  assert.match(words(page), /Taken by bo/);
  assert.deepEqual(offers(page), [], 'what is taken is not taken again, nor spiked');
  assert.deepEqual(titles((await ada.get('/desk/wire?state=taken')).text), ['Herring']);
  assert.deepEqual(titles((await ada.get('/desk/wire?state=waiting')).text), ['Embargoed']);
  assert.match(words((await ada.get('/desk/audit?act=item_taken')).text), /bo .*Took copy from the wire.*Herring/);
});

test('of two who do something with one item at once, one has done it and the other is told', async (t) => {
  const { ada, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring' });
  const [at] = Object.values(addresses((await ada.get('/desk/wire')).text));
  const before = seen((await ada.get(at)).text);
  const both = await Promise.all(['take', 'spike'].map((act) => ada.post(at, { act, seen: before })));
  assert.deepEqual(both.map((r) => r.status).sort(), [303, 409]);
  assert.match(both.find((r) => r.status === 409).text, /Somebody else was quicker/);
  const again = await ada.post(at, { act: 'take', seen: before }, { Accept: 'application/json' });
  assert.equal(again.status, 409);
  assert.match(JSON.parse(again.text).error, /Somebody else was quicker/);
  assert.equal((await ada.post(at, { act: 'eat' })).status, 400);
});

test('spiked copy is found again and comes off the spike', async (t) => {
  const { ada, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring' });
  const { Herring: at } = addresses((await ada.get('/desk/wire')).text);
  const to = `${at}?words=her`;
  let page = (await ada.get(to)).text;
  assert.equal((await ada.post(at, { act: 'spike', seen: seen(page), reason: 'old news', to })).headers.location, to);
  page = (await ada.get(to)).text;
  assert.match(words(page), /Spiked by Ada Quill : old news/);
  assert.deepEqual(offers(page), ['unspike']);
  assert.deepEqual(titles((await ada.get('/desk/wire?state=spiked')).text), ['Herring']);
  assert.deepEqual(titles((await ada.get('/desk/wire?state=waiting')).text), []);
  const back = await ada.post(at, { act: 'unspike', seen: seen(page), to }, { Accept: 'application/json' });
  assert.deepEqual(JSON.parse(back.text), { to });
  assert.deepEqual(titles((await ada.get('/desk/wire?state=waiting')).text), ['Herring']);
  const log = words((await ada.get('/desk/audit')).text);
  assert.match(log, /Took copy off the spike.*Spiked copy .*old news/);

  // a newer version of what was spiked waits again
  page = (await ada.get(at)).text;
  await ada.post(at, { act: 'spike', seen: seen(page) });
  await ingest('2.xml', { headline: 'Herring', version: 2 });
  assert.deepEqual(titles((await ada.get('/desk/wire?state=waiting')).text), ['Herring']);
  page = (await ada.get(at)).text;
  assert.match(words(page), /A newer version of it has come/);
});

test('copy goes out as it is, at once or when its embargo ends', async (t) => {
  const { ada, server, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring' });
  await ingest('2.xml', { headline: 'Later', embargo: new Date(Date.now() + 3600_000) });
  const at = addresses((await ada.get('/desk/wire')).text);
  for (const one of [at.Herring, at.Later]) {
    const page = (await ada.get(one)).text;
    const out = await ada.post(one, { act: 'publish', seen: seen(page), to: one });
    assert.match(out.headers.location, /^\/desk\/stories\/\d+$/);
    const story = words((await ada.get(out.headers.location)).text);
    if (one === at.Herring) assert.match(story, /The next reader has it so after \d+ millisecond.*They have had it since/);
    else assert.match(story, /Nothing yet: it is published/);
  }
  const front = (await server.get('/')).text;
  assert.match(front, /Herring/);
  assert.doesNotMatch(front, /Later/);
  assert.deepEqual(titles((await ada.get('/desk/wire?state=waiting')).text), []);
  assert.deepEqual(offers((await ada.get(at.Herring)).text), []);
});

test('the list is narrowed down, and says what came behind what one has seen', async (t) => {
  const { ada, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring', subjects: [{ code: '20000213', name: 'commercial fishing' }] });
  await ingest('2.xml', { headline: 'Gale', embargo: new Date(Date.now() + 3600_000) });
  const found = async (query) => titles((await ada.get(`/desk/wire?${query}`)).text);
  const page = (await ada.get('/desk/wire')).text;
  const newest = /data-newest="(\d+)"/.exec(page)[1];
  assert.deepEqual(await found('embargoed=yes'), ['Gale']);
  assert.deepEqual(await found('topic=FISH'), ['Herring']);
  assert.deepEqual(await found('source=Tests&dialect=newsml-g2&kind=0&urgency=4'), ['Gale', 'Herring']);
  assert.deepEqual(await found('urgency=3'), []);
  assert.deepEqual(await found('source=Others'), []);
  assert.deepEqual(await found('kind=1'), []);
  assert.deepEqual(await found('section=news'), ['Gale', 'Herring']);
  assert.match(page, /<option value="Tests">Tests<\/option>/);

  assert.equal((await ada.get(`/desk/wire/new?since=${newest}`)).status, 204);
  await ingest('3.xml', { headline: 'Cod' });
  const fresh = await ada.get(`/desk/wire/new?since=${newest}`);
  assert.deepEqual(titles(fresh.text), ['Cod']);
  assert.equal((await ada.get(`/desk/wire/new?since=${newest}&words=herring`)).status, 204);
  assert.match(fresh.headers['cache-control'], /no-store/);
});

test('an item that was killed says so and offers nothing', async (t) => {
  const { ada, ingest } = await wire(t);
  await ingest('1.xml', { headline: 'Herring' });
  await ingest('2.xml', { guid: 'urn:newsml:tests.example:Herring', headline: 'Herring', version: 2, status: 'canceled' });
  for (const at of [...(await ada.get('/desk/wire')).text.matchAll(/href="(\/desk\/wire\/\d+)[^"]*#item"/g)].map(([, a]) => a)) {
    const page = (await ada.get(at)).text;
    assert.match(page, /The agency killed it: it must never be used/);
    assert.doesNotMatch(page, /Eleven|All eleven boats/);
    assert.ok(!offers(page).includes('take') && !offers(page).includes('publish'));
  }
});
