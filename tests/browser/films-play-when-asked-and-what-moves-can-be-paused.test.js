import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, desktop, phone, picture, visit } from '../lib/browser.js';
import { samplePaper } from '../lib/paper.js';

const isMedia = (url) => /\/film\.(webm|mp3)$/.test(new URL(url).pathname);

async function storyWith(server, pattern) {
  for (const section of ['island', 'science', 'politics', 'business', 'culture'])
    for (const [, href] of (await server.get(`/${section}`)).text.matchAll(/<h3><a href="(\/[^"]+\/\d{4}\/[^"]+)"/g))
      if (pattern.test((await server.get(href)).text)) return href;
  assert.fail(`no story with ${pattern}`);
}

test('films play when asked, and what moves can be paused', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const b = await browser(t);
  const storm = await storyWith(server, /<video/), bell = await storyWith(server, /<audio/);

  await t.test('nothing is loaded or played by itself', async () => {
    const { page, context, asked, complain } = await visit(b, server);
    for (const path of [storm, bell]) {
      await page.goto(path, { waitUntil: 'load' });
      assert.ok(await page.evaluate(() => [...document.querySelectorAll('video, audio')].every((m) => m.paused && !m.autoplay && m.preload === 'none')));
    }
    assert.deepEqual(asked.filter(isMedia), []);
    complain();
    await context.close();
  });

  await t.test('a film plays when asked, with its captions as a text track', async () => {
    const { page, context, asked, complain } = await visit(b, server);
    await page.goto(storm);
    await page.locator('video').scrollIntoViewIfNeeded();
    await page.evaluate(() => { const v = document.querySelector('video'); v.muted = true; v.textTracks[0].mode = 'showing'; return v.play(); });
    await page.waitForFunction(() => document.querySelector('video').currentTime > 0.5, null, { timeout: 60000 });
    await page.waitForFunction(() => document.querySelector('video').textTracks[0].cues?.length === 6, null, { timeout: 60000 });
    const facts = await page.evaluate(() => {
      const v = document.querySelector('video'), track = v.textTracks[0];
      v.pause();
      return { length: Math.round(v.duration), width: v.videoWidth, kind: track.kind, language: track.language, first: track.cues[0].text };
    });
    assert.deepEqual({ ...facts, first: facts.first.slice(0, 6) }, { length: 15, width: 640, kind: 'captions', language: 'en', first: '[Wind]' });
    assert.ok(asked.some(isMedia));
    complain();
    await context.close();
  });

  for (const [how, options] of Object.entries({ phone, desktop }))
    await t.test(`the transcript opens by keyboard, ${how}`, async () => {
      const { page, context, complain } = await visit(b, server, options);
      await page.goto(storm);
      const summary = page.locator('.transcript summary');
      await summary.focus();
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('.transcript div').isVisible());
      assert.match(await page.locator('.transcript div').innerText(), /it sits down/);
      await page.locator('figure.video').scrollIntoViewIfNeeded();
      await picture(page, `film-${how}`, { fullPage: false });
      complain();
      await context.close();
    });

  await t.test('a sound plays with script off, by the browser alone', async () => {
    const { page, context, complain } = await visit(b, server, { javaScriptEnabled: false });
    await page.goto(bell);
    assert.ok(await page.locator('figure.audio audio').isVisible());
    assert.equal(await page.locator('.still').isVisible(), false, 'nothing moves, so nothing is to be paused');
    complain();
    await context.close();
  });

  await t.test('what updates by itself has a pause that is remembered', async () => {
    const { page, context, complain } = await visit(b, server);
    await page.clock.install();
    await page.goto('/');
    const still = page.locator('.still'), time = page.locator('main time', { hasText: / minutes? ago|hours? ago/ }).first();
    assert.ok(await still.isVisible());
    assert.equal(await still.getAttribute('aria-pressed'), 'false');
    const before = await time.innerText();
    await page.clock.runFor('01:10:00');
    assert.notEqual(await time.innerText(), before, 'times go on');
    await still.focus();
    await page.keyboard.press('Space');
    assert.equal(await still.getAttribute('aria-pressed'), 'true');
    const held = await time.innerText();
    await page.clock.runFor('01:10:00');
    assert.equal(await time.innerText(), held, 'times stand still');
    await page.goto(storm);
    assert.equal(await still.getAttribute('aria-pressed'), 'true', 'it is remembered');
    const moves = () => page.evaluate(() => { document.body.style.animation = 'turn 1s infinite'; return getComputedStyle(document.body).animationName; });
    assert.equal(await moves(), 'none', 'whatever would move');
    await still.click();
    assert.equal(await moves(), 'turn');
    await page.goto('/');
    assert.equal(await still.getAttribute('aria-pressed'), 'false');
    complain();
    await context.close();
  });

  await t.test('who asks the device for less motion begins with it', async () => {
    const { page, context, complain } = await visit(b, server, { reducedMotion: 'reduce' });
    await page.goto('/');
    const still = page.locator('.still');
    assert.equal(await still.getAttribute('aria-pressed'), 'true');
    await still.click();
    await page.reload();
    assert.equal(await still.getAttribute('aria-pressed'), 'false', 'and may say otherwise');
    complain();
    await context.close();
  });
});
