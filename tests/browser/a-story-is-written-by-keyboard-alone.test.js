// A story from its first word to its last with the keyboard alone: headline, text with the habits of Markdown,
// the menu behind "/", links, a table, a timeline, a note, find and replace, undo, a named version.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';
import { kept, newStory, outline, saved, signedIn } from '../lib/writing.js';

test('a story is written by keyboard alone', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const { page, complain } = await signedIn(await browser(t), server);
  const id = await newStory(page);
  const k = page.keyboard;
  const type = (words) => k.type(words);
  const enter = (times = 1) => [...Array(times)].reduce((done) => done.then(() => k.press('Enter')), Promise.resolve());
  const menu = async (words) => { await type(`/${words}`); await page.waitForSelector('#slash-menu [aria-selected=true]'); await enter(); };
  const body = async () => { await saved(page); return outline((await kept(page, id)).copy.body); };
  const written = async (expected) => { await saved(page); assert.deepEqual(await body(), expected); };

  await t.test('head', async () => {
    await page.focus('#head-kicker');
    await type('Kettle Haven');
    await enter();
    await type('The harbour reopens');
    await enter();
    await type('Ships may dock from Monday on.');
    await enter();
    await type('It rained.');
    await saved(page);
    const { copy } = await kept(page, id);
    assert.deepEqual([copy.kicker, copy.headline, copy.standfirst], ['Kettle Haven', 'The harbour reopens', 'Ships may dock from Monday on.']);
    assert.deepEqual(outline(copy.body), ['paragraph: It rained.']);
  });

  await t.test('signs of Markdown', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    await type('The **council** said *so*, in `code`.');
    await enter();
    await type('## What is next');
    await enter();
    await type('- cranes');
    await enter();
    await type('boats');
    await enter();
    await k.press('Tab');
    await type('pilot');
    await enter();
    await enter(2);
    await type('1. first');
    await enter(2);
    await type('> We waited.');
    await enter(2);
    await type('---');
    await type('Last.');
    await written(['paragraph: The [council|strong] said [so|emphasis], in [code|code].', 'heading2: What is next',
                   'list', '  item: cranes', '  item: boats', '    list', '      item: pilot', 'list ordered', '  item: first',
                   'quote', '  paragraph: We waited.', 'divider', 'paragraph: Last.']);
  });

  await t.test('keys for marks, headings, links and moving', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    await type('One two');
    for (let i = 0; i < 3; i++) await k.press('Shift+ArrowLeft');
    await k.press('Control+b');
    await k.press('Control+k');
    await page.waitForSelector('#bar-words:focus');
    await type('example.org/two');
    await enter();
    await page.waitForSelector('.ed-body:focus');
    await k.press('ArrowRight');
    await enter();
    await type('Small');
    await k.press('Control+Alt+3');
    await enter();
    await type('Third');
    await k.press('Alt+ArrowUp');
    await k.press('End');
    await k.press('Shift+Enter');
    await type('line');
    await written(['paragraph: One [two|strong https://example.org/two]', 'paragraph: Third / line', 'heading2: Small']);
    complain();
  });

  await t.test('the bar is reached and left by keys', async () => {
    await k.press('Control+Home');
    for (let i = 0; i < 3; i++) await k.press('Shift+ArrowRight');
    await k.press('Alt+F10');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Strong');
    await k.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Emphasis');
    await enter();
    await k.press('Escape');
    await page.waitForSelector('.ed-body:focus');
    assert.match((await body())[0], /^paragraph: \[One\|emphasis\] \[two/);
  });

  await t.test('the menu puts in a table, a box, a timeline, a pull quote and a note', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    await type('Text');
    await enter();
    await menu('tab');
    for (const words of ['Ship', 'Length', 'Flag', 'Hesper']) { await type(words); await k.press('Tab'); }
    await k.press('Control+End');
    await menu('fact');
    await type('Built in 1987.');
    await enter(2);
    await menu('time');
    await type('The storm.');
    await enter(2);
    await type('The end.');
    await k.press('Control+End');
    await menu('pull');
    await type('We waited');
    await enter();
    await type('A claim');
    await k.press('Control+End');
    await enter();
    await menu('note');
    await type('As of May.');
    const lines = await body();
    assert.deepEqual(lines.slice(0, 7), ['paragraph: Text', 'table', '  row', '    cell header: Ship', '    cell header: Length', '    cell header: Flag', '  row']);
    assert.ok(lines.includes('    cell: Hesper'));
    const rest = lines.slice(lines.indexOf('fact_box'));
    assert.deepEqual(rest, ['fact_box', '  paragraph: Built in 1987.', 'timeline', '  entry: The storm.', '  entry: The end.', 'pull_quote: We waited',
                            'paragraph: A claim[1|sup]', 'footnote "1": As of May.']);
    complain();
  });

  await t.test('find and replace, and undo brings all of it back', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    await type('The boat, a boat, boats.');
    await k.press('Control+f');
    await page.waitForSelector('#find-words:focus');
    await type('boat');
    assert.match(await page.textContent('.ed-find-count'), /1 of 3/);
    await k.press('Tab');
    await type('ship');
    for (let i = 0; i < 4; i++) await k.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Replace all');
    await enter();
    await written(['paragraph: The ship, a ship, ships.']);
    await k.press('Escape');
    await page.waitForSelector('.ed-body:focus');
    await k.press('Control+z');
    await written(['paragraph: The boat, a boat, boats.']);
    await k.press('Control+y');
    await written(['paragraph: The ship, a ship, ships.']);
  });

  await t.test('the headline is found, too, and its own undo brings its words back', async () => {
    const headline = () => page.inputValue('#head-headline');
    for (const name of ['kicker', 'headline', 'standfirst']) await page.fill(`#head-${name}`, '');
    await page.focus('#head-headline');
    await type('A ship at sea');
    await page.focus('.ed-body');
    await k.press('Control+f');
    await page.waitForSelector('#find-words:focus');
    await page.fill('#find-words', 'ship');
    assert.match(await page.textContent('.ed-find-count'), /^\d of 4$/);
    await page.fill('#find-with', 'boat');
    await page.click('.ed-find button:text-is("Replace all")');
    await written(['paragraph: The boat, a boat, boats.']);
    assert.equal(await headline(), 'A boat at sea');
    await k.press('Escape');
    await page.focus('#head-headline');
    await k.press('Control+z');
    assert.equal(await headline(), 'A ship at sea');
    await page.focus('.ed-body');
    await k.press('Control+z');
    await written(['paragraph: The ship, a ship, ships.']);
  });

  await t.test('a note stands behind the selected words, which stay', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    await type('It is old and far away.');
    await k.press('Control+Home');
    for (let i = 0; i < 9; i++) await k.press('Shift+ArrowRight');
    await k.press('Control+Alt+f');
    await type('Since 1871.');
    await written(['paragraph: It is old[1|sup] and far away.', 'footnote "1": Since 1871.']);
  });

  await t.test('what is written is never under the bar at the top', async () => {
    await k.press('Control+a');
    await k.press('Delete');
    for (let i = 0; i < 40; i++) { await type(`Line ${i}`); await enter(); }
    for (let i = 0; i < 19; i++) {
      await k.press('ArrowUp');
      await k.press('ArrowUp');
      await type('!');
      const [bar, line] = await page.evaluate(() => [document.querySelector('.ed-top').getBoundingClientRect().bottom, getSelection().anchorNode.parentElement.getBoundingClientRect().top]);
      assert.ok(line >= bar, `the line stands at ${line}, the bar ends at ${bar}`);
    }
  });

  await t.test('words go where the caret is, also before the screen has shown that place', async () => {
    // as on a machine so slow that no frame comes between the keys
    const atOnce = (words) => page.evaluate(async (given) => {
      for (const c of given) {
        document.execCommand('insertText', false, c);
        await null;
      }
    }, words);
    await k.press('Control+a');
    await k.press('Delete');
    await atOnce('> We waited.');
    await written(['quote', '  paragraph: We waited.']);
    complain();
  });

  await t.test('saved when asked, and said', async () => {
    await type(' Quickly.');
    await k.press('Control+s');
    await page.waitForFunction(() => [...document.querySelectorAll('.unseen[role=status]')].some((it) => it.textContent === document.querySelector('.ed-state').textContent && it.textContent.startsWith('Saved')));
    assert.equal(await page.locator('.ed-dialog').count(), 0, 'no name is asked for');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.ed-body')), 'and one writes on');
    complain();
  });

  await t.test('a version with a name', async () => {
    await k.press('Control+Shift+s');
    await page.waitForSelector('#save-name:focus');
    await type('Before the desk saw it');
    await enter();
    await page.waitForSelector('.ed-dialog', { state: 'detached' });
    await saved(page);
    complain();
  });
});
