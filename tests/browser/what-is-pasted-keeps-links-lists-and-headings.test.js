// What comes from Word and Google Docs keeps links, lists, headings and tables, strong and emphasised words;
// the rest is dropped, and nothing of it is loaded or run.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { eventually, fixtures, samplePaper } from '../lib/paper.js';
import { kept, newStory, outline, paste, saved, signedIn } from '../lib/writing.js';

test('what is pasted keeps links, lists and headings', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const { page, complain } = await signedIn(await browser(t), server);
  const pasted = async (types) => {
    const id = await newStory(page);
    await page.focus('.ed-body');
    await paste(page, { 'text/plain': 'plain', ...types });
    await page.waitForFunction(() => document.querySelector('.ed-state').dataset.is !== 'saved');
    await saved(page);
    return outline((await kept(page, id)).copy.body);
  };
  const html = (name) => fs.readFile(path.join(fixtures, 'paste', name), 'utf8');

  await t.test('Word', async () => {
    assert.deepEqual(await pasted({ 'text/html': await html('word.html') }), [
      'heading2: The harbour reopens',
      'paragraph: The council said on [Monday|strong] that the [Hesper|emphasis] may dock again, [its report|https://example.org/harbour?a=1&b=2] says.',
      'list', '  item: two cranes', '    list', '      item: one of them [new|strong]', '  item: a pilot boat',
      'heading2: What is next', 'list ordered', '  item: dredging', '  item: the old quay',
      'table', '  row', '    cell: [Ship|strong]', '    cell: Length', '  row', '    cell: Hesper', '    cell: 84\u00a0m',
      'paragraph: Loud words are quiet.',
    ]);
    complain();
  });
  await t.test('notes of Word are notes; what was deleted, and what was said about it, is not of the text', async () => {
    assert.deepEqual(await pasted({ 'text/html': await html('word-notes.html') }), [
      'paragraph: The wall is old[1|sup], she said in May.', 'quote', '  paragraph: We cannot wait.', 'paragraph: It costs 3 million[2|sup].',
      'footnote "1": Built in [1871|strong].', 'footnote "2": In a letter.',
    ]);
    assert.match(await page.textContent('.ed-notice'), /Pictures do not come along.*: 1\./);
    complain();
  });
  await t.test('words that come with a picture of themselves stay words', async () => {
    const id = await newStory(page);
    await page.focus('.ed-body');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/html', '<p>Words of a program</p>');
      data.setData('text/plain', 'Words of a program');
      data.items.add(new File([new Uint8Array(8)], 'image.png', { type: 'image/png' }));
      document.querySelector('.ed-body').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.waitForFunction(() => document.querySelector('.ed-state').dataset.is !== 'saved');
    await saved(page);
    assert.deepEqual(outline((await kept(page, id)).copy.body), ['paragraph: Words of a program']);
    complain();
  });
  await t.test('Google Docs', async () => {
    assert.deepEqual(await pasted({ 'text/html': await html('google-docs.html') }), [
      'heading2: A ferry comes back',
      'paragraph: It sailed [twice a day|strong][ until 2019|emphasis][1|sup], [records show|https://example.org/ferry?x=1].',
      'list', '  item: crew of eight', '    list', '      item: [two cooks|strong]', '  item: ninety cars',
      'list ordered', '  item: first', '  item: second', 'heading3: Who pays', 'paragraph: Line one / line two',
    ]);
    complain();
  });
  await t.test("strangers' pages", async () => {
    assert.deepEqual(await pasted({ 'text/html': '<h1>A</h1><h5>b</h5><div onclick="alert(1)">c<br><br>d <img src=x onerror="alert(1)"><script>alert(1)</script></div><blockquote>e<p>f</p></blockquote><svg onload="alert(1)"></svg><p style="display:none">g</p><a href="vbscript:x">h</a> <kbd>i</kbd>' }), [
      'heading2: A', 'heading3: b', 'paragraph: c', 'paragraph: d', 'quote', '  paragraph: e', '  paragraph: f', 'paragraph: h [i|code]',
    ]);
    complain();
  });
  await t.test('plain text, an address, the address of a film', async () => {
    assert.deepEqual(await pasted({ 'text/plain': 'One.\n\nTwo\nthree.' }), ['paragraph: One.', 'paragraph: Two', 'paragraph: three.']);
    assert.deepEqual(await pasted({ 'text/plain': 'https://example.org/x' }), ['paragraph: [https://example.org/x|https://example.org/x]']);
    assert.deepEqual(await pasted({ 'text/plain': 'https://www.youtube.com/watch?v=abc' }), ['embed']);
    complain();
  });
  await t.test('blocks of an editor of ours, with new ids where they are doubled', async () => {
    const id = await newStory(page);
    await page.focus('.ed-body');
    await page.keyboard.type('## One');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Two **three** four');
    await page.keyboard.press('Control+a');
    const html = await page.evaluate(() => {
      const data = new DataTransfer();
      document.querySelector('.ed-body').dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData('text/html');
    });
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await paste(page, { 'text/html': html, 'text/plain': 'x' });
    await page.keyboard.type('!');
    const { body } = await eventually('all of it is with the paper', async () => { const { copy } = await kept(page, id); return outline(copy.body).at(-1)?.endsWith('!') && copy; });
    assert.deepEqual(outline(body), ['heading2: One', 'paragraph: Two [three|strong] four', 'heading2: One', 'paragraph: Two [three|strong] four', 'paragraph: !']);
    assert.equal(new Set(body.blocks.map((b) => b.id)).size, 5);
    complain();
  });
});
