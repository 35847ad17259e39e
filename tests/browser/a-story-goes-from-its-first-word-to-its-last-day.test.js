// What a newsroom does with one story, start to end: write, put a picture in, schedule, publish, correct,
// compare, kill.  Once with the keyboard alone at a desk, once by taps on a telephone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { browser, phone } from '../lib/browser.js';
import { password } from '../lib/desk.js';
import { root, samplePaper } from '../lib/paper.js';
import { long, newStory, ready, saved, signedIn } from '../lib/writing.js';

const picture = path.join(root, 'sample/pictures/brannay-jetty.jpg');

/** A day to come that reads the same whether day or month comes first, at half past ten. */
function nextTwin() {
  const day = new Date(Date.now() + 48 * 3600_000);
  while (day.getUTCDate() !== day.getUTCMonth() + 1) day.setUTCDate(day.getUTCDate() + 1);
  return { date: day.toISOString().slice(0, 10), time: '10:30' };
}

/** Tab, and no other way, until it is reached; from the beginning of the page where it lies behind. */
async function reach(page, what) {
  const there = () => what.evaluate((e) => e === document.activeElement || (e.closest('summary') && e.closest('summary') === document.activeElement));
  for (let i = 0; i < 400 && !await there(); i++) await page.keyboard.press('Tab');
  assert.ok(await there(), `${await what.evaluate((e) => e.outerHTML.slice(0, 200))} is not reached by Tab`);
}

const hands = {
  keyboard: {
    options: {},
    press: async (page, what) => { await what.waitFor(); await reach(page, what); await page.keyboard.press('Enter'); },
    tick: async (page, what) => {
      if (await what.getAttribute('type') === 'radio' && !await what.isChecked()) { // arrows go through a group
        await reach(page, page.locator(`[name=${await what.getAttribute('name')}]:checked`));
        for (let i = 0; i < 100 && !await what.isChecked(); i++) await page.keyboard.press('ArrowDown');
        return;
      }
      await reach(page, what);
      if (!await what.isChecked()) await page.keyboard.press('Space');
    },
    write: async (page, what, words) => { await what.waitFor(); await reach(page, what); await page.keyboard.press('Control+a'); await page.keyboard.type(words); },
    when: async (page, what, { date, time }) => {
      const [year, month, day] = date.split('-');
      await reach(page, what);
      await page.keyboard.type(`${day}${month}${year}`);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type(`${time.replace(':', '')}a`); // in the morning, where the browser asks
    },
  },
  telephone: {
    options: phone,
    press: async (page, what) => { await what.scrollIntoViewIfNeeded(); await what.tap(); },
    tick: async (page, what) => { await what.check(); },
    write: async (page, what, words) => { await what.tap(); await what.fill(words); },
    when: async (page, what, { date, time }) => { await what.fill(`${date}T${time}`); },
  },
};

