// browser.js - Debian's Chromium, driven by Playwright, for one test.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { artefacts, finallyDo } from './paper.js';

const words = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
               '--disable-background-networking', '--disable-component-update', '--disable-sync',
               '--disable-dev-shm-usage'];

export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const desktop = { viewport: { width: 1280, height: 900 } };

/** A browser that is closed with the test; `more`: words of its command line. */
export async function browser(t, more = [], options = {}) {
  const b = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...words, ...more], ...options });
  finallyDo(t, () => b.close());
  return b;
}

/**
 * A page on `server`, with what went wrong on it: complain() fails when something did
 * since it was last asked.  Nothing is kept from page to page unless options.serviceWorkers is 'allow'.
 */
export async function visit(b, server, options = {}) {
  const context = await b.newContext({ baseURL: server.address, locale: 'en-GB', timezoneId: 'UTC', serviceWorkers: 'block', ...desktop, ...options });
  const page = await context.newPage();
  const wrong = [], asked = [];
  page.on('console', (m) => { if (!/Service Worker registration blocked by Playwright/.test(m.text()) && ['error', 'warning'].includes(m.type())) wrong.push(`console: ${m.text()} (${m.location().url})`); });
  page.on('pageerror', (e) => wrong.push(`script: ${e.message}`));
  // ERR_ABORTED is the browser's own: it went on to another page while this one's pictures were coming
  page.on('requestfailed', (r) => {
    const why = r.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') wrong.push(`not loaded: ${r.url()} ${why}`);
  });
  page.on('request', (r) => {
    asked.push(r.url());
    if (!r.url().startsWith(`${server.address}/`) && !r.url().startsWith('data:')) wrong.push(`another host is asked: ${r.url()}`);
  });
  page.on('response', (r) => { if (r.status() >= 400 && !page.expects?.includes(r.status())) wrong.push(`${r.status()} for ${r.url()}`); });
  return {
    page, context, asked,
    complain: () => assert.deepEqual(wrong.splice(0).filter((w) => !(page.expects && /Failed to load resource/.test(w))), []),
  };
}

/** Scroll to the end, so that lazy pictures load, and back. */
export async function readToTheEnd(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
      scrollTo(0, y);
      await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
    const shown = [...document.images].filter((i) => i.getBoundingClientRect().width > 0);
    await Promise.all(shown.map((i) => i.complete ? null : new Promise((done) => { i.onload = i.onerror = done; })));
  });
}

export async function picture(page, name, { fullPage = true } = {}) {
  await mkdir(artefacts, { recursive: true });
  await page.screenshot({ path: path.join(artefacts, `${name}.png`), fullPage });
}

/** One address of each kind of page of the sample edition: { kind: path }. */
export async function pageKinds(server) {
  const get = async (where) => (await server.get(where)).text;
  const found = (text, pattern) => {
    const match = pattern.exec(text);
    assert.ok(match, `no ${pattern} on the page`);
    return match[1].replace(/&amp;/g, '&');
  };
  const front = await get('/');
  const story = found(front, /<h2><a href="(\/[^"]+\/\d{4}\/\d{2}\/\d{2}\/[^"]+)"/);
  const text = await get(story);
  const day = /\/\d{4}\/\d{2}\/\d{2}\//.exec(story)[0].slice(0, -1);
  const all = [];
  for (const section of ['island', 'politics', 'business', 'sport', 'culture', 'science', 'opinion'])
    for (const [, href] of (await get(`/${section}`)).matchAll(/<h3><a href="(\/[^"]+\/\d{4}\/\d{2}\/\d{2}\/[^"]+)"/g)) all.push(href);
  const kinds = {
    front: '/', section: '/politics', story, day,
    archive: '/archive', year: day.slice(0, 5), month: day.slice(0, 8), corrections: '/corrections', search: '/search?q=storm+hesper&section=island', 'search-none': '/search?q=hering', 'search-notices': '/search?q=harbour', 'lite-search': '/search.lite?q=harbour', latest: '/latest', privacy: '/privacy', 'lite-archive': '/archive.lite',
    about: '/about', today: '/today', offline: '/offline', 'lite-today': '/today.lite', contact: '/contact', 'lite-contact': '/contact.lite',
    topic: found(text, /rel="tag" href="([^"]+)"/),
    author: found(text, /rel="author" href="([^"]+)"/),
    'topic-written': '/topic/storm-hesper', 'author-written': '/author/nell-varley', place: '/place/kettle-haven', 'lite-place': '/place/kettle-haven.lite',
    notices: '/notices', 'notices-past': '/notices/past', notice: found(await get('/notices'), /entry-title"[^>]*><a href="([^"]+)"/),
    'lite-notices': '/notices.lite', 'lite-notice': `${found(await get('/notices/licensing'), /entry-title"[^>]*><a href="([^"]+)"/)}.lite`,
    missing: '/none-such',
    'lite-front': '/.lite', 'lite-section': '/politics.lite', 'lite-story': `${story}.lite`,
  };
  const running = found(front, /class="ticker-story" href="([^"]+)"/);
  Object.assign(kinds, { running, 'running-oldest': `${running}?order=oldest`, entry: `${running}/entry/5`, 'entry-card': `${running}/entry/7`,
                         'lite-running': `${running}.lite`, 'lite-entry': `${running}/entry/3.lite` });
  // stories that are special in what they show
  const special = { table: /<table/, arabic: /<article class="story"[^>]*dir="rtl"/, japanese: /<article class="story"[^>]*lang="ja/, quote: /<blockquote/, gallery: /class="gallery apart"/, list: /<[uo]l[^>]*>\s*<li id/, film: /<video/, sound: /<audio/, review: /class="reviewed"/ };
  const stories = [...new Set(all)];
  for (const one of stories) {
    const words = await get(one);
    for (const [kind, pattern] of Object.entries(special))
      if (!kinds[`story-${kind}`] && pattern.test(words)) kinds[`story-${kind}`] = one;
  }
  for (const one of stories)
    if (!kinds.history && (await get(one)).includes(`href="${one}/history"`)) kinds.history = `${one}/history`;
  assert.ok(kinds.history, 'a story with an edit history');
  kinds['lite-history'] = `${kinds.history}.lite`;
  kinds.gallery = found(await get(kinds['story-gallery']), /<p class="gallery-all"><a href="([^"]+)"/);
  Object.assign(kinds, { picture: `${kinds.gallery}/1`, 'picture-middle': `${kinds.gallery}/2`,
                         'lite-gallery': `${kinds.gallery}.lite`, 'lite-picture': `${kinds.gallery}/2.lite` });
  return { kinds, stories };
}
