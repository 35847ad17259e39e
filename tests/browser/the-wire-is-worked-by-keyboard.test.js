// The wire in a browser: gone through by keyboard alone, and a line appears while one looks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { firstLink, password } from '../lib/desk.js';
import { emptyPaper } from '../lib/paper.js';

test('the wire is worked by keyboard, and a line appears when copy arrives', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ingest = async (headline, more = {}) => {
    await paper.copy(`${headline}.xml`, newsml({ guid: `urn:newsml:tests.example:${headline}`, headline, body: `<p>The text of ${headline}.</p>`, ...more }));
    await paper.command('ingest', `${paper.folder}/copy/${headline}.xml`);
  };
  for (const one of ['Cod', 'Gale', 'Herring']) await ingest(one);
  const b = await browser(t);
  const { page, complain } = await visit(b, server, { reducedMotion: 'reduce' });
  page.expects = [];
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`[name=${name}]`, value);
  await page.click('main button');
  await page.waitForURL(/\/desk$/);
  const shows = (words) => page.waitForFunction((w) => document.querySelector('#item').textContent.includes(w) && !document.querySelector('#item').hasAttribute('aria-busy'), words);
  const row = (headline) => page.locator('#copy li', { hasText: headline });
  const says = (words) => page.waitForFunction((w) => document.querySelector('.wire-said').textContent.includes(w), words);

  await page.goto('/desk/wire');
  await page.keyboard.press('?');
  assert.equal(await page.isVisible('#keys'), true);
  await page.keyboard.press('?');
  await page.keyboard.press('j');
  await shows('The text of Herring.');
  assert.match(page.url(), /\/desk\/wire\/\d+$/);
  await page.keyboard.press('j');
  await shows('The text of Gale.');
  await page.keyboard.press('k');
  await shows('The text of Herring.');

  // spiked, and that undone
  await page.keyboard.press('s');
  await row('Herring').locator('.mark', { hasText: 'Spiked by Ada Quill' }).waitFor();
  await shows('The text of Gale.');
  await page.keyboard.press('u');
  await row('Herring').locator('.mark', { hasText: 'A draft was made of it' }).waitFor();
  await says('Off the spike');

  // copy arrives while one looks, far down on a small window: nothing under the eyes moves
  await page.setViewportSize({ width: 1280, height: 420 });
  const cod = row('Cod').locator('a').first();
  await page.evaluate(() => scrollTo(0, 240));
  const before = (await cod.boundingBox()).y;
  await ingest('Plaice');
  await row('Plaice').waitFor();
  await says('New: 1');
  const after = (await cod.boundingBox()).y;
  assert.ok(Math.abs(after - before) <= 1, `what one reads stays where it is: ${before}, now ${after}`);
  assert.deepEqual(await page.locator('#copy .row-title').allTextContents(), ['Plaice', 'Herring', 'Gale', 'Cod']);

  // none while paused; the search field by key, and no key is taken from it
  await page.click('.wire-pause');
  await says('Paused');
  await page.keyboard.press('/');
  await page.keyboard.type('just');
  assert.equal(await page.inputValue('#words'), 'just');
  await page.fill('#words', '');
  await page.evaluate(() => document.activeElement.blur());

  // taken: the editor opens
  await row('Gale').locator('h2 a').click();
  await shows('The text of Gale.');
  await page.keyboard.press('t');
  await page.waitForURL(/\/desk\/stories\/\d+\/edit$/);
  complain();

  // a telephone, script off: the item stands below the list, and a plain form spikes it
  const off = await b.newContext({ ...phone, baseURL: server.address, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const small = await off.newPage();
  await small.goto('/desk/wire?state=waiting');
  assert.deepEqual(await small.locator('#copy .row-title').allTextContents(), ['Plaice', 'Herring', 'Cod']);
  await small.locator('#copy a', { hasText: 'Herring' }).first().click();
  await small.waitForURL(/#item$/);
  await small.click('.wire-acts [value=spike]');
  await small.locator('.said', { hasText: 'Spiked.' }).waitFor();
  await small.click('.wire-acts [value=unspike]');
  await small.locator('.said', { hasText: 'Off the spike.' }).waitFor();
});
