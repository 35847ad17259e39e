import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, pageKinds, phone, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

const counter = (page, words) => page.waitForFunction((w) => document.querySelector('.shot-count')?.textContent.trim() === w, words);
const graph = async (page) => JSON.parse(await page.locator('script[type="application/ld+json"]').innerText())['@graph'];

async function swipe(page, context, by) {
  const box = await page.locator('.shot-figure img').boundingBox();
  const session = await context.newCDPSession(page);
  const y = box.y + box.height / 2, x = box.x + box.width / 2 - by / 2;
  const touch = (type, at) => session.send('Input.dispatchTouchEvent', { type, touchPoints: at === null ? [] : [{ x: at, y }] });
  await touch('touchStart', x);
  for (let i = 1; i <= 5; i++) await touch('touchMove', x + (by * i) / 5);
  await touch('touchEnd', null);
}

test('a gallery is gone through by key, swipe and link', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const b = await browser(t);
  const { kinds } = await pageKinds(server);
  const all = kinds.gallery, pictures = (await server.get(all)).text.match(/<figure>/g).length;
  const at = (page) => new URL(page.url()).pathname;

  await t.test('from the story to all pictures to one', async () => {
    const { page, context, complain } = await visit(b, server);
    await page.goto(kinds['story-gallery']);
    assert.equal(await page.locator('.gallery-all a').innerText(), `${pictures} pictures`);
    await page.locator('.gallery-all a').click();
    assert.equal(at(page), all);
    assert.equal(await page.locator('.hanging-wall figcaption .credit').count(), pictures, 'each with its credit');
    await page.locator('.hanging-wall a').nth(1).click();
    assert.equal(at(page), `${all}/2`);
    complain();
    await context.close();
  });

  await t.test('by keyboard', async () => {
    const { page, context, asked, complain } = await visit(b, server);
    await page.goto(`${all}/1`);
    await counter(page, `1 of ${pictures}`);
    const first = await page.locator('.shot-figure img').getAttribute('src');
    await page.keyboard.press('ArrowRight');
    await counter(page, `2 of ${pictures}`);
    assert.equal(at(page), `${all}/2`);
    assert.match(await page.title(), new RegExp(`^Picture 2 of ${pictures}`));
    assert.notEqual(await page.locator('.shot-figure img').getAttribute('src'), first);
    await page.waitForFunction(() => document.querySelector('.shot-figure img').naturalWidth > 0);
    await page.keyboard.press('End');
    await counter(page, `${pictures} of ${pictures}`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await counter(page, `${pictures - 1} of ${pictures}`);
    await page.keyboard.press('Home');
    await counter(page, `1 of ${pictures}`);
    await page.goBack();
    await counter(page, `${pictures - 1} of ${pictures}`);
    await page.locator('.shot-ways [rel=prev]').focus();
    await page.keyboard.press('Enter');
    await counter(page, `${pictures - 2} of ${pictures}`);
    assert.equal(await page.evaluate(() => document.activeElement.rel), 'prev', 'the focus stays');
    await page.keyboard.press('Escape');
    await page.waitForURL(`**${all}`);
    assert.equal(asked.filter((url) => url.endsWith(`${all}/2`)).length, 1, 'a neighbour is asked for once');
    complain();
    await context.close();
  });

  await t.test('the whole screen', async () => {
    const { page, context, complain } = await visit(b, server);
    await page.goto(`${all}/1`);
    await page.locator('.shot-whole').click();
    await page.waitForFunction(() => document.fullscreenElement?.matches('.shot'));
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await counter(page, `2 of ${pictures}`);
    assert.ok(await page.evaluate(() => document.fullscreenElement !== null), 'it stays while one goes on');
    assert.ok(await page.locator('.shot-figure figcaption').isVisible());
    await page.evaluate(() => document.exitFullscreen());
    complain();
    await context.close();
  });

  await t.test('by swipe', async () => {
    const { page, context, complain } = await visit(b, server, phone);
    await page.goto(`${all}/1`);
    await swipe(page, context, -160);
    await counter(page, `2 of ${pictures}`);
    await swipe(page, context, 160);
    await counter(page, `1 of ${pictures}`);
    complain();
    await context.close();
  });

  await t.test('with script off', async () => {
    const { page, context, complain } = await visit(b, server, { javaScriptEnabled: false });
    await page.goto(`${all}/1`);
    assert.equal(await page.locator('.shot-whole').isVisible(), false, 'what needs script is not offered');
    for (let i = 2; i <= pictures; i++) {
      await page.locator('.shot-ways [rel=next]').click();
      assert.equal(at(page), `${all}/${i}`);
      assert.ok((await page.locator('figcaption').innerText()).length > 10);
    }
    assert.equal(await page.locator('.shot-ways [rel=next]').count(), 0);
    complain();
    await context.close();
  });

  await t.test('and machines are told', async () => {
    const { page, context } = await visit(b, server, { javaScriptEnabled: false });
    await page.goto(all);
    const gallery = (await graph(page)).find((one) => one['@type'] === 'ImageGallery');
    assert.equal(gallery.associatedMedia.length, pictures);
    for (const one of gallery.associatedMedia) assert.ok(one.contentUrl && one.caption && one.creditText, JSON.stringify(one));
    await page.goto(`${all}/2`);
    const [shot] = (await graph(page)).find((one) => one['@type'] === 'ImageGallery').associatedMedia;
    assert.equal(await page.locator('meta[property="og:image"]').getAttribute('content'), shot.contentUrl);
    await context.close();
  });

  await t.test('an address that is none of it is not found', async () => {
    for (const one of [`${all}/0`, `${all}/${pictures + 1}`, `${all}/01`, `${all.replace(/1$/, '9')}`, `${all}/99999999999999999999`])
      assert.equal((await server.get(one)).status, 404, one);
  });
});
