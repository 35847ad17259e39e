// A crop in a browser: its frame is moved and made larger by keys and by hand, keeps its shape and stays within
// the picture, says where it is; what is saved shows the right part; it can be drawn with a finger's width.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { browser, desktop, phone, picture, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { emptyPaper, eventually, patience } from '../lib/paper.js';
import { quarterGreys, quarters } from '../lib/pictures.js';

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('a crop is drawn on a picture', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const { page, complain } = await visit(await browser(t), server, { reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000 * patience);
  await page.goto(firstLink(server));
  for (const [name, value] of Object.entries({ name: 'Ada Quill', email: 'ada@paper.example', password })) await page.fill(`#${name}`, value);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  await page.goto('/desk/pictures');
  await page.setInputFiles('input[type=file]', { name: 'quarters.png', mimeType: 'image/png', buffer: quarters(1200, 800) });
  await eventually('it is taken in', async () => (await page.locator('.wall a').count()) === 1, { within: 60_000 * patience });
  await page.goto('/desk/pictures/1');

  const numbers = (shape) => page.$$eval(`#crop-${shape} .four input`, (all) => all.map((f) => Number(f.value)));
  const frame = (shape) => page.locator(`#crop-${shape} .crop-frame`);
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };

  await t.test('what was not cropped follows the focal point', async () => {
    assert.deepEqual(await numbers('square'), [16.7, 0, 66.7, 100]);
    await page.fill('#focus_x', '0');
    assert.equal((await numbers('square'))[0], 0);
    assert.match(await page.getAttribute('#shown-square', 'viewBox'), /^0 0 800/);
    await page.fill('#focus_x', '50');
  });

  await t.test('by keyboard', async () => {
    await page.focus('#crop-wide summary');
    await press('Enter', 'Tab');
    assert.equal(await frame('wide').evaluate((f) => f === document.activeElement), true, 'the frame is next');
    assert.deepEqual(await numbers('wide'), [0, 0, 100, 100]);
    await press('Shift+ArrowLeft', 'Shift+ArrowUp');
    assert.deepEqual(await numbers('wide'), [0, 0, 98, 98]);
    await press('ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.deepEqual(await numbers('wide'), [1, 2, 98, 98], 'not beyond the picture');
    assert.equal(await page.textContent('#crop-wide .crop-said'), 'From the left, per cent: 1; From the top, per cent: 2; Across, per cent: 98; Down, per cent: 98');
    for (let i = 0; i < 90; i++) await press('Shift+ArrowLeft');
    const [, , across, down] = await numbers('wide');
    assert.ok(across >= 26.7 && across < 28, 'at least 320 pixels stay');
    assert.ok(Math.abs(across - down) <= 0.2);
  });

  await t.test('by hand', async () => {
    const square = page.locator('#crop-square');
    await square.locator('summary').click();
    await frame('square').scrollIntoViewIfNeeded();
    const stage = await square.locator('.crop-stage').boundingBox();
    const corner = await square.locator('[data-corner=se]').boundingBox();
    // the lower right corner to the middle of the picture: the upper left one stays
    await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width * 0.5, stage.y + stage.height * 0.5, { steps: 5 });
    await page.mouse.up();
    const [left, top, across, down] = await numbers('square');
    assert.deepEqual([left, top], [16.7, 0]);
    assert.ok(Math.abs(down - 50) < 1, `half as high: ${down}`);
    assert.ok(Math.abs(across - down * 2 / 3) < 0.2, 'a square');
    // the whole frame beyond the upper right: as far as that goes
    const box = await frame('square').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width + 50, stage.y - 50, { steps: 5 });
    await page.mouse.up();
    const now = await numbers('square');
    assert.deepEqual([now[1], now[2]], [0, across]);
    assert.ok(Math.abs(now[0] + across - 100) < 0.11);
  });

  await t.test('what is saved is what was framed', async () => {
    await Promise.all([page.waitForNavigation(), page.click('#crop-square button[value=crop]')]);
    assert.equal(await page.getAttribute('#crop-square', 'open'), '', 'it is open still');
    const name = `square-${(await page.inputValue('#crop-square [name=was]'))}`;
    const where = `/desk/media/1/${name}/320.jpg`;
    await eventually('it is made', async () => (await page.request.get(where)).ok(), { within: 60_000 * patience });
    const greys = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      pen.drawImage(image, 0, 0);
      const { width, height } = canvas;
      return [width, height, ...[[0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) => pen.getImageData(width * x, height * y, 1, 1).data[0])];
    }, where);
    assert.deepEqual(greys.slice(0, 2), [320, 320]);
    for (const grey of greys.slice(2)) assert.ok(Math.abs(grey - quarterGreys[1]) < 6, `the upper right quarter alone: ${greys}`);
    await Promise.all([page.waitForNavigation(), page.click('#crop-square button[value=none]')]);
    assert.equal(await page.inputValue('#crop-square [name=was]'), '');
  });

  await t.test('the page fits and pleases axe, on a telephone and in the dark too', async () => {
    for (const [name, options] of [['desktop', { ...desktop }], ['dark', { ...desktop, colorScheme: 'dark' }], ['phone', phone]]) {
      await page.setViewportSize(options.viewport);
      await page.emulateMedia({ colorScheme: options.colorScheme ?? 'light' });
      await page.goto('/desk/pictures/1');
      for (const shape of ['wide', 'square']) await page.click(`#crop-${shape} summary`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: nothing sticks out`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`), [], name);
      await picture(page, `crop-${name}`);
    }
  });
  complain();
});
