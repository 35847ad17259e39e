import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, desktop, pageKinds, phone, picture, readToTheEnd, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { logTo, readLog, strangers } from '../lib/netlog.js';
import { finallyDo, instrumented, samplePaper, temporaryFolder } from '../lib/paper.js';
import { inPieces } from '../lib/pieces.js';

const TALL = 3000;    // pixels
const STILL = 0.003;  // a line of words that is cut off and goes on in the next; a picture without its size is ten times that

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe through the debugger's door, so that the page's own policy stays as strict as it is. */
async function violations(page, options = {}) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const found = await page.evaluate(async (o) => (await axe.run(document, { resultTypes: ['violations'], ...o })).violations, options);
  return found.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.replace(/\s+/g, ' ')}`).join(' | ')}`);
}

const layout = () => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const unsized = [...document.images].filter((i) => !(+i.getAttribute('width') > 0 && +i.getAttribute('height') > 0)).map((i) => i.src);
  const broken = [...document.images].filter((i) => i.complete && i.naturalWidth === 0).map((i) => i.currentSrc || i.src);
  const wordless = [...document.images].filter((i) => i.getAttribute('alt') === null).map((i) => i.src);
  return { wide, unsized, broken, wordless };
};

/** Keeps what moved, and from where to where: `x,y width×height`. */
const watchShifts = () => {
  const place = (r) => `${Math.round(r.x)},${Math.round(r.y)} ${Math.round(r.width)}×${Math.round(r.height)}`;
  const name = (n) => (n ? `${n.nodeName.toLowerCase()}.${n.className || ''} "${n.textContent.replace(/\s+/g, ' ').trim().slice(0, 30)}"` : 'what is gone');
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const e of list.getEntries())
      window.shifts.push({ value: e.value, moved: e.sources.map((s) => `${name(s.node)} from ${place(s.previousRect)} to ${place(s.currentRect)}`) });
  }).observe({ type: 'layout-shift', buffered: true });
};

/** Nothing may move, wherever on the page a reader has got to: so the window is tall while it comes. */
async function comesWithoutMoving(page, where, { width, height }) {
  await page.setViewportSize({ width, height: TALL });
  await page.goto(where, { waitUntil: 'load' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shifts = await page.evaluate(() => window.shifts);
  const sum = shifts.reduce((all, s) => all + s.value, 0);
  assert.ok(sum < STILL, `layout shift ${sum}:\n${shifts.map((s) => `${s.value} ${s.moved.join('; ')}`).join('\n')}`);
  await page.setViewportSize({ width, height });
}

async function fits(page) {
  await readToTheEnd(page);
  const { wide, unsized, broken, wordless } = await page.evaluate(layout);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  assert.deepEqual(unsized, [], 'pictures without width and height');
  assert.deepEqual(broken, [], 'pictures that do not load');
  assert.deepEqual(wordless, [], 'pictures without alt');
}

/** The same page in the dark: colours change and nothing else. */
async function canBeReadInTheDark(page) {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const [ground] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.ok(ground < 80, 'dark is dark');
  if (!instrumented) assert.deepEqual(await violations(page, { runOnly: ['color-contrast'] }), [], 'in the dark');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test('every kind of page fits, pleases axe and asks no other host', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const { kinds } = await pageKinds(server);
  await paper.does('front', '--section', 'sport', 'make');
  const story = (name, headline) => paper.publish(`${name}.xml`, newsml({ guid: `urn:newsml:tests.example:${name}`, headline }));
  const gone = await story('gone', 'Gone');
  await story('long', `${'Donaudampfschifffahrts'.repeat(4)}gesellschaft`);
  const beside = await story('beside', 'Beside a long word');
  await paper.does('withdraw', gone);
  Object.assign(kinds, { 'section-front': '/sport', gone: await paper.address(gone), 'beside-a-long-word': await paper.address(beside) });
  const statuses = { missing: [404], gone: [410] };
  assert.ok(kinds['story-table'] && kinds['story-review'] && kinds['story-arabic'] && kinds['story-japanese'], Object.keys(kinds).join(' '));
  const slow = await inPieces(t, server);
  const log = path.join(await temporaryFolder(t), 'network.json');
  const b = await browser(t, logTo(log));
  // axe and the other face look at the same bytes, whichever build has sent them
  const faces = instrumented ? { phone } : { desktop, phone };
  if (instrumented) t.diagnostic('said: one face of each page and no axe: the run of the release build looks at all of it');

  for (const [face, options] of Object.entries(faces)) {
    const { page, complain } = await visit(b, slow, { reducedMotion: 'reduce', ...options });
    slow.page = page;
    await page.addInitScript(watchShifts);
    for (const [kind, where] of Object.entries(kinds))
      await t.test(`${kind}, ${face}`, async () => {
        page.expects = statuses[kind];
        try {
          await comesWithoutMoving(page, where, options.viewport);
          await fits(page);
          if (!instrumented) assert.deepEqual(await violations(page), []);
          await canBeReadInTheDark(page);
          complain();
        } catch (e) {
          await picture(page, `${kind}-${face}`);
          throw e;
        }
      });
  }

  await t.test('the network log names no other host', async () => {
    await b.close();
    const { host, hostname } = new URL(slow.address);
    const done = await readLog(log, hostname);
    assert.deepEqual(strangers(done, host), []);
    for (const [kind, where] of Object.entries(kinds))
      assert.ok(done.asked.includes(new URL(where, slow.address).href), `${kind} is in the log`);
    t.diagnostic(`said: ${done.asked.length} requests of ${Object.keys(kinds).length} kinds of page, all to the paper`);
  });
});

test('the network log would name another host', async (t) => {
  const html = '<!doctype html><title>Elsewhere</title><img alt="" src="http://elsewhere.example/spy.png">';
  const site = http.createServer((_, reply) => reply.setHeader('Content-Type', 'text/html').end(html));
  await new Promise((up) => site.listen(0, '127.0.0.1', up));
  finallyDo(t, () => new Promise((down) => { site.close(down); site.closeAllConnections(); }));
  const log = path.join(await temporaryFolder(t), 'network.json');
  const b = await browser(t, logTo(log));
  const page = await b.newPage();
  const failed = page.waitForEvent('requestfailed');
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  await failed;
  await b.close();
  const seen = strangers(await readLog(log, '127.0.0.1'), `127.0.0.1:${site.address().port}`);
  assert.ok(seen.includes('http://elsewhere.example/spy.png'), seen.join(' '));
});
