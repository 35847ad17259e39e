import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  return { tag: e.tagName, id: e.id, text: e.textContent.trim(), href: e.getAttribute('href'), visible: box.width > 1 && box.height > 1 && box.top >= 0,
           ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none' };
});

test('a reader with a keyboard alone gets everywhere', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const { page, complain } = await visit(await browser(t), server);
  await page.goto('/');

  await page.keyboard.press('Tab');
  const skip = await focused(page);
  assert.equal(skip.href, '#main');
  assert.ok(skip.visible, 'the skip link shows when it has the focus');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'main');

  let at;
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Tab');
    at = await focused(page);
    assert.ok(at.ring, `no focus ring on ${at.tag} "${at.text}"`);
    if (/\/\d{4}\/\d{2}\/\d{2}\//.test(at.href ?? '')) break;
  }
  assert.match(at.href, /\/\d{4}\/\d{2}\/\d{2}\//, 'a story is near');
  await Promise.all([page.waitForURL(`**${at.href}`), page.keyboard.press('Enter')]);
  assert.equal((await page.locator('h1').innerText()).trim(), at.text);

  // through the whole story, never stuck
  const seen = [];
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now.tag === 'BODY' || (seen.length && now.href === '#main')) break;
    assert.ok(now.ring, `no focus ring on ${now.tag} "${now.text}"`);
    seen.push(now.href);
  }
  assert.ok(seen.some((h) => h?.startsWith('/author/')) && seen.some((h) => h?.startsWith('/topic/')), seen.join(' '));
  complain();
});
