// Pictures come into a story: from the library by keyboard, as a file that is pasted, many as a gallery that is
// put in order; with caption, alternative text and credit; and one leads the story.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { eventually, root, samplePaper } from '../lib/paper.js';
import { joined, kept, newStory, outline, saved, signedIn } from '../lib/writing.js';

test('pictures come into a story', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const b = await browser(t), { page, complain } = await signedIn(b, server);
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

  await t.test('one of the text becomes the main one by one click, with its words', async () => {
    const main = async () => (await kept(page, id)).copy.hero?.media ?? 0;
    const [was] = await blocks(), before = (await blocks()).length, first = page.getByRole('button', { name: 'Use the first picture of the text' });
    await first.click();
    await saved(page);
    const { hero } = (await kept(page, id)).copy;
    assert.deepEqual([hero.media, hero.caption, hero.alt, hero.credit], [was.media, 'The quay at dawn', 'A quay', 'A. Pen']);
    assert.equal((await blocks()).length, before - 1, 'it stands once on the page');
    assert.equal(await first.isVisible(), false, 'there is one');
    await page.locator('.ed-panel [data-field=hero]').getByRole('button', { name: 'Remove' }).click();
    const gallery = (all) => all.find((b) => b.kind === 'gallery'), shot = page.locator('.ed-shots > .ed-picture').nth(1);
    await shot.hover();
    await shot.getByRole('button', { name: 'Use as main picture' }).click();
    const { children } = gallery(await blocks());
    assert.equal(children.length, 3, 'a gallery keeps its own');
    assert.equal(await main(), children[1].media);
    await page.locator('.ed-panel [data-field=hero]').getByRole('button', { name: 'Remove' }).click();
    await page.locator('.ed-panel').getByRole('button', { name: 'Close' }).click();
    await page.locator('.ed-body > p').first().click();
    await k.press('Control+z');
    await eventually('undo brings it back into the text', async () => (await blocks()).length === before);
    assert.equal(await main(), 0);
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

  await t.test('another one comes without the words of the one before', async () => {
    const field = page.locator('.ed-panel [data-field=hero]'), words = ['Caption', 'Alternative text', 'Credit'];
    const another = async (open, n) => { await open.click(); await page.locator('.ed-library-one').nth(n).click(); await page.waitForSelector('.ed-dialog', { state: 'detached' }); };
    const filled = async () => { for (const name of words) await field.getByLabel(name).fill('Old words'); };
    const none = async (media) => {
      await saved(page);
      const { hero } = (await kept(page, id)).copy;
      assert.notEqual(hero.media, media);
      assert.deepEqual([hero.caption, hero.alt, hero.credit], ['', '', ''], 'what is kept');
      for (const name of words) assert.equal(await field.getByLabel(name).inputValue(), '', 'what is seen');
      return hero.media;
    };
    await filled();
    await another(field.getByRole('button', { name: 'Choose a picture' }), 1);
    const second = await none(0);
    await filled();
    await field.getByRole('button', { name: 'Remove' }).click();
    await another(field.getByRole('button', { name: 'Choose a picture' }), 2);
    await none(second);
    const inText = page.locator('.ed-body > .ed-picture').first(), [was] = await blocks();
    assert.equal(was.alt, 'A quay');
    await inText.hover();
    await another(inText.getByRole('button', { name: 'Change' }), 3);
    const [is] = await blocks();
    assert.ok(is.kind === 'picture' && is.media !== was.media && is.id === was.id, JSON.stringify(is));
    assert.deepEqual([is.alt ?? '', is.credit ?? '', is.spans ?? []], ['', '', []]);
    assert.equal(await inText.getByLabel('Alternative text').inputValue(), '');
    complain();
  });

  await t.test('what stands in an empty caption takes the room that it needs', async () => {
    const caption = page.locator('.ed-body > .ed-picture figcaption').first();
    const [empty, written] = await caption.evaluate((it) => {
      it.dataset.empty = 'A long caption of the library. '.repeat(12).trim();
      const before = it.offsetHeight, twin = it.cloneNode();
      twin.textContent = it.dataset.empty;
      it.after(twin);
      const after = twin.offsetHeight;
      twin.remove();
      return [before, after];
    });
    assert.equal(empty, written);
    complain();
  });

  await t.test('who may take in no files is offered none, and told why', async () => {
    const { out } = await paper.does('user', '--role', 'contributor', '--name', 'Cy Fen', 'add', 'cy@paper.example');
    const cy = await joined(b, server, /http\S+welcome\S+/.exec(out)[0], 'Cy Fen');
    const own = await newStory(cy.page);
    await cy.page.locator('.ed-head').getByRole('button', { name: 'Main picture' }).click();
    await cy.page.waitForSelector('.ed-library-one');
    assert.equal(await cy.page.getByLabel('From this device').count(), 0);
    await cy.page.locator('.ed-library-one').first().click();
    await cy.page.waitForSelector('.ed-head .ed-main-picture img');
    await saved(cy.page);
    await cy.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['…'], 'quay.jpg', { type: 'image/jpeg' }));
      document.querySelector('.ed-body').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await cy.page.waitForSelector('.ed-notice [role=alert] >> text=Your role takes no files into the library.');
    assert.ok((await kept(cy.page, own)).copy.hero.media > 0, 'what is there can be used');
    cy.complain(); // of a request that was refused, too
  });
});
