// Pictures come into a story: from the library by keyboard, as a file that is pasted, many as a gallery that is
// put in order; with caption, alternative text and credit; and one leads the story.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { eventually, root, samplePaper } from '../lib/paper.js';
import { kept, newStory, outline, saved, signedIn } from '../lib/writing.js';

test('pictures come into a story', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const { page, complain } = await signedIn(await browser(t), server);
  const id = await newStory(page), k = page.keyboard;
  const blocks = async () => { await saved(page); return (await kept(page, id)).copy.body.blocks; };
  const menu = async (words) => { await k.type(`/${words}`); await page.waitForSelector('#slash-menu [aria-selected=true]'); await k.press('Enter'); };
  const chosen = async (many) => {
    await page.waitForSelector('.ed-library-one');
    await page.locator('.ed-library-one').first().focus();
    for (let i = 0; i < many; i++) { await k.press('Space'); await k.press('Tab'); }
    await page.getByRole('button', { name: 'Put in', exact: true }).last().focus();
    await k.press('Enter');
    await page.waitForSelector('.ed-dialog', { state: 'detached' });
  };

  await t.test('from the library, by keyboard, with its words', async () => {
    await page.focus('.ed-body');
    await menu('picture');
    await chosen(1);
    await k.type('The quay at dawn');
    await page.waitForFunction(() => document.querySelector('.ed-picture img')?.naturalWidth > 0);
    await k.press('Tab');
    for (let i = 0; i < 12 && await page.evaluate(() => document.activeElement.closest('.ed-field')?.querySelector('label').textContent) !== 'Alternative text'; i++) await k.press('Tab');
    await k.type('A quay');
    await k.press('Tab');
    await k.type('A. Pen');
    await k.press('Enter');
    await k.type('After it.');
    await saved(page);
    const [first, next] = await blocks();
    assert.equal(first.kind, 'picture');
    assert.ok(first.media > 0);
    assert.deepEqual([first.spans[0].text, first.alt, first.credit, next.spans[0].text], ['The quay at dawn', 'A quay', 'A. Pen', 'After it.']);
    complain();
  });

  await t.test('many as a gallery, put in order', async () => {
    await k.press('Enter');
    await menu('gallery');
    await chosen(3);
    await saved(page);
    const gallery = (all) => all.find((b) => b.kind === 'gallery');
    const before = gallery(await blocks()).children.map((c) => c.media);
    assert.equal(before.length, 3);
    const second = page.locator('.ed-shots > .ed-picture').nth(1);
    await second.hover();
    await second.getByRole('button', { name: 'Move up' }).click();
    await eventually('the order is another', async () => JSON.stringify(gallery(await blocks()).children.map((c) => c.media)) === JSON.stringify([before[1], before[0], before[2]]));
    await page.locator('.ed-body > p').first().click();
    await k.press('Control+z');
    await eventually('and undone', async () => JSON.stringify(gallery(await blocks()).children.map((c) => c.media)) === JSON.stringify(before));
    complain();
  });

  await t.test('a file that is pasted goes into the library and into the text', async () => {
    const file = (await fs.readdir(path.join(root, 'sample'), { recursive: true })).find((name) => /\.jpe?g$/.test(name));
    const bytes = (await fs.readFile(path.join(root, 'sample', file))).toString('base64');
    await k.press('Control+End');
    await page.evaluate((given) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(given), (c) => c.charCodeAt(0))], 'new-quay.jpg', { type: 'image/jpeg' }));
      document.querySelector('.ed-body').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, bytes);
    await eventually('it is in the text', async () => (await blocks()).filter((b) => b.kind === 'picture').length === 2, { every: 200 });
    complain();
  });

  await t.test('one leads the story', async () => {
    await page.locator('.ed-head').getByRole('button', { name: 'Main picture' }).click();
    await page.locator('.ed-library-one').first().click();
    await page.waitForSelector('.ed-head .ed-main-picture img');
    assert.ok(await page.locator('.ed-panel .ed-hero img').isVisible(), 'the panel asks for its words');
    await page.locator('.ed-panel [data-field=hero]').getByLabel('Alternative text').fill('The harbour');
    await saved(page);
    const { hero } = (await kept(page, id)).copy;
    assert.ok(hero.media > 0);
    assert.equal(hero.alt, 'The harbour');
    assert.ok(outline((await kept(page, id)).copy.body).length > 3);
    complain();
  });
});
