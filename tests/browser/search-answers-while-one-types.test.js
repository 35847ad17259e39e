// Search where people meet it: by the masthead, by keyboard, while typing, and with script off.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

test('search answers while one types', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const b = await browser(t);

  for (const [face, options] of Object.entries({ desktop, phone }))
    await t.test(face, async () => {
      const { page, context, complain } = await visit(b, server, options);
      await page.goto('/', { waitUntil: 'domcontentloaded' });
      await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').pressSequentially('herri');
      const first = page.locator('.hit h2').first();
      await first.waitFor();
      assert.match(await page.locator('.hit h2').allInnerTexts().then((all) => all.join('\n')), /Herring quota cut/);
      assert.match(await page.locator('#found').innerText(), /^\d+ stories on this page$/);
      assert.match(page.url(), /\/search\?q=herri$/, 'the address can be shared');
      await page.getByText('Narrow it down').click();
      await page.locator('#section').selectOption('opinion');
      await page.locator('.hit', { hasText: 'Count the boats' }).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('.hit').length === 1);
      assert.equal(await page.locator('.search-more').evaluate((d) => d.open), face === 'desktop', 'on a telephone the fields make room');
      assert.ok(await page.locator('.hit').first().evaluate((one) => one.getBoundingClientRect().top < innerHeight));
      await page.getByRole('link', { name: 'Opinion (take this away)' }).click();
      await page.waitForURL(/\/search\?q=herri$/);
      await page.getByRole('searchbox').fill('hering');
      await page.getByRole('button', { name: 'Find' }).click();
      await page.getByRole('link', { name: 'herring', exact: true }).click();
      await first.waitFor();
      assert.match(page.url(), /q=herring/);
      complain();
      await context.close();
    });

  await t.test('what is chosen can be taken away, each by itself', async () => {
    const { page, context, complain } = await visit(b, server, { ...phone, javaScriptEnabled: false });
    for (const lite of ['', '.lite']) {
      await page.goto(`/search${lite}?q=herring&section=business&topic=herring&from=2020-01-01&sort=best`);
      const chosen = page.getByRole('list', { name: 'Narrowed down to' }).getByRole('link');
      assert.deepEqual((await chosen.allInnerTexts()).map((one) => one.split('(')[0].trim()), ['Business', 'Topic: herring', 'From 2020-01-01']);
      assert.equal(await page.locator('main details').first().evaluate((d) => d.open), false);
      await chosen.nth(1).click();
      assert.deepEqual([...new URL(page.url()).searchParams], [['q', 'herring'], ['sort', 'best'], ['section', 'business'], ['from', '2020-01-01']]);
    }
    complain();
    await context.close();
  });

  await t.test('with script off', async () => {
    const { page, context } = await visit(b, server, { ...desktop, javaScriptEnabled: false });
    await page.goto('/search', { waitUntil: 'domcontentloaded' });
    await page.keyboard.press('Tab');
    await page.locator('#q').focus();
    await page.keyboard.type('"storm hesper"');
    await page.keyboard.press('Enter');
    await page.locator('.hit').first().waitFor();
    await page.locator('.hit h2 a').first().click();
    assert.match(page.url(), /\/\d{4}\/\d\d\/\d\d\//);
    await context.close();
  });
});
