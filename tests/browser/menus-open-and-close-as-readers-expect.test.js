import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

const open = (page, menu) => page.locator(menu).evaluate((d) => d.open);

test('menus open and close as readers expect', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const b = await browser(t);

  for (const [how, options] of Object.entries({ phone, desktop }))
    await t.test(`the menu, ${how}`, async () => {
      const { page, context, complain } = await visit(b, server, options);
      await page.goto('/politics');
      const summary = page.locator('.menu > summary');
      await summary.click();
      assert.ok(await page.locator('.menu-sheet').isVisible());
      assert.equal(await page.locator('.menu-sheet [aria-current=page]').innerText(), 'Politics');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide with the menu open`);
      await page.keyboard.press('Escape');
      assert.equal(await open(page, '.menu'), false, 'Escape closes it');
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY', 'and gives the focus back');
      await summary.click();
      await page.mouse.click(5, (await page.viewportSize()).height - 5);
      assert.equal(await open(page, '.menu'), false, 'a click elsewhere closes it');
      await summary.click();
      await page.locator('.menu-sheet a', { hasText: 'Culture' }).click();
      assert.equal((await page.locator('h1').innerText()).trim(), 'Culture');
      complain();
      await context.close();
    });

  await t.test('the menu with script off', async () => {
    const { page, context, complain } = await visit(b, server, { ...phone, javaScriptEnabled: false });
    await page.goto('/');
    await page.locator('.menu > summary').click();
    await page.locator('.menu-sheet a', { hasText: 'Science and nature' }).click();
    assert.equal((await page.locator('h1').innerText()).trim(), 'Science and nature');
    assert.equal(await page.locator('.more').isVisible(), false);
    complain();
    await context.close();
  });

  await t.test('on a telephone the bar of sections begins where one is', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    const last = (await server.get('/')).text.match(/<ul class="menu-sections">[^]*?<\/ul>/)[0].match(/href="([^"]+)"/g).at(-1).slice(6, -1);
    await page.goto(last);
    const place = () => page.locator('.sections [aria-current]').evaluate((one) => {
      const { left, right } = one.getBoundingClientRect(), bar = one.closest('ul').getBoundingClientRect();
      return left >= bar.left && right <= bar.right;
    });
    await page.waitForFunction(() => document.querySelector('.sections ul').scrollLeft > 0);
    assert.ok(await place(), 'the section that one is in can be seen');
    assert.equal(await page.evaluate(() => scrollY), 0, 'and the page stands where it was');
    complain();
    await context.close();
  });

  await t.test('sections that do not fit stand behind the ellipsis', async () => {
    const { page, context, complain } = await visit(b, server, { viewport: { width: 700, height: 800 } });
    await page.goto('/');
    const names = await page.locator('.menu-sections a').evaluateAll((all) => all.slice(1).map((a) => a.textContent));
    const seen = () => page.locator('.sections a:visible').allInnerTexts();
    await page.locator('.more').waitFor();
    const before = await seen();
    assert.ok(before.length < names.length && before.length > 2, before.join(' '));
    await page.locator('.more > summary').click();
    const behind = await page.locator('.more li a').allInnerTexts();
    assert.deepEqual([...before, ...behind], names, 'each section once');
    await page.locator('.more li a').last().click();
    assert.equal((await page.locator('h1').innerText()).trim(), names.at(-1));
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('.more').waitFor({ state: 'hidden' });
    assert.deepEqual(await seen(), names);
    complain();
    await context.close();
  });
});
