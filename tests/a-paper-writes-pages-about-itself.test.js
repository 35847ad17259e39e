import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { emptyPaper, samplePaper } from './lib/paper.js';

test('a paper writes pages about itself', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => (await server.get(where)).text;
  const set = async (slug, text) => {
    const file = path.join(paper.folder, `${slug}.md`);
    await fs.writeFile(file, text);
    return paper.command('page', 'set', slug, file);
  };

  await t.test('a new one has none', async () => {
    assert.equal((await server.get('/about')).status, 404);
    assert.doesNotMatch(await get('/'), /href="\/about"/);
    assert.equal((await paper.does('page', 'list')).out, '');
  });

  await t.test('one that is written stands in the foot of every page, and in the sitemap', async () => {
    assert.equal((await set('about', '# About us\n\nWe are *two* people & a <b>dog</b>.\n\n## More\n\nWords.\n')).code, 0);
    const page = await get('/about');
    assert.match(page, /<h1>About us<\/h1>/);
    assert.match(page, /We are <em>two<\/em> people &amp; a &lt;b&gt;dog&lt;\/b&gt;\./);
    assert.match(page, /<h2[^>]*>More<\/h2>/);
    assert.match(page, /<li><a href="\/about" aria-current="page">About us<\/a><\/li>/);
    assert.match(await get('/'), /<li><a href="\/about">About us<\/a><\/li>/);
    assert.match(await get('/about.lite'), /We are <em>two<\/em>/);
    assert.match(await get('/.lite'), /href="\/about.lite"/);
    assert.match(await get('/sitemap/sections.xml'), /<loc>[^<]*\/about<\/loc>\s*<lastmod>/);
  });

  await t.test('it changes at once, and goes', async () => {
    assert.equal((await set('about', '# Who we are\n\nThree people.\n')).code, 0);
    assert.match(await get('/about'), /Three people/);
    assert.match(await get('/'), /<a href="\/about">Who we are<\/a>/);
    await paper.does('page', 'drop', 'about');
    assert.equal((await server.get('/about')).status, 404);
    assert.doesNotMatch(await get('/'), /Who we are/);
  });

  await t.test('what cannot be a page is refused', async () => {
    for (const [slug, text, why] of [
      ['news', '# News\n\nWords.\n', /a section stands at/], ['archive', '# Archive\n\nWords.\n', /of the program's own/],
      ['About', '# A\n\nWords.\n', /cannot stand in an address/], ['about', 'Words.\n', /must be the title/],
      ['about', '# About\n', /nothing below/], ['about', '# \n\nWords.\n', /title/],
    ]) {
      const { code, err } = await set(slug, text);
      assert.equal(code, 1, err);
      assert.match(err, why);
    }
    assert.match((await paper.command('page', 'drop', 'none')).err, /there is no page/);
    assert.equal((await paper.command('page', 'set', 'about')).code, 2);
  });
});

test('the sample paper says who it is, how to reach it and what it does not do', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => (await server.get(where)).text;
  const front = await get('/');

  for (const slug of ['about', 'contact', 'corrections-policy', 'privacy', 'accessibility']) {
    assert.ok(front.includes(`href="/${slug}"`), slug);
    const page = await get(`/${slug}`);
    for (const [, link] of /<article>([^]*)<\/article>/.exec(page)[1].matchAll(/href="(\/[^"]*)"/g))
      assert.equal((await server.get(link)).status, 200, `${slug} leads to ${link}`);
  }
  const contact = await get('/contact');
  assert.match(contact, /<dt>Telephone<\/dt>\s*<dd><a href="tel:\+441632960871">/);
  assert.match(contact, /<dt>Tip line<\/dt>\s*<dd><a href="tel:\+441632960872">/);
  assert.match(contact, /<dt>Post<\/dt>\s*<dd>[^]*14 Fore Street/);
  assert.match(await get('/corrections'), /href="\/corrections-policy"/);
  assert.match(front, /"correctionsPolicy":"[^"]*\/corrections-policy"/);

  // what the privacy page says is so
  for (const where of ['/', '/contact', '/privacy']) {
    const reply = await server.get(where);
    assert.equal(reply.headers['set-cookie'], undefined);
    assert.doesNotMatch(reply.text, /<(?:script|link|img|iframe)[^>]*(?:src|href)="https?:\/\/(?!localhost)[^"]*\.(?:js|css|png|jpg)"/);
  }
});
