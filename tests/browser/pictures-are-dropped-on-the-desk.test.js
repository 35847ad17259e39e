// The library of pictures in a browser: three files dropped at once, each with how far it is; found by their
// words; the focal point set by keyboard and by a click.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { emptyPaper, eventually, patience } from '../lib/paper.js';
import { hostile, noise } from '../lib/pictures.js';

test('pictures are dropped on the desk', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const { page, complain } = await visit(await browser(t), server, { reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000 * patience);
  page.expects = [422, 503, 409];
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  await page.goto('/desk/pictures');
  await page.locator('.drop-send').waitFor({ state: 'hidden' });

  const files = [['Kutter.png', noise(1300, 1100, 3)], ['Hafen.png', noise(400, 300, 4)], ['script.jpg', hostile['script.jpg']]];
  const dropped = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const [name, base64] of all) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: 'image/png' }));
    return data;
  }, files.map(([name, bytes]) => [name, bytes.toString('base64')]));
  await page.dispatchEvent('main', 'dragover', { dataTransfer: dropped });
  assert.equal(await page.locator('.takes-drops').count(), 1);
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  assert.equal(await page.locator('.sent').count(), 3);
  assert.ok(await page.locator('.sent progress').first().getAttribute('aria-label') !== '');
  const states = () => page.locator('.sent .row-foot').allTextContents();
  await eventually('all three have come to an end', async () => (await page.locator('.sent progress').count()) === 0, { within: 60_000 * patience });
  const ends = await states();
  assert.deepEqual(ends.slice(0, 2), ['taken in', 'taken in']);
  assert.match(ends[2], /cannot be used.*SVG/);
  assert.match(await page.textContent('#sending-said'), /Not everything could be taken in\./);
  assert.deepEqual((await page.locator('.wall .tile-name').allTextContents()).sort(), ['Hafen.png', 'Kutter.png']);
  assert.equal(await page.evaluate(() => localStorage.getItem('desk-uploads')), '{}', 'nothing is left to go on with');

  await page.fill('#words', 'kut');
  await Promise.all([page.waitForNavigation(), page.press('#words', 'Enter')]);
  assert.deepEqual(await page.locator('.wall .tile-name').allTextContents(), ['Kutter.png']);
  await Promise.all([page.waitForNavigation(), page.click('.wall a')]);

  // by keyboard
  await page.focus('#focus_x');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp');
  assert.equal(await page.inputValue('#focus_x'), '53');
  assert.equal(await page.locator('.aim-mark circle').first().getAttribute('cx'), '53%');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(await page.inputValue('#focus_x'), '53');
  // by a click
  const box = await page.locator('#aim img').boundingBox();
  await page.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.5);
  assert.equal(await page.inputValue('#focus_x'), '25');
  await page.fill('#alt', 'A cutter in fog');
  await Promise.all([page.waitForNavigation(), page.click('#picture button')]);
  assert.equal(await page.inputValue('#focus_x'), '25');
  assert.equal(await page.inputValue('#alt'), 'A cutter in fog');
  complain();
});
