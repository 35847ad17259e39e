// The front editor in a browser: stories and slots are dragged, or moved by keyboard, with script on and off.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { samplePaper } from '../lib/paper.js';

const headline = (page, slot, place) =>
  page.locator('.slot').nth(slot - 1).locator('.place').nth(place - 1).locator('.row-title').innerText();
const slotNames = async (page) => (await page.locator('.slot-head h2').allInnerTexts()).map((s) => s.replace(/^\d+\. /, ''));
const comes = (page, what) => Promise.all([page.waitForNavigation(), what]);

async function signIn(page, server) {
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await comes(page, page.click('main button'));
}

test('a front is laid out by hand and by keyboard', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const b = await browser(t);
  // tall enough that nothing is scrolled between taking hold of something and letting it go
  const { page, context, complain } = await visit(b, server, { viewport: { width: 1280, height: 2600 } });
  await signIn(page, server);
  await page.goto('/desk/front');

  await t.test('a story is dragged to another place', async () => {
    const [lead, second] = [await headline(page, 1, 1), await headline(page, 2, 2)];
    const from = page.locator('.slot').nth(1).locator('.place').nth(1), to = page.locator('.slot').nth(0).locator('.place').nth(0);
    await comes(page, from.dragTo(to));
    assert.equal(await headline(page, 1, 1), second);
    assert.notEqual(await headline(page, 2, 2), second);
    assert.equal(await page.locator('.place.is-pinned').count(), 1);
    assert.notEqual(await headline(page, 1, 1), lead);
    complain();
  });

  await t.test('a slot is dragged to another position', async () => {
    await page.goto('/desk/front');
    const names = await slotNames(page);
    await comes(page, page.locator('.slot-head').nth(2).dragTo(page.locator('.slot-head').nth(0), { sourcePosition: { x: 200, y: 10 }, targetPosition: { x: 200, y: 10 } }));
    assert.deepEqual(await slotNames(page), [names[2], names[0], names[1], ...names.slice(3)]);
    complain();
  });

  await t.test('by keyboard the same, and the focus stays with what was moved', async () => {
    const names = await slotNames(page);
    await page.locator('.slot-head').nth(0).locator('.is-down').focus();
    await comes(page, page.keyboard.press('Enter'));
    assert.deepEqual((await slotNames(page)).slice(0, 2), [names[1], names[0]]);
    const isFocused = (label) => page.waitForFunction((l) => document.activeElement.getAttribute('aria-label') === l, label);
    await isFocused('Move slot 2 down');

    const moved = await headline(page, 1, 1);
    await page.locator('.slot').nth(0).locator('.place').nth(0).locator('.is-down').focus();
    await comes(page, page.keyboard.press('Enter'));
    assert.equal(await headline(page, 1, 2), moved);
    await isFocused(`Move down: ${moved}`);
    await comes(page, page.keyboard.press('Enter'));
    assert.equal(await headline(page, 1, 3), moved);
    complain();
  });

  await t.test('the preview shows it on a desk and on a telephone, and launches it', async () => {
    const moved = await headline(page, 1, 3);
    await page.click('.draft a.button');
    const frame = page.frameLocator('.preview-frame');
    await frame.locator('.under .card h3', { hasText: moved }).waitFor();
    await comes(page, page.click('.preview-head a >> text=On a telephone'));
    assert.ok(await page.locator('.preview-frame').evaluate((f) => f.clientWidth <= 390));
    await frame.locator('h3', { hasText: moved }).waitFor();
    await comes(page, page.click('.preview-head button'));
    assert.match(await page.locator('[role=status]').innerText(), /Launched/);
    await page.goto('/');
    await page.locator('.under .card h3', { hasText: moved }).waitFor();
    complain();
  });

  await t.test('on a telephone with script off', async () => {
    const bare = await b.newContext({ baseURL: server.address, ...phone, javaScriptEnabled: false, storageState: await context.storageState() });
    const p = await bare.newPage();
    await p.goto('/desk/front');
    const moved = await headline(p, 2, 1);
    await p.locator('.slot').nth(1).locator('.place').nth(0).locator('.is-up').click();
    assert.equal(await headline(p, 1, 3), moved);
    await p.locator('.slot').nth(0).locator('.place').nth(2).locator('a.way-button').click();
    await p.fill('#headline', 'Said another way');
    await p.locator('.picture-choices label').nth(1).click();
    await p.click('.pin-form button');
    assert.equal(await headline(p, 1, 3), 'Said another way');
    await p.click('.draft button >> nth=0');
    await p.goto('/');
    await p.locator('text=Said another way').first().waitFor();
  });
});
