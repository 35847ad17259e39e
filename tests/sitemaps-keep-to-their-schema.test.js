import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, fixtures, samplePaper } from './lib/paper.js';

const address = 'http://localhost:8080';
const locs = (xml) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]);

function valid(xml, what) {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', path.join(fixtures, 'sitemap.xsd'), '-'], { input: xml, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (e) {
    assert.fail(`${what}: ${e.stderr}`);
  }
  return xml;
}

test('sitemaps keep to their schema and name every story once', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const read = async (where) => {
    const reply = await server.get(where);
    assert.equal(reply.status, 200, where);
    assert.match(reply.headers['content-type'], /^application\/xml/);
    return valid(reply.text, where);
  };
  const files = locs(await read('/sitemap.xml'));
  assert.ok(files.length >= 2);
  const all = [];
  for (const file of files) all.push(...locs(await read(file.slice(address.length))));
  assert.equal(new Set(all).size, all.length, 'no address twice');
  const { out } = await paper.does('list');
  const live = out.split('\n').filter((l) => /\blive\b/.test(l)).length;
  assert.equal(all.filter((a) => /\/\d{4}\/\d\d\/\d\d\//.test(a)).length, live);
  for (const kind of ['topic', 'author', 'place']) assert.ok(all.some((a) => a.startsWith(`${address}/${kind}/`)), kind);
  for (const one of all) assert.equal((await server.get(one.slice(address.length))).status, 200, one);

  const news = await read('/news-sitemap.xml');
  const stories = locs(news);
  assert.ok(stories.length > 0);
  for (const [, at] of news.matchAll(/<news:publication_date>([^<]+)</g))
    assert.ok(Date.now() - new Date(at) < 2 * 86400_000, `${at} lies in the last two days`);
  for (const none of ['/sitemap/1999-01.xml', '/sitemap/2026-13.xml', '/sitemap/2026-11-1.xml', '/sitemap/2026-11-02.xml', '/sitemap/2026-11-9.xml', '/sitemap/x.xml'])
    assert.equal((await server.get(none)).status, 404, none);
});

test('a sitemap follows each story, and an embargo to its end', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const month = new Date().toISOString().slice(0, 7);
  const file = `/sitemap/${month}.xml`;
  assert.deepEqual(locs(valid((await server.get('/sitemap.xml')).text, 'an empty paper')), [`${address}/sitemap/sections.xml`]);
  assert.equal((await server.get(file)).status, 404);
  const story = await paper.publish('a.xml', newsml({ guid: 'urn:newsml:tests.example:map:1', headline: 'One' }));
  await paper.publish('b.xml', newsml({ guid: 'urn:newsml:tests.example:map:2', headline: 'Two' }));
  assert.equal(locs((await server.get('/sitemap.xml')).text).length, 2);
  assert.equal(locs((await server.get(file)).text).length, 2);
  assert.equal(locs((await server.get('/news-sitemap.xml')).text).length, 2);
  const before = /<loc>[^<]*one<\/loc>\s*<lastmod>([^<]+)/.exec((await server.get(file)).text)[1];
  await new Promise((done) => setTimeout(done, 1100 - Date.now() % 1000));  // lastmod is in seconds
  await paper.does('correct', '--reason', 'Not one', story);
  const after = /<loc>[^<]*one<\/loc>\s*<lastmod>([^<]+)/.exec((await server.get(file)).text)[1];
  assert.ok(after > before, `${after} is later than ${before}`);
  assert.ok((await server.get('/sitemap.xml')).text.includes(`<lastmod>${after}`));
  await paper.does('withdraw', story);
  for (const where of [file, '/news-sitemap.xml']) assert.deepEqual(locs((await server.get(where)).text).length, 1, where);
});
