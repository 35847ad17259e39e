// lighthouse.js ADDRESS RUNS [PATH...] - what Lighthouse says of the pages that readers meet, on the
// telephone it imagines: rows of the benchmark's table.  A browser of its own for each run.
import { readFile } from 'node:fs/promises';
import * as chrome from 'chrome-launcher';
import lighthouse from 'lighthouse';

const { version } = JSON.parse(await readFile(new URL('node_modules/lighthouse/package.json', import.meta.url), 'utf8'));

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const [address, times, ...only] = process.argv.slice(2);
const get = async (path) => (await fetch(address + path)).text();
const found = (text, pattern) => pattern.exec(text)?.[1].replace(/&amp;/g, '&');

/** One of each kind: { kind: path }. */
async function kinds() {
  const front = await get('/');
  const story = found(front, /<h2><a href="(\/[^"]+\/\d{4}\/\d{2}\/\d{2}\/[^"]+)"/);
  const pages = { front: '/', section: '/politics', story };
  for (const [, href] of front.matchAll(/<h[23]><a href="(\/[^"]+\/\d{4}\/\d{2}\/\d{2}\/[^"]+)"/g))
    pages.gallery ??= found(await get(href), /<p class="gallery-all"><a href="([^"]+)"/);
  return { ...pages, search: '/search?q=harbour' };
}

/** The four scores, and what took something from them.  On a machine that is very busy the trace may
 *  lack its beginning (NO_NAVSTART): then it is looked at again. */
async function look(url, again = 3) {
  const browser = await chrome.launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const { lhr } = await lighthouse(url, { port: browser.port, onlyCategories: CATEGORIES, logLevel: 'error' });
    if (lhr.runtimeError?.code === 'NO_NAVSTART' && again > 0) return await look(url, again - 1);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const weighed = CATEGORIES.flatMap((c) => lhr.categories[c].auditRefs.filter((r) => r.weight > 0).map((r) => lhr.audits[r.id]));
    const lost = weighed.filter((a) => a.score !== null && a.score < 0.9);
    return { scores: CATEGORIES.map((c) => Math.round(100 * lhr.categories[c].score)),
             lost: lost.map((a) => `${a.id}${a.displayValue ? ` ${a.displayValue}` : ''}`) };
  } finally {
    await browser.kill();
  }
}

const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

for (const [kind, path] of Object.entries(await kinds())) {
  if (only.length && !only.includes(kind)) continue;
  const runs = [];
  for (let i = 0; i < Number(times); i++) runs.push(await look(address + path));
  const scores = CATEGORIES.map((_, at) => middle(runs.map((r) => r.scores[at])));
  const lost = [...new Set(runs.flatMap((r) => r.lost))].join(', ');
  console.log(`| Lighthouse ${version}, mobile: ${kind}: performance, accessibility, best practices, SEO | ${scores.join(', ')} | goal 100 each${lost ? `; lost on ${lost}` : ''} | |`);
}
