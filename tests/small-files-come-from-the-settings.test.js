import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, morningZone, run } from './lib/paper.js';

test('small files come from the settings', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const set = (name, value) => paper.does('settings', 'set', name, value);

  for (const none of ['/ads.txt', '/trust.txt', '/humans.txt', '/.well-known/security.txt'])
    assert.equal((await server.get(none)).status, 404, none);

  let robots = (await server.get('/robots.txt')).text;
  assert.match(robots, /^User-agent: AI2Bot\n(User-agent: [^\n]+\n)+Disallow: \/\n\nUser-agent: \*\nDisallow: \/desk\/\n/);
  assert.match(robots, /^Sitemap: http:\/\/localhost:8080\/sitemap.xml$/m);
  await set('crawlers', 'OneBot\nTwo: Disallow\nThreeBot');
  robots = (await server.get('/robots.txt')).text;
  assert.match(robots, /^User-agent: OneBot\nUser-agent: ThreeBot\nDisallow: \/\n\n/);
  await set('crawlers', '');
  assert.match((await server.get('/robots.txt')).text, /^User-agent: \*\nDisallow: \/desk\/\n\nSitemap/);

  await set('security', 'holes@paper.example');
  await set('security_policy', 'https://paper.example/holes');
  const security = (await server.get('/.well-known/security.txt'));
  assert.equal(security.headers['content-type'], 'text/plain; charset=utf-8');
  const fields = Object.fromEntries(security.text.trim().split('\n').map((l) => l.split(/: (.*)/)));
  assert.equal(fields.Contact, 'mailto:holes@paper.example');
  assert.equal(fields.Policy, 'https://paper.example/holes');
  assert.equal(fields.Canonical, 'http://localhost:8080/.well-known/security.txt');
  const days = (new Date(fields.Expires) - Date.now()) / 86400_000;
  assert.ok(days > 30 && days < 365, `${fields.Expires} is in ${days} days`);
  assert.equal((await server.get('/security.txt')).headers.location, '/.well-known/security.txt');

  const done = await run(['settings', '--data', paper.data, 'set', 'ads_txt', '-'], { input: 'ads.example, 1, DIRECT\r\nads.example, 2, RESELLER  \n\n' });
  assert.equal(done.code, 0, done.err);
  assert.equal((await server.get('/ads.txt')).text, 'ads.example, 1, DIRECT\nads.example, 2, RESELLER\n');
  await set('trust_txt', 'member=https://association.example/');
  assert.equal((await server.get('/trust.txt')).text, 'member=https://association.example/\n');
  assert.equal((await server.get('/.well-known/trust.txt')).text, 'member=https://association.example/\n');
  await set('humans_txt', 'Team: four people and a dog');
  assert.equal((await server.get('/humans.txt')).text, 'Team: four people and a dog\n');
  assert.equal((await paper.command('settings', 'set', 'mining', 'maybe')).code, 1);
  assert.equal((await paper.command('settings', 'set', 'shared_age', '99999')).code, 1);
});

test('another site is told what it may show of a story', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ guid: 'urn:newsml:tests.example:oembed:1', headline: 'Oars & "sails"', person: 'Ada Tern' }));
  const where = await paper.address(story);
  const ask = (url, more = '') => server.get(`/oembed?url=${encodeURIComponent(url)}${more}`);
  const page = (await server.get(where)).text;
  const link = /<link rel="alternate" type="application\/json\+oembed" title="[^"]*" href="([^"]+)">/.exec(page)[1].replace(/&amp;/g, '&');
  const reply = await server.get(link.slice('http://localhost:8080'.length));
  assert.equal(reply.headers['content-type'], 'application/json');
  const told = JSON.parse(reply.text);
  assert.deepEqual([told.type, told.version, told.title, told.author_name, told.provider_name],
                   ['link', '1.0', 'Oars & "sails"', 'Ada Tern', 'Broadsheet']);
  assert.equal(told.thumbnail_width, 1200);
  assert.equal((await server.get(new URL(told.thumbnail_url).pathname)).status, 200);
  assert.equal(JSON.parse((await ask(`http://localhost:8080${where}`, '&maxwidth=300')).text).thumbnail_url, undefined);
  const xml = await ask(`http://localhost:8080${where}?from=here#top`, '&format=xml');
  assert.match(xml.headers['content-type'], /^text\/xml/);
  assert.match(xml.text, /<oembed>.*<title>Oars &amp; &quot;sails&quot;<\/title>/s);
  assert.equal((await ask(`http://localhost:8080${where}`, '&format=yaml')).status, 501);
  assert.equal((await server.get('/oembed')).status, 400);
  for (const other of [`http://localhost:80800${where}`, `https://other.example${where}`, 'http://localhost:8080/', 'http://localhost:8080@other.example/', 'javascript:1', where])
    assert.equal((await ask(other)).status, 404, other);
  await paper.does('withdraw', story);
  assert.equal((await ask(`http://localhost:8080${where}`)).status, 404);
});

test('a cache in front may keep a page no longer than the paper says', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  assert.equal((await server.get('/')).headers['cache-control'], 'public, no-cache');
  assert.equal((await server.get('/')).headers['surrogate-key'], undefined);
  await paper.does('settings', 'set', 'time_zone', morningZone());
  await paper.does('settings', 'set', 'shared_age', '60');
  const story = await paper.publish('a.xml', newsml({ guid: 'urn:newsml:tests.example:cdn:1' }));
  const { headers } = await server.get(await paper.address(story));
  assert.equal(headers['cache-control'], 'public, max-age=0, s-maxage=40, stale-while-revalidate=20');
  assert.ok(headers['surrogate-key'].split(' ').includes(`story:${story}`), headers['surrogate-key']);
  assert.ok(headers['surrogate-key'].split(' ').includes('site:0'));

  // who can be told of a kill may show what it has while the paper is down
  await paper.does('settings', 'set', 'purge_url', 'http://127.0.0.1:9/');
  assert.equal((await server.get(await paper.address(story))).headers['cache-control'],
               'public, max-age=0, s-maxage=40, stale-while-revalidate=20, stale-if-error=3600');

  // an embargo that ends in half a minute: what shows that it is not there yet must not outlive it
  await paper.does('ingest', '--publish', await paper.copy('b.xml', newsml({ guid: 'urn:newsml:tests.example:cdn:2', embargo: new Date(Date.now() + 30_000) })));
  const soon = (await server.get('/')).headers['cache-control'];
  const [, age] = /^public, max-age=0, s-maxage=(\d+)$/.exec(soon) ?? [];
  assert.ok(Number(age) <= 30, soon);
  await paper.does('settings', 'set', 'shared_age', '3');
  const [, short, more] = /s-maxage=(\d+).*, stale-if-error=(\d+)$/.exec((await server.get('/')).headers['cache-control']) ?? [];
  assert.ok(Number(short) + Number(more) <= 30, `${short} + ${more}`);
});

test('browsers are told how to search the paper', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const { status, headers, text } = await server.get('/opensearch.xml');
  assert.equal(status, 200);
  assert.match(headers['content-type'], /^application\/opensearchdescription\+xml/);
  const asked = /<Url [^>]*template="([^"]*\{searchTerms\}[^"]*)"/.exec(text)[1].replace(/&amp;/g, '&').replace('{searchTerms}', 'herring');
  assert.equal((await server.get(asked.replace(/^https?:\/\/[^/]+/, ''))).status, 200);
  assert.ok((await server.get('/')).text.includes('<link rel="search" type="application/opensearchdescription+xml"'));
});
