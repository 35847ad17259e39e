// The newsroom's menu: on one line on a desk, what is seldom gone to under "More", by keyboard and with script
// off; and the way from the first page to the first word of a story.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';
import { joined, ready, saved, signedIn } from '../lib/writing.js';

test('the desk is gone through by its menu', async (t) => {
  const paper = await samplePaper(t), server = await paper.serve('--quiet');
  const b = await browser(t);
  const { page, context, complain } = await signedIn(b, server);
  const more = page.locator('.desk-menu .drop'), summary = more.locator('summary');
  const isOpen = () => more.evaluate((d) => d.open);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

  await t.test('all of a publisher stands on one line of a desk', async () => {
    for (const width of [1280, 1140]) {
      await page.setViewportSize({ width, height: 800 });
      const tops = await page.locator('.desk-name a, .desk-menu > ul > li, .desk-out').evaluateAll((all) => all.map((e) => { const r = e.getBoundingClientRect(); return Math.round((r.top + r.bottom) / 2); }));
      assert.ok(Math.max(...tops) - Math.min(...tops) < 12, `${width}: ${tops}`);
    }
    await page.setViewportSize(desktop.viewport);
  });

  await t.test('its head is the same on every page', async () => {
    const looks = new Map();
    for (const href of await page.locator('.desk-menu a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
      await page.goto(href);
      looks.set(href, await page.locator('.desk-head').evaluate((head) => [head, ...head.querySelectorAll('summary, details, li')].map((e) => {
        const { backgroundColor, borderTopStyle } = getComputedStyle(e);
        return `${e.offsetHeight} ${backgroundColor} ${borderTopStyle}`;
      }).join('; ')));
    }
    assert.ok(looks.size > 10);
    assert.equal(new Set(looks.values()).size, 1, JSON.stringify([...looks], null, 1));
    await page.goto('/desk');
  });

  await t.test('what is behind "More" is opened, left and found by keyboard', async () => {
    await summary.focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await more.locator('a').allInnerTexts(), ['Notices', 'Settings', 'Staff', 'Roles', 'Health', 'Log']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.equal(await isOpen(), false);
    assert.equal(await focused(), 'SUMMARY');
    await summary.click();
    await page.mouse.click(600, 700);
    assert.equal(await isOpen(), false, 'a click elsewhere closes it');
    await summary.click();
    await more.getByText('Log').click();
    await page.waitForURL(/\/desk\/audit$/);
    assert.equal(await page.locator('.desk-menu .is-here').count(), 1, 'the page is one of those');
    assert.equal(await page.locator('.desk-menu [aria-current=page]').textContent(), 'Log');
    await page.click('.desk-who');
    await page.waitForURL(/\/desk\/account$/);
    assert.equal(await page.locator('.desk-head [aria-current=page]').textContent(), 'Your account: Ada Quill');
  });

  await t.test('a new story begins with its headline', async () => {
    await page.goto('/desk');
    await page.getByRole('button', { name: 'New story' }).click();
    await page.waitForURL(/\/edit$/);
    await ready(page);
    await page.waitForFunction(() => document.activeElement.id === 'head-headline');
    await page.keyboard.type('The pier opens');
    await saved(page);
    await page.reload();
    await ready(page);
    await page.waitForFunction(() => document.querySelector('#head-headline').value === 'The pier opens');
    assert.equal(await focused(), 'BODY', 'who comes back is left where they are');
  });
  complain();

  await t.test('on a telephone, from right to left, with script off', async () => {
    await paper.does('settings', 'set', 'language', 'ar');
    const one = await visit(b, server, { ...phone, javaScriptEnabled: false, storageState: await context.storageState() });
    await one.page.goto('/desk/stories');
    await one.page.click('.desk-menu summary');
    const box = await one.page.locator('.drop-list').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= phone.viewport.width, JSON.stringify(box));
    await one.page.click('.drop-list a[href="/desk/staff"]');
    await one.page.waitForURL(/\/desk\/staff$/);
    one.complain();
    await one.context.close();
  });

  await t.test('nobody finds a "More" that hides one', async () => {
    const { out } = await paper.does('user', '--role', 'editor', '--name', 'Bo Ek', 'add', 'bo@paper.example');
    const bo = await joined(b, server, /http\S+welcome\S+/.exec(out)[0], 'Bo Ek');
    assert.equal(await bo.page.locator('.desk-menu .drop').count(), 0);
    assert.equal(await bo.page.locator('.desk-menu a').last().getAttribute('href'), '/desk/notices');
    bo.complain();
  });
});
