import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, samplePaper } from './lib/paper.js';

test('a place has a page, feeds and the interface as long as a public story is from there', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => (await server.get(where)).text;
  const guid = 'urn:newsml:tests.example:place:1';
  assert.equal((await server.get('/place/lerwick')).status, 404);
  const story = await paper.publish('a.xml', newsml({ guid, headline: 'Boats in', located: 'Lerwick, Shetland' }));
  await paper.publish('b.txt', 'HEADLINE: Gale out\n\nLERWICK (Tests) - The gale has gone out again.\n\nIt left in the night.\n');
  const address = await paper.address(story);

  assert.match(await get('/place/lerwick'), /<h1>Lerwick<\/h1>[^]*Boats in/);
  assert.match(await get('/place/lerwick.lite'), /<h1>Lerwick<\/h1>[^]*Boats in/);
  assert.match(await get(address), /<a href="\/place\/lerwick">[^]*?Lerwick<\/a><a class="follow" href="\/place\/lerwick\/feed.rss">/);
  for (const kind of ['rss', 'atom', 'json']) assert.match(await get(`/place/lerwick/feed.${kind}`), /Boats in/);
  assert.equal((await server.get('/place/lerwick/feed')).headers.location, '/place/lerwick/feed.rss');
  assert.match(await get('/sitemap/subjects.xml'), /\/place\/lerwick</);
  const list = JSON.parse(await get('/api/v1/places/lerwick/stories'));
  assert.ok(list.associations.some((s) => s.headlines[0].value === 'Boats in'));
  const [place] = JSON.parse(await get(`/api/v1/stories/${story}`)).places;
  assert.deepEqual([place.name, place.rel, place.uri.endsWith('/place/lerwick')], ['Lerwick', 'located', true]);

  // a newer version from elsewhere leaves it
  await paper.does('ingest', await paper.copy('a2.xml', newsml({ guid, version: 2, headline: 'Boats in', located: 'Scalloway', changed: new Date() })));
  assert.doesNotMatch(await get('/place/lerwick'), /Boats in/);
  assert.match(await get('/place/scalloway'), /Boats in/);
  await paper.does('withdraw', story);
  assert.equal((await server.get('/place/scalloway')).status, 404);
  assert.doesNotMatch(await get('/sitemap/subjects.xml'), /scalloway/);
  assert.equal((await server.get('/api/v1/places/scalloway/stories')).status, 404);
});

test('older pages of a place go on, without its text', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  for (let i = 1; i <= 27; i++)
    await paper.publish(`${i}.xml`, newsml({ guid: `urn:newsml:tests.example:place:many-${i}`, headline: `Number ${i}.`, located: 'Lerwick' }));
  await paper.does('about', 'place', 'lerwick', '--summary', 'The northernmost town.');
  const first = (await server.get('/place/lerwick')).text;
  assert.match(first, /The northernmost town/);
  const older = /rel="next" href="([^"]+)"/.exec(first)[1];
  const second = (await server.get(older)).text;
  assert.match(second, /Number 1\./);
  assert.match(second, /rel="prev" href="\/place\/lerwick"/);
  assert.doesNotMatch(second.slice(second.indexOf('<main')), /northernmost/);
});

test('the dateline of the sample paper leads to where a story is from, in every dialect', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  for (const place of ['port-senna', 'thornby-cross', 'ravens-brow']) {  // NewsML-G2, NITF
    const page = (await server.get(`/place/${place}`)).text;
    const story = (await server.get(/<h3><a href="([^"]+)"/.exec(page)[1])).text;
    assert.match(story, new RegExp(`href="/place/${place}"`), place);
  }
  const { associations } = JSON.parse((await server.get('/api/v1/places/port-senna/stories?limit=100')).text);
  assert.ok(associations.some((s) => /votes at 16/.test(s.headlines[0].value)), 'the one that came as ninjs');
});
