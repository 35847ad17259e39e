import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, desktop, pageKinds, phone, picture, readToTheEnd, visit } from '../lib/browser.js';
import { logTo, readLog, strangers } from '../lib/netlog.js';
import { finallyDo, instrumented, samplePaper, temporaryFolder } from '../lib/paper.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe through the debugger's door, so that the page's own policy stays as strict as it is. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return found.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.replace(/\s+/g, ' ')}`).join(' | ')}`);
}

const layout = () => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const unsized = [...document.images].filter((i) => !(+i.getAttribute('width') > 0 && +i.getAttribute('height') > 0)).map((i) => i.src);
  const broken = [...document.images].filter((i) => i.complete && i.naturalWidth === 0).map((i) => i.currentSrc || i.src);
  const wordless = [...document.images].filter((i) => i.getAttribute('alt') === null).map((i) => i.src);
  return { wide, unsized, broken, wordless };
};

const shifts = () => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) window.shifted += e.value;
  }).observe({ type: 'layout-shift', buffered: true });
};

test('every kind of page fits, pleases axe and asks no other host', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const { kinds } = await pageKinds(server);
  assert.ok(kinds['story-table'] && kinds['story-arabic'] && kinds['story-japanese'], Object.keys(kinds).join(' '));
  const log = path.join(await temporaryFolder(t), 'network.json');
  const b = await browser(t, logTo(log));
  const all = { desktop, phone, dark: { ...desktop, colorScheme: 'dark' }, 'phone-dark': { ...phone, colorScheme: 'dark' } };
  // axe and the other faces look at the same bytes, whichever build has sent them
  const faces = instrumented ? { phone } : all;
  if (instrumented) t.diagnostic('said: one face of each page and no axe: the run of the release build looks at all of it');

  for (const [kind, where] of Object.entries(kinds))
    for (const [face, options] of Object.entries(faces)) {
      if (face === 'phone-dark' && !['front', 'story'].includes(kind)) continue;
      await t.test(`${kind}, ${face}`, async () => {
        const { page, context, complain } = await visit(b, server, { reducedMotion: 'reduce', ...options });
        if (kind === 'missing') page.expects = [404];
        await page.addInitScript(shifts);
        await page.goto(where, { waitUntil: 'load' });
        await readToTheEnd(page);
        const { wide, unsized, broken, wordless } = await page.evaluate(layout);
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        assert.deepEqual(unsized, [], 'pictures without width and height');
        assert.deepEqual(broken, [], 'pictures that do not load');
        assert.deepEqual(wordless, [], 'pictures without alt');
        const shifted = await page.evaluate(() => window.shifted);
        assert.ok(shifted < 0.01, `layout shift ${shifted}`);
        if (face === 'dark') {
          const [ground] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
          assert.ok(ground < 80, 'dark is dark');
        }
        await picture(page, `${kind}-${face}`);
        if (!instrumented) assert.deepEqual(await violations(page), []);
        complain();
        await context.close();
      });
    }

  await t.test('the network log names no other host', async () => {
    await b.close();
    const { host, hostname } = new URL(server.address);
    const done = await readLog(log, hostname);
    assert.deepEqual(strangers(done, host), []);
    for (const [kind, where] of Object.entries(kinds))
      assert.ok(done.asked.includes(new URL(where, server.address).href), `${kind} is in the log`);
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
