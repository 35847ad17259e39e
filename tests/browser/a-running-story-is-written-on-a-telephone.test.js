// The composer of a running story on a telephone: an entry with a picture goes out in a few strokes; what is
// typed outlives the page; the pages please axe and fit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, patience } from '../lib/paper.js';
import { noise } from '../lib/pictures.js';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

async function pleases(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
}

test('a running story is written on a telephone', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await paper.copy('shore.png', noise(900, 600, 3));
  const story = await paper.publish('a.xml', newsml({ headline: 'The flood, as it comes', body: '<p>What we know so far.</p>', picture: { href: 'shore.png', caption: 'The shore' } }));
  const address = await paper.address(story);
  const { page, complain } = await visit(await browser(t), server, { ...phone, reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000 * patience);
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);

  const at = `/desk/stories/${story}/live`;
  await page.goto(at);
  await pleases(page);
  const top = await page.locator('#words').boundingBox();
  assert.ok(top.y + top.height < 844, 'the text is on the first screen');

  // what is typed is not lost with the page
  await page.fill('#words', 'The water is at the second step.');
  await page.goto('/desk');
  await page.goto(at);
  assert.equal(await page.inputValue('#words'), 'The water is at the second step.');

  // a picture by its words, and out with two keys
  await page.click('summary:has-text("Picture")');
  await page.fill('#picture-words', 'shore');
  await page.locator('.picture-choices label:has(img) input').first().check();
  await page.fill('#headline', 'Second step');
  await page.focus('#words');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
  assert.match(await page.textContent('.said'), /Readers have it/);
  assert.equal(await page.inputValue('#words'), '');
  assert.match(await page.textContent('.desk-entries'), /Second step/);
  await pleases(page);

  const reader = await (await server.get(address)).text;
  assert.match(reader, /id="entry-1"[\s\S]*second step[\s\S]*<img/);

  // changed in place
  await page.click('.desk-entries .row-title a');
  await page.waitForURL('**/live/1');
  await pleases(page);
  await page.fill('#words', 'The water is at the third step.');
  await page.focus('#words');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
  assert.match((await server.get(address)).text, /third step/);
  complain();
});
