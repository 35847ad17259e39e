import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { browser, desktop, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually, root } from '../lib/paper.js';

const item = (name, more = {}) =>
  newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `About ${name}`, body: '<p>Words of gannets.</p>'.repeat(30), ...more });

/** A page that hears what happens. */
async function open(b, server, address) {
  const one = await visit(b, server, desktop);
  const heard = one.page.waitForResponse((answer) => answer.url().includes('/live/') && answer.status() === 200);
  await one.page.goto(address);
  await heard;
  return one;
}

/** What a page still has of some words: in what is read, in its title, in what its links lead to, in what it says to machines. */
const left = (page, words) => page.evaluate((words) => {
  const main = document.querySelector('main');
  const links = [...main.querySelectorAll('[href]')].map((one) => one.getAttribute('href')).join(' ');
  const data = document.querySelector('script[type="application/ld+json"]')?.textContent;
  return new RegExp(words, 'i').exec(`${document.title} ${main.textContent} ${links} ${data}`)?.[0] ?? '';
}, words);

test('what is taken down goes from every page that shows it', async (t) => {
  const paper = await emptyPaper(t);
  const pictures = path.join(root, 'sample/pictures');
  const hung = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort().slice(0, 2);
  for (const f of hung) await paper.copy(f, await readFile(path.join(pictures, f)));
  const gallery = `<div class="gallery">${hung.map((f) => `<figure><img src="${f}" alt=""/><figcaption>Secret words</figcaption></figure>`).join('')}</div>`;
  const before = await paper.publish('before.xml', item('before', { keywords: ['Gannets'] }));
  const story = await paper.publish('secret.xml', item('secret', { keywords: ['Gannets'], body: `<p>Secret words of gannets.</p>${gallery}` }));
  const after = await paper.publish('after.xml', item('after'));
  for (let i = 0; i < 12; i++) await paper.publish(`o${i}.xml`, item(`other ${i}`));
  await paper.does('live', 'add', after, '--headline', 'An entry');
  await paper.does('live', 'promote', after, 1, story);
  await paper.does('live', 'add', story, '--headline', 'Secret entry one');
  await paper.does('live', 'add', story, '--headline', 'Secret entry two');
  await paper.does('correct', story, '--reason', 'Secret reason.', '--headline', 'About secret things');
  const server = await paper.serve('--quiet');
  const b = await browser(t);
  const address = await paper.address(story);
  const own = { story: address, entry: `${address}/entry/1`, history: `${address}/history`, gallery: `${address}/gallery/1`, picture: `${address}/gallery/1/2` };
  const found = '/search?q=%22entry+two%22'; // in an entry alone
  await eventually('search knows the entry', async () => /<mark>[^<]*two/i.test((await server.get(found)).text));
  const others = { before: await paper.address(before), after: await paper.address(after), front: '/', search: '/search?q=gannets', found, corrections: '/corrections', latest: '/latest' };
  const pages = {};
  for (const [name, where] of Object.entries({ ...own, second: `${address}/entry/2`, ...others })) {
    pages[name] = await open(b, server, where);
    if (!own[name]) await pages[name].page.evaluate(() => scrollTo(0, 700));
    assert.match(await left(pages[name].page, 'secret'), /secret/i, `${name} shows it`);
  }
  const { second } = pages;

  await t.test('a withdrawn entry from its own page, and no other entry\'s', async () => {
    await paper.does('live', 'withdraw', story, 2);
    await second.page.getByRole('heading', { name: 'This entry was taken down' }).waitFor();
    assert.equal(await left(second.page, 'secret'), '');
    assert.match(await left(pages.entry.page, 'entry one'), /entry one/i);
    const hit = pages.found.page.locator('.hit');
    await eventually('not a word of it stays where it was found', async () => !/entry two/i.test(await hit.innerText()));
    assert.match(await hit.innerText(), /About secret things/);
    for (const name of ['front', 'before', 'after'])
      await eventually(`${name} is as it is now`, async () => !/entry two|This entry/.test(await pages[name].page.locator('main').innerText()));
  });

  await t.test('a killed story from all of its pages, and from those of others', async () => {
    await paper.does('kill', story, '--reason', 'An injunction.');
    for (const name of Object.keys(own)) {
      await pages[name].page.getByRole('heading', { name: 'This story was taken down' }).waitFor();
      assert.equal(await left(pages[name].page, 'secret'), '', name);
    }
    for (const name of Object.keys(others)) {
      await eventually(`${name} has it no more`, async () => await left(pages[name].page, 'secret') === '');
      await pages[name].page.locator('main .live-gone').first().waitFor({ state: 'attached' });
      assert.equal(await pages[name].page.locator('main .live-gone').first().textContent(), 'This story was taken down', name);
    }
    for (const [, one] of Object.entries(pages)) one.complain();
  });

  await t.test('what is pressed on the page of a picture brings nothing back', async () => {
    const { page } = pages.picture;
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    assert.equal(await left(page, 'secret'), '');
    assert.match(page.url(), /\/gallery\/1\/2$/);
  });
});