for (const [name, { options, press, tick, write, when }] of Object.entries(hands))
  test(`a story goes from its first word to its last day, by ${name}`, async (t) => {
    const paper = await samplePaper(t), server = await paper.serve('--quiet');
    const { page, complain } = await signedIn(await browser(t), server, options);
    const id = await newStory(page), here = `/desk/stories/${id}`;
    const button = (words) => page.getByRole('button', { name: words, exact: true }).first();
    const go = async (where) => { await page.goto(where); };
    const readers = async () => (await page.context().request.get(address, { maxRedirects: 0 }));
    let address;

    await t.test('write', async () => {
      await write(page, page.locator('#head-headline'), 'The old pier opens again');
      await write(page, page.locator('#head-standfirst'), 'After nine years there are boats.');
      await write(page, page.locator('.ed-body'), 'The pier opens on Monday.');
      await page.keyboard.press('Enter');
      await saved(page);
      complain();
    });

    await t.test('a picture', async () => {
      await page.keyboard.type('/pict');
      await page.waitForSelector('#slash-menu [aria-selected=true]');
      await page.keyboard.press('Enter');
      const file = page.locator('#library-file');
      await file.waitFor();
      if (name === 'keyboard') {
        await press(page, page.locator('.ed-library-one').first());
      } else {
        await file.setInputFiles(picture);
        await page.waitForSelector('.ed-library-one[aria-pressed=true]', { timeout: long });
      }
      await press(page, page.locator('.ed-dialog-foot').getByRole('button', { name: 'Put in' }));
      const figure = page.locator('.ed-body img').first();
      await figure.waitFor({ timeout: long });
      await write(page, page.locator('.ed-body').getByLabel('Alternative text', { exact: false }).first(), 'A pier in the morning');
      await saved(page);
      complain();
    });

    await t.test('what is missing is named, and one press away', async () => {
      await go(here);
      await press(page, page.locator('section:has(#checks)').getByRole('link', { name: 'Topics', exact: true }));
      await ready(page);
      await page.waitForFunction(() => document.activeElement?.closest('[data-field=topics]'));
      complain();
    });

    await t.test('schedule, and publish', async () => {
      await go(here);
      await when(page, page.locator('#at'), nextTwin());
      await press(page, button('Publish then'));
      await page.waitForSelector('.said[role=status]');
      assert.match(await page.textContent('.standing'), /it is published/);
      await press(page, button('Publish now'));
      await page.waitForFunction(() => /They have had it/.test(document.querySelector('.standing').textContent));
      address = await page.getByRole('link', { name: 'Its page' }).getAttribute('href');
      assert.equal(address.match(/\d{4}\/\d\d\/\d\d/)[0], new Date().toISOString().slice(0, 10).replaceAll('-', '/'), 'its address is of the day it went out');
      const html = await (await readers()).text();
      assert.match(html, /The pier opens on Monday\./);
      assert.match(html, /<img[^>]* alt="A pier in the morning"/);
      complain();
    });

    await t.test('correct', async () => {
      await go(`${here}/edit`);
      await ready(page);
      await page.waitForSelector('.ed-body p');
      await write(page, page.locator('.ed-body'), 'The pier opens on Tuesday.');
      await saved(page);
      assert.match(await (await readers()).text(), /on Monday/, 'nothing goes out by being written');
      await press(page, page.getByRole('link', { name: 'Publish…' }));
      await page.waitForURL(/#update$/);
      const { y } = await button('Publish it').boundingBox();
      assert.ok(y > 0 && y < page.viewportSize().height, `it is on the screen: ${y}`);
      await press(page, page.locator('summary', { hasText: /^Correct$/ }));
      await write(page, page.locator('#wrong-was'), 'It opens on Tuesday, not on Monday.');
      assert.ok(await page.locator('[name=written]').isChecked(), 'what was written goes out with it');
      assert.ok(await page.locator('#headline').isHidden(), 'and no field stands there that would be passed over');
      await press(page, button('Publish the correction'));
      await page.waitForSelector('.said[role=status]');
      const html = await (await readers()).text();
      assert.match(html, /The pier opens on Tuesday\./);
      assert.match(html, /It opens on Tuesday, not on Monday\./);
      assert.doesNotMatch(html, /The pier opens on Monday/);
      complain();
    });

    await t.test('compare', async () => {
      await press(page, page.getByRole('link', { name: 'Revisions' }).first());
      await page.waitForSelector('table.revisions');
      await tick(page, page.locator('[name=from]').last());
      await tick(page, page.locator('[name=to]').first());
      await press(page, button('Show what changed'));
      await page.waitForSelector('main ins, main del');
      assert.match(await page.textContent('main'), /Monday/);
      assert.match(await page.textContent('main'), /Tuesday/);
      complain();
    });

    await t.test('kill', async () => {
      await go(here);
      await press(page, page.getByRole('link', { name: 'Kill this story' }));
      await page.waitForLoadState();
      if (/\/desk\/prove/.test(page.url())) {
        await write(page, page.locator('[name=password]'), password);
        await press(page, button('Go on'));
      }
      await page.waitForURL(/\/kill$/);
      await write(page, page.locator('main [name=reason]'), 'The pier is not ours to report on.');
      await tick(page, page.locator('[name=sure]'));
      await press(page, page.locator('main form button').last());
      await page.waitForSelector('.said[role=status]');
      const gone = await readers();
      assert.equal(gone.status(), 410);
      assert.doesNotMatch(await gone.text(), /pier/i);
      complain();
    });
  });
