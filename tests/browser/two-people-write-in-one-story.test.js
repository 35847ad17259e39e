// Two people in one story see each other, each the other's paragraphs as they come; where both have changed
// the same words they are asked, and both texts are kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';
import { joined, kept, long, newStory, outline, ready, saved, signedIn } from '../lib/writing.js';

const shows = (page, words) => page.waitForFunction((w) => document.querySelector('.ed-body').textContent.includes(w), words, { timeout: long });

/** The cursor at the end of the n-th paragraph. */
async function atEnd(page, n) {
  await page.focus('.ed-body');
  await page.evaluate((i) => {
    const p = document.querySelectorAll('.ed-body > p')[i], range = document.createRange();
    range.selectNodeContents(p);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }, n);
  await page.waitForTimeout(0);
}

test('two people write in one story', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet'), b = await browser(t);
  const ada = await signedIn(b, server);
  const { out } = await paper.does('user', '--role', 'editor', '--name', 'Bo Ek', 'add', 'bo@paper.example');
  const bo = await joined(b, server, /http\S+welcome\S+/.exec(out)[0], 'Bo Ek');
  const id = await newStory(ada.page);
  await ada.page.focus('.ed-body');
  await ada.page.keyboard.type('The first paragraph.');
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('The second paragraph.');
  await saved(ada.page);
  await bo.page.goto(`/desk/stories/${id}/edit`);
  await ready(bo.page);
  ada.page.expects = bo.page.expects = [409];

  await t.test('they see each other, and where', async () => {
    await atEnd(bo.page, 1);
    await bo.page.keyboard.press('End');
    await ada.page.waitForSelector('.ed-people >> text=Bo Ek', { state: 'attached', timeout: long });
    await bo.page.waitForSelector('.ed-people >> text=Ada Quill', { state: 'attached', timeout: long });
    await ada.page.waitForFunction(() => document.querySelectorAll('.ed-body > p')[1].dataset.who === 'Bo Ek', null, { timeout: long });
  });

  await t.test("the other's paragraph comes while one writes in one's own, and undo takes back one's own alone", async () => {
    await atEnd(ada.page, 0);
    await ada.page.keyboard.type(' Ada was here.');
    await bo.page.keyboard.type(' Bo was here.');
    await shows(ada.page, 'Bo was here.');
    await shows(bo.page, 'Ada was here.');
    await saved(ada.page);
    await saved(bo.page);
    await ada.page.keyboard.type(' Once more.');
    await saved(ada.page);
    assert.deepEqual(outline((await kept(ada.page, id)).copy.body), ['paragraph: The first paragraph. Ada was here. Once more.', 'paragraph: The second paragraph. Bo was here.']);
    await ada.page.keyboard.press('Control+z');
    assert.match(await ada.page.textContent('.ed-body'), /Bo was here\./);
    assert.doesNotMatch(await ada.page.textContent('.ed-body'), /Once more\./);
    await saved(ada.page);
  });

  await t.test('a headline that the other writes comes too', async () => {
    await ada.page.fill('#head-headline', 'Storm over the harbour');
    await bo.page.waitForFunction(() => document.querySelector('#head-headline').value === 'Storm over the harbour', null, { timeout: long });
  });

  await t.test('the same words: both are shown, and a person chooses', async () => {
    await saved(ada.page);
    await saved(bo.page);
    const before = (await kept(ada.page, id)).revision;
    await bo.page.waitForResponse(async (r) => r.url().includes(`/desk/stories/${id}/copy?since=${before}`)); // Bo has the newest
    await bo.context.setOffline(true);
    for (const [who, words] of [[ada, 'An opening by Ada.'], [bo, 'An opening by Bo.']]) {
      await who.page.locator('.ed-body > p').first().click({ clickCount: 3 });
      await who.page.keyboard.type(words);
    }
    await saved(ada.page);
    await bo.context.setOffline(false);
    await bo.page.waitForSelector('.ed-dialog', { timeout: long });
    const said = await bo.page.textContent('.ed-dialog');
    assert.match(said, /An opening by Ada\./);
    assert.match(said, /An opening by Bo\./);
    await bo.page.getByRole('button', { name: 'Go on with this' }).click();
    await saved(bo.page);
    const words = outline((await kept(ada.page, id)).copy.body);
    assert.deepEqual(words.slice(0, 2).sort(), ['paragraph: An opening by Ada.', 'paragraph: An opening by Bo.'], 'both are kept unless one chooses otherwise');
    await shows(ada.page, 'An opening by Bo.');
  });
});
