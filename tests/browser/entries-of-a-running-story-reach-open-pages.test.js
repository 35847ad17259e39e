import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper } from '../lib/paper.js';

const heard = (page) => page.waitForResponse((answer) => answer.url().includes('/live/') && answer.status() === 200);

test('entries of a running story reach open pages', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('v1.xml', newsml({ guid: 'urn:newsml:tests.example:20261101:boats', version: 1, headline: 'Boats go out', body: '<p>What we know.</p>' }));
  const say = (headline, ...more) => paper.does('live', 'add', story, '--headline', headline, ...more);
  for (let i = 1; i <= 12; i++) await say(`Entry number ${i}`);
  const { page, complain } = await visit(await browser(t), server, phone);
  const began = heard(page);
  await page.goto(await paper.address(story));
  await began;

  await say('While the reader is above');
  await page.getByRole('heading', { name: 'While the reader is above' }).waitFor();
  assert.match(await page.locator('[data-running] > li').first().innerText(), /While the reader is above/);

  await page.getByRole('heading', { name: 'Entry number 5', exact: true }).scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  await say('While the reader is below');
  await say('And another');
  const more = page.getByRole('button', { name: '2 new entries' });
  await more.waitFor();
  assert.equal(await page.evaluate(() => scrollY), place, 'nothing that is read moves');
  await more.click();
  await page.getByRole('heading', { name: 'And another' }).waitFor();

  await paper.does('live', 'edit', story, '5', '--headline', 'Entry number five');
  await page.getByRole('heading', { name: 'Entry number five' }).waitFor();
  await paper.does('live', 'withdraw', story, '4');
  await page.getByRole('heading', { name: 'Entry number 4', exact: true }).waitFor({ state: 'detached' });
  complain();
});
