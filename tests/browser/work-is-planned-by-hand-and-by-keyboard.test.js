// Board and calendar in a browser: cards and items are dragged, or moved by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { samplePaper } from '../lib/paper.js';

const comes = (page, what) => Promise.all([page.waitForNavigation(), what]);

test('work is planned by hand and by keyboard', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const b = await browser(t);
  const { page, context, complain } = await visit(b, server, { viewport: { width: 1280, height: 2400 } });
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await comes(page, page.click('main button'));
  await page.goto('/desk/board');
  await page.fill('#idea', 'Who pays for the pier');
  await comes(page, page.keyboard.press('Enter'));
  const at = (stage) => page.locator(`[data-stage="${stage}"] .card`).count();
  assert.equal(await at('idea'), 1);

  await t.test('a card is dragged to another column', async () => {
    await comes(page, page.locator('.card').first().dragTo(page.locator('[data-stage="copy-edit"]')));
    assert.deepEqual([await at('idea'), await at('copy-edit')], [0, 1]);
    complain();
  });

  await t.test('by keyboard the same', async () => {
    await page.locator('.card .is-on').focus();
    await comes(page, page.keyboard.press('Enter'));
    assert.equal(await at('ready'), 1);
    complain();
  });

  await t.test('an item of the calendar is dragged to another day, and moved by keys', async () => {
    await page.click('.card a');
    await page.fill('#wish', '2027-06-02T10:00');
    await comes(page, page.click('.plan button'));
    await page.goto('/desk/calendar?week=2027-06-02');
    const item = page.locator('.item[data-at]');
    const cell = page.locator('tr', { has: item }).locator('[data-day="2027-06-04"]');
    await comes(page, item.dragTo(cell));
    assert.equal(await item.getAttribute('data-at'), '2027-06-04T10:00');
    await item.locator('a').focus();
    await comes(page, page.keyboard.press('Alt+ArrowDown'));
    assert.equal(await item.getAttribute('data-at'), '2027-06-04T11:00');
    await item.locator('a').focus();
    await comes(page, page.keyboard.press('Alt+ArrowRight'));
    assert.equal(await item.getAttribute('data-at'), '2027-06-05T11:00');
    complain();
  });

  await t.test('with script off, on a telephone, the forms do it', async () => {
    const off = await visit(b, server, { ...phone, javaScriptEnabled: false, storageState: await context.storageState() });
    await off.page.goto('/desk/calendar?week=2027-06-02');
    await off.page.click('.item summary');
    await off.page.fill('.item input[type=datetime-local]', '2027-06-03T09:00');
    await comes(off.page, off.page.click('.item button'));
    assert.match(await off.page.textContent('.item'), /09:00/);
    off.complain();
  });
});
