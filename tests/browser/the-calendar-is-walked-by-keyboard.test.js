import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

test('the calendar is walked by keyboard, with script and without', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const b = await browser(t);
  for (const javaScriptEnabled of [true, false]) {
    const { page, context, complain } = await visit(b, server, { ...phone, javaScriptEnabled });
    await page.goto('/archive');
    await page.locator('.months a').last().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/\d{4}\/\d\d$/);
    const first = page.locator('.calendar td a').first();
    await first.focus();
    await page.keyboard.press('Tab');
    const second = await page.evaluate(() => document.activeElement.getAttribute('href'));
    assert.match(second, /^\/\d{4}\/\d\d\/\d\d$/, 'the next day with stories is one step away');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${second}`);
    assert.equal(await page.locator('.calendar [aria-current]').getAttribute('href'), second);
    assert.equal(await page.locator('.calendar th').first().innerText(), 'Mon\nMonday');
    complain();
    await context.close();
  }

  await t.test('a week begins as the language has it', async () => {
    const { page } = await visit(b, server);
    for (const [language, day] of [['de', 'Montag'], ['ar', 'السبت']]) {
      await paper.does('settings', 'set', 'language', language);
      await page.goto('/archive');
      await page.locator('.months a').last().click();
      await page.waitForURL(/\/\d{4}\/\d\d$/);
      assert.equal(await page.locator('.calendar th .unseen').first().textContent(), day, language);
    }
  });
});
