import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

test('a reader goes from the front to a story to a topic and back', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const b = await browser(t);
  const ways = { desktop, phone, 'script off': { ...desktop, javaScriptEnabled: false }, dark: { ...desktop, colorScheme: 'dark' } };

  for (const [how, options] of Object.entries(ways)) {
    await t.test(how, async () => {
      const { page, context, complain } = await visit(b, server, options);
      await page.goto('/');
      const lead = page.locator('.lead h2 a');
      const headline = await lead.innerText();
      await lead.click();
      await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//); // all of it has come
      assert.equal((await page.locator('h1').innerText()).trim(), headline.trim());
      assert.ok((await page.locator('.body p').count()) > 2, 'the body');
      assert.ok(await page.locator('.hero img').isVisible(), 'its picture');
      await page.locator('a[rel=author]').first().click();
      await page.waitForURL(/\/author\//);
      assert.ok((await page.locator('main').innerText()).includes(headline.trim()));
      await page.goBack();
      const topic = page.locator('a[rel=tag]').first();
      const name = await topic.innerText();
      await topic.click();
      await page.waitForURL(/\/topic\//);
      assert.equal((await page.locator('h1').innerText()).trim().toLowerCase(), name.trim().toLowerCase());
      assert.ok((await page.locator('main').innerText()).includes(headline.trim()));
      await page.goBack();
      await page.goBack();
      assert.equal(new URL(page.url()).pathname, '/');
      await page.locator('nav.sections a', { hasText: 'Sport' }).click();
      await page.waitForURL('**/sport');
      assert.equal((await page.locator('h1').innerText()).trim(), 'Sport');
      complain();
      await context.close();
    });
  }
});
