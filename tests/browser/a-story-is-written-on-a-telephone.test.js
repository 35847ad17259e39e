// A story on a telephone, by taps: the bar at the foot of the screen, the menu, the drawer with the fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';
import { kept, newStory, outline, saved, signedIn } from '../lib/writing.js';

test('a story is written on a telephone', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const { page, complain } = await signedIn(await browser(t), server, phone);
  const id = await newStory(page);
  const tool = (name) => page.locator('.ed-bar').getByRole('button', { name, exact: true });
  const fits = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'it is too wide');

  await page.tap('#head-headline');
  await page.keyboard.type('From the quay');
  await page.tap('.ed-body');
  await page.waitForSelector('.ed-bar.is-docked:not([hidden])');
  await tool('Heading').tap();
  await page.keyboard.type('Part one');
  await page.keyboard.press('Enter');
  await tool('Strong').tap();
  await page.keyboard.type('Loud');
  await tool('Strong').tap();
  await page.keyboard.type(' and quiet.');
  await tool('Put in').tap();
  await page.waitForSelector('#slash-menu');
  await fits();
  await page.locator('#slash-menu').getByRole('option', { name: 'Quote', exact: false }).first().tap();
  await page.keyboard.type('We waited.');
  await page.locator('.ed-quote').getByLabel('Who said it').fill('A sailor');
  await fits();

  await page.getByRole('button', { name: 'About the story' }).tap();
  await page.waitForSelector('.ed-panel:modal');
  await fits();
  await page.locator('.ed-panel').getByLabel('Kind of story').selectOption('review');
  await page.locator('.ed-panel').getByLabel('What is reviewed').fill('The ferry');
  await page.locator('.ed-panel').getByLabel('Stars').selectOption('7');
  await page.locator('.ed-panel').getByLabel('Urgency').selectOption('2');
  const byline = page.locator('.ed-panel').getByLabel('Bylines').last();
  await byline.fill('Nell Varley');
  await byline.press('Enter');
  await page.getByRole('button', { name: 'Earlier: Nell Varley' }).tap();
  await page.locator('.ed-panel > .ed-dialog-head').getByRole('button', { name: 'Close' }).tap();
  await tool('Undo').isVisible();
  await saved(page);
  const { copy } = await kept(page, id);
  assert.equal(copy.headline, 'From the quay');
  assert.deepEqual(outline(copy.body), ['heading2: Part one', 'paragraph: [Loud|strong] and quiet.', 'quote', '  paragraph: We waited.']);
  assert.equal(copy.body.blocks[2].credit, 'A sailor');
  assert.deepEqual([copy.type, copy.reviewed, copy.half_stars, copy.urgency, copy.bylines], ['review', 'The ferry', 7, 2, ['Nell Varley', 'Ada Quill']]);
  complain();
});
