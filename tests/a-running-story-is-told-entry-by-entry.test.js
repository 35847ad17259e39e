// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually } from './lib/paper.js';

/** What an address says in JSON-LD: the nodes of its graph. */
function graph(text) {
  return JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)[1])['@graph'];
}

test('a running story is told entry by entry', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'The flood, as it comes', body: '<p>What we know so far.</p>' }));
  const address = await paper.address(story);
  const page = async (more = '') => (await server.get(address + more)).text;
  const live = (...words) => paper.does('live', ...words);
  const add = async (words, ...more) => live('--words', await paper.copy('words.md', words), ...more, 'add', story);

  // announced, for a time
  await live('--at', '2030-01-02T08:00:00Z', 'state', story, 'announced');
  assert.match(await page(), /We begin <time[^>]*datetime="2030-01-02T08:00:00/);
  assert.doesNotMatch((await server.get('/')).text, /class="ticker"/);

  // the first entry makes it live, everywhere at once
  await add('The water is at the *second* step.', '--headline', 'Second step', '--by', 'Ann Lee', '--key');
  let text = await page();
  assert.match(text, /<li class="moment is-key" id="entry-1" data-entry="1">/);
  assert.match(text, /<ol class="moments" data-running="(\d+)" data-part="[^"]*\/entry\/" data-order="newest" data-page="1">/);
  assert.match(text, /second<\/em> step/);
  assert.match(text, /href="[^"#]*#entry-1"><bdi>Second step/);
  text = (await server.get('/')).text;
  assert.match(text, /class="ticker"/);
  assert.match(text, /class="block live-rail"/);
  assert.ok(text.includes(`href="${address}#entry-1"`), 'the newest entry stands on the front');

  // order, and what stays at the top
  await add('The bridge is shut.', '--pin');
  await add('The third step is dry.', '--quote', 'I live here', '--quote-by', 'Bo Ek', '--link', 'https://example.org/levels', '--link-title', 'Levels');
  const order = (s) => [...s.matchAll(/id="entry-(\d+)"/g)].map((m) => Number(m[1]));
  assert.deepEqual(order(await page()), [2, 3, 1]);
  assert.deepEqual(order(await page('?order=oldest')), [2, 1, 3]);
  assert.equal((await server.get(`${address}?page=2`)).status, 404);
  assert.match(await page(), /<blockquote><p>I live here<\/p><\/blockquote><figcaption>Bo Ek/);

  // an entry has an address, a card, and a part for pages that are open
  const one = await server.get(`${address}/entry/1`);
  assert.equal(one.status, 200);
  assert.match(one.text, new RegExp(`<link rel="canonical" href="[^"]*${address}/entry/1">`));
  assert.match(one.text, /<meta property="og:title" content="Second step">/);
  const card = /<meta property="og:image" content="https?:\/\/[^/]+(\/card\/\d+\/1\.png[^"]*)">/.exec(one.text)[1];
  assert.equal((await server.get(card)).headers['content-type'], 'image/png');
  assert.equal(graph(one.text).find((n) => n['@type'] === 'BlogPosting').isPartOf['@type'], 'LiveBlogPosting');
  const part = await server.get(`${address}/entry/1.part`);
  assert.match(part.text, /^<li class="moment is-key" id="entry-1"/);
  assert.match((await server.get(`${address}.lite`)).text, /Second step/);

  const told = graph(await page()).find((n) => n['@type'] === 'LiveBlogPosting');
  assert.deepEqual(told.liveBlogUpdate.map((u) => u.url.replace(/.*\//, '')), ['3', '2', '1']);
  assert.ok(told.coverageStartTime && !told.coverageEndTime);
  assert.equal(told.liveBlogUpdate[2].author.name, 'Ann Lee');

  // changed in place
  await live('--headline', 'Second step reached', 'edit', story, 1);
  text = await page();
  assert.match(text, /Second step reached/);
  assert.match(text, /edited <time/);
  assert.match(text, /second<\/em> step/, 'what was not named stays');

  // withdrawn: gone from everywhere, its address says so
  await live('withdraw', story, 3);
  assert.doesNotMatch(await page(), /third step|I live here/);
  assert.doesNotMatch((await server.get('/')).text, /third step/);
  for (const kind of ['', '.lite', '.part']) assert.equal((await server.get(`${address}/entry/3${kind}`)).status, 410);
  assert.equal((await server.get(card.replace('/1.png', '/3.png'))).status, 410);
  await live('publish', story, 3);
  assert.match(await page(), /third step/);

  // scheduled: to its second, and told to open pages
  const at = new Date(Date.now() + 1500);
  await add('The gate opens.', '--at', at.toISOString());
  text = await page();
  if (Date.now() < at) assert.doesNotMatch(text, /gate opens/);
  await eventually('the entry comes', async () => /gate opens/.test(await page()));
  await eventually('pages are told', async () => {
    const { said } = JSON.parse((await server.get(`/live/story-${story}/since/0`)).text);
    return said.some((w) => w.kind === 'entry' && w.entry === 4 && w.path === `${address}/entry/4`);
  });

  // an entry becomes a story; each leads to the other
  const whole = await paper.publish('b.xml', newsml({ guid: 'urn:newsml:tests.example:b', headline: 'How the gate works', body: '<p>With a wheel.</p>' }));
  await live('promote', story, 4, whole);
  assert.match(await page(), /class="moment-story"[^>]*>.*How the gate works/s);
  assert.ok((await server.get(await paper.address(whole))).text.includes(`href="${address}/entry/4"`));

  // paused, over, put away
  await live('state', story, 'paused');
  assert.match(await page(), /data-state="paused"/);
  await live('state', story, 'ended');
  text = await page();
  assert.match(text, /This coverage ended <time/);
  assert.ok(graph(text).find((n) => n['@type'] === 'LiveBlogPosting').coverageEndTime);
  assert.doesNotMatch((await server.get('/')).text, /class="ticker"|live-rail/);
  await assert.rejects(add('Too late.'), /over/);
  await live('state', story, 'archived');
  await assert.rejects(live('state', story, 'live'), /archived/);

  // killed: not a word is left
  await paper.does('kill', story);
  for (const end of ['', '/entry/1', '/entry/1.part', '?order=oldest']) {
    const gone = await server.get(address + end);
    assert.equal(gone.status, 410);
    assert.doesNotMatch(gone.text, /step|gate opens/);
  }
});

test('a long coverage has pages', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'A long night', body: '<p>Words.</p>' }));
  const address = await paper.address(story);
  for (let i = 1; i <= 53; i++) await paper.does('live', '--headline', `Hour ${i}`, ...(i === 2 ? ['--key'] : []), 'add', story);
  const first = (await server.get(address)).text, second = (await server.get(`${address}?page=2`)).text;
  const headlines = (s) => [...s.matchAll(/<h3>Hour (\d+)<\/h3>/g)].map((m) => Number(m[1]));
  assert.deepEqual(headlines(first), Array.from({ length: 50 }, (_, i) => 53 - i));
  assert.deepEqual(headlines(second), [3, 2, 1]);
  assert.match(first, new RegExp(`rel="next" href="${address}\\?page=2#coverage"`));
  assert.ok(first.includes(`href="${address}?page=2#entry-2"`), 'a key event leads to its page');
  assert.deepEqual(headlines((await server.get(`${address}?order=oldest&page=2`)).text), [51, 52, 53]);
});
