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
  const typed = { headline: 'Second step', words: 'The water is at the second step.', quote: 'It still rises.', 'quote-by': 'The harbour master' };
  await page.click('summary:has-text("Quote")');
  for (const [name, words] of Object.entries(typed)) await page.fill(`#${name}`, words);
  await page.goto('/desk');
  await page.goto(at);
  for (const [name, words] of Object.entries(typed)) assert.equal(await page.inputValue(`#${name}`), words);
  assert.ok(await page.isVisible('#quote'), 'what is there is seen');

  // a picture by its words, and out with two keys
  await page.click('summary:has-text("Picture")');
  await page.fill('#picture-words', 'shore');
  await page.locator('.picture-choices label:has(img) input').first().check();
  await page.focus('#words');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
  assert.match(await page.textContent('.said'), /Readers have it/);
  for (const name of Object.keys(typed)) assert.equal(await page.inputValue(`#${name}`), '');
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

  // what is typed into an old one is kept, too, and over nobody's newer words
  page.expects = [409];
  await page.goto(`${at}/1`);
  await page.fill('#words', 'The water is at the fourth step.');
  await page.goto('/desk');
  await paper.does('live', 'edit', story, 1, '--headline', 'From a colleague');
  await page.goto(`${at}/1`);
  assert.equal(await page.inputValue('#words'), 'The water is at the fourth step.');
  await Promise.all([page.waitForNavigation(), page.click('#now')]);
  assert.match(await page.textContent('#wrong'), /a colleague was quicker/);
  assert.match((await server.get(address)).text, /From a colleague/);

  // a picture from the telephone, with no way round by the library; kept as a draft, then given its time
  await page.goto(at);
  await page.fill('#words', 'Seen from the bridge.');
  await page.click('summary:has-text("Picture")');
  assert.equal(await page.isVisible('.picture-elsewhere'), false);
  await page.setInputFiles('#picture-file', { name: 'bridge.png', mimeType: 'image/png', buffer: noise(1300, 1000, 5) });
  await page.getByText('taken in', { exact: true }).waitFor();
  assert.equal(await page.locator('.picture-choices :checked ~ span').textContent(), 'bridge.png');
  await pleases(page);
  await Promise.all([page.waitForNavigation(), page.click('button[value=draft]')]);
  await page.click('#entry-2 .row-title a');
  await page.waitForURL('**/live/2');
  assert.equal(await page.locator('.picture-choices label:has(:checked) img').count(), 1);
  await page.click('summary:has-text("Author, and when")');
  await page.fill('#at', '2031-01-01T10:00');
  await pleases(page);
  await Promise.all([page.waitForNavigation(), page.click('button[value=schedule]')]);
  assert.match(await page.textContent('#entry-2 .row-foot'), /scheduled/);
  complain();
});

test('with script off a picture is taken in first', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ headline: 'The flood, as it comes' }));
  const { page } = await visit(await browser(t), server, { ...phone, javaScriptEnabled: false });
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  await page.goto(`/desk/stories/${story}/live`);
  await page.click('summary:has-text("Picture")');
  assert.equal(await page.isVisible('#picture-file'), false);
  await page.getByRole('link', { name: 'Take one in first' }).click();
  await page.waitForURL('**/desk/pictures');
});
