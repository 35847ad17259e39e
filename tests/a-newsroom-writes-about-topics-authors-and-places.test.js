import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, root, samplePaper } from './lib/paper.js';

test('a newsroom writes about topics, authors and places', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => (await server.get(where)).text;
  await paper.publish('a.xml', newsml({ headline: 'Boats in', keywords: ['Ferries'], person: 'Ada Tern', located: 'Lerwick' }));
  const drawn = path.join(root, 'sample/pictures/harbour-dusk.jpg');

  for (const [kind, slug, name] of [['topic', 'ferries', 'Ferries'], ['author', 'ada-tern', 'Ada Tern'], ['place', 'lerwick', 'Lerwick']]) {
    const where = `/${kind}/${slug}`;
    await t.test(`${kind}: text and picture stand at the head of its page at once`, async () => {
      assert.doesNotMatch(await get(where), /class="list-text about"/);
      const text = await paper.copy(`${slug}.md`, `First of *${name}*.\n\nSecond & <b>last</b>.\n`);
      await paper.does('about', kind, slug, '--text', text, '--summary', `In short: ${name}.`,
                       '--picture', drawn, '--alt', `A view of ${name}`, '--credit', 'Jo Orr');
      const page = await get(where);
      assert.match(page, new RegExp(`<p[^>]*>First of <em>${name}</em>\\.</p>\\s*<p[^>]*>Second &amp; &lt;b&gt;last&lt;/b&gt;\\.</p>`));
      assert.match(page, new RegExp(`<img[^>]*alt="A view of ${name}"`));
      if (kind !== 'author') assert.match(page, /<span class="credit">Jo Orr<\/span>/);
      assert.match(page, new RegExp(`<meta name="description" content="In short: ${name}\\.">`));
      assert.match(page, /<meta property="og:image" content="[^"]*\/media\//);
      const lite = await get(`${where}.lite`);
      assert.match(lite, /First of <em>/);
      assert.doesNotMatch(lite, /<img/);
      assert.match(await get(`${where}/feed.rss`), new RegExp(`<description>In short: ${name}\\.</description>`));
      assert.match((await paper.does('about', 'list')).out, new RegExp(`^${kind}\t${slug}\t${name}\ttext\tpicture\t`, 'm'));
      assert.match((await paper.does('about', kind, slug)).out, /^alt\tA view of/m);
    });
  }

  await t.test('what is empty takes away, and the rest stays', async () => {
    await paper.does('about', 'topic', 'ferries', '--text', '', '--picture', '');
    const page = await get('/topic/ferries');
    assert.match(page, /<p class="list-text">In short: Ferries\.<\/p>/);
    assert.doesNotMatch(page, /list-picture|First of/);
  });

  await t.test('an author has a role, an address for mail and pages elsewhere', async () => {
    await paper.does('about', 'author', 'ada-tern', '--role', 'Harbour reporter', '--email', 'ada@paper.example',
                     '--link', 'https://social.example/@ada', '--link', 'https://www.birds.example/ada');
    const page = await get('/author/ada-tern');
    assert.match(page, /<p class="kicker">Harbour reporter<\/p>/);
    assert.match(page, /<a href="mailto:ada@paper.example">ada@paper.example<\/a>/);
    assert.match(page, /<a rel="me" href="https:\/\/social.example\/@ada"><bdi>social.example<\/bdi><\/a>/);
    assert.match(page, /<bdi>birds.example<\/bdi>/);
  });

  await t.test('one that no story carries is made by its name, and is public with a text alone', async () => {
    assert.match((await paper.command('about', 'place', 'unst', '--summary', 'Further north.')).err, /with a name it is made/);
    await paper.does('about', 'place', 'unst', '--name', 'Unst');
    assert.equal((await server.get('/place/unst')).status, 404);
    await paper.does('about', 'place', 'unst', '--summary', 'Further north.', '--language', 'ar');
    assert.match(await get('/place/unst'), /<p class="list-text" lang="ar" dir="rtl">Further north\.<\/p>/);
    assert.match(await get('/sitemap/subjects.xml'), /\/place\/unst</);
  });

  await t.test('what cannot be is refused', async () => {
    const [, shown] = /<img src="(\/media\/[^"]+\.jpg)"/.exec(await get('/place/lerwick'));
    const plain = await paper.copy('plain.jpg', (await server.get(shown)).body);  // says nothing of itself
    for (const [words, why, code] of [
      [['ship', 'x'], /none of list, topic/, 2], [['topic'], /topic takes SLUG/, 2], [['topic', 'none'], /there is no topic/, 1],
      [['topic', 'No Slug', '--name', 'x'], /cannot stand in an address/, 1], [['author', 'ada-tern', '--email', 'nobody'], /no address for mail/, 1],
      [['author', 'ada-tern', '--link', 'javascript:alert(1)'], /no address like/, 1], [['author', 'ada-tern', '--link', 'http://x.example/'], /no address like/, 1],
      [['topic', 'ferries', '--name', ''], /needs a name/, 1], [['topic', 'ferries', '--summary', 'x'.repeat(601)], /at most/, 1],
      [['topic', 'ferries', '--picture', plain], /for those who do not see it/, 1], [['topic', 'ferries', '--text', '/none'], /none/, 1],
    ]) {
      const reply = await paper.command('about', ...words);
      assert.equal(reply.code, code, `${words}: ${reply.err}`);
      assert.match(reply.err, why, `${words}`);
    }
    assert.match(await get('/topic/ferries'), /In short: Ferries/);
  });
});

test('the sample paper has written about some of each', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  for (const where of ['/topic/herring', '/topic/ferries', '/topic/storm-hesper', '/place/port-senna', '/place/kettle-haven', '/place/brannay', '/author/nell-varley', '/author/ilse-corran']) {
    const page = (await server.get(where)).text;
    assert.match(page, /class="list-text about"/, where);
    assert.match(page, where.startsWith('/author') ? /class="portrait"/ : /class="list-picture"/, where);
    assert.match(page, /class="list-lead"/, `${where} has stories`);
    for (const [, link] of /<div class="list-text about">([^]*?)<\/div>/.exec(page)[1].matchAll(/href="(\/[^"]*)"/g))
      assert.equal((await server.get(link)).status, 200, link);
  }
});
