// lighthouse.js ADDRESS RUNS [PATH...] - what Lighthouse says of the pages that readers meet, on the
// telephone it imagines: rows of the benchmark's table.  A browser of its own for each run.
import { readFile } from 'node:fs/promises';
import * as chrome from 'chrome-launcher';
import lighthouse from 'lighthouse';
import * as constants from 'lighthouse/core/config/constants.js';

const { version } = JSON.parse(await readFile(new URL('node_modules/lighthouse/package.json', import.meta.url), 'utf8'));

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const [address, times, ...only] = process.argv.slice(2);
const get = async (path) => (await fetch(address + path)).text();
const found = (text, pattern) => pattern.exec(text)?.[1].replace(/&amp;/g, '&');

/** One of each kind: { kind: path }. */
async function kinds() {
  const front = await get('/');
  const pages = { front: '/', section: '/politics' };
  for (const [, href] of front.matchAll(/<h[23]><a href="(\/[^"]+\/\d{4}\/\d{2}\/\d{2}\/[^"]+)"/g)) {
    const text = await get(href);
    if (text.includes('<video')) pages['story with a film'] ??= href; else pages.story ??= href;
    pages.gallery ??= found(text, /<p class="gallery-all"><a href="([^"]+)"/);
  }
  return { ...pages, search: '/search?q=harbour' };
}

/** How much slower than this machine the telephone is.  Lighthouse's four times are meant for a machine
 *  in the middle of its "high-end desktop" class (benchmarkIndex 1500 to 2000); it asks to be calibrated
 *  elsewhere (its docs/throttling.md), so that the telephone stays the same one. */
const CALIBRATED_AT = 1750 / 4;
const slowdown = (index) => Math.min(4, Math.max(1, Math.round(10 * index / CALIBRATED_AT) / 10));

/** The four scores, and what took something from them.  On a machine that is very busy the trace may
 *  lack its beginning (NO_NAVSTART): then it is looked at again. */
async function look(url, cpuSlowdownMultiplier, again = 3) {
  const browser = await chrome.launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    chromeFlags: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const { lhr } = await lighthouse(url, {
      port: browser.port, onlyCategories: CATEGORIES, logLevel: 'error',
      throttling: { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier },
    });
    if (lhr.runtimeError?.code === 'NO_NAVSTART' && again > 0) return await look(url, cpuSlowdownMultiplier, again - 1);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const weighed = CATEGORIES.flatMap((c) => lhr.categories[c].auditRefs.filter((r) => r.weight > 0).map((r) => lhr.audits[r.id]));
    const lost = weighed.filter((a) => a.score !== null && a.score < 0.9);
    return { index: lhr.environment.benchmarkIndex,
             scores: CATEGORIES.map((c) => Math.round(100 * lhr.categories[c].score)),
             lost: lost.map((a) => `${a.id}${a.displayValue ? ` ${a.displayValue}` : ''}`) };
  } finally {
    await browser.kill();
  }
}

const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

const pages = await kinds();
const index = middle([await look(address + pages.front, 4), await look(address + pages.front, 4), await look(address + pages.front, 4)].map((r) => r.index));
const times_slower = slowdown(index);

for (const [kind, path] of Object.entries(pages)) {
  if (only.length && !only.includes(kind)) continue;
  const runs = [];
  for (let i = 0; i < Number(times); i++) runs.push(await look(address + path, times_slower));
  const scores = CATEGORIES.map((_, at) => middle(runs.map((r) => r.scores[at])));
  const lost = [...new Set(runs.flatMap((r) => r.lost))].join(', ');
  console.log(`| Lighthouse ${version}, mobile: ${kind}: performance, accessibility, best practices, SEO | ${scores.join(', ')} | goal 100 each (benchmarkIndex ${Math.round(index)}, CPU ${times_slower}× slower)${lost ? `; lost on ${lost}` : ''} | |`);
}
