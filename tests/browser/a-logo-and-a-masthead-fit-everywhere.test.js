// Logos wide and square, on the page's ground and on one of the masthead's own, by day and by night.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { browser, desktop, phone, picture, visit } from '../lib/browser.js';
import { publisher } from '../lib/desk.js';
import { instrumented, samplePaper } from '../lib/paper.js';
import { quarters } from '../lib/pictures.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  return page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`));
}

const look = () => {
  const img = document.querySelector('.name img'), { width, height } = img.getBoundingClientRect();
  return {
    loaded: img.complete && img.naturalWidth > 0, alt: img.alt, width, height,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    middle: Math.round(img.getBoundingClientRect().x + width / 2 - innerWidth / 2),
  };
};

/** The number of a picture that no story shows. */
async function take(paper, ada, name, bytes) {
  await paper.does('ingest', '--publish', await paper.copy(`${name}.png`, bytes));
  return /href="\/desk\/pictures\/(\d+)"/.exec((await ada.get('/desk/pictures')).text)[1];
}

test('a logo and a masthead of its own colour fit everywhere', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const logos = { wide: await take(paper, ada, 'wide', quarters(1500, 125)), square: await take(paper, ada, 'square', quarters(400, 400)) };
  const story = /<h2><a href="(\/[^"]+\/\d{4}\/[^"]+)"/.exec((await server.get('/')).text)[1];
  const b = await browser(t);

  for (const [shape, ground] of [['wide', ''], ['wide', '#1d4f76'], ['square', '#ffd400']]) {
    await paper.does('settings', 'set', 'logo', logos[shape]);
    await paper.does('settings', 'set', 'masthead', ground);
    for (const [face, options] of Object.entries({ phone, desktop }))
      for (const colorScheme of ['light', 'dark'])
        await t.test(`${shape} on ${ground || 'the page'}, ${face}, ${colorScheme}`, async () => {
          const { page, context, complain } = await visit(b, server, { reducedMotion: 'reduce', colorScheme, ...options });
          for (const [kind, where] of Object.entries({ front: '/', story })) {
            await page.goto(where, { waitUntil: 'load' });
            const seen = await page.evaluate(look);
            await picture(page, `logo-${shape}-${ground.slice(1)}-${face}-${colorScheme}-${kind}`, { fullPage: false });
            assert.ok(seen.loaded && seen.alt, kind);
            assert.ok(seen.wide <= 0, `${kind}: ${seen.wide} pixels too wide`);
            assert.ok(seen.height >= 40 && seen.height <= 88 && seen.width >= 40, `${kind}: ${seen.width} by ${seen.height}`);
            assert.ok(Math.abs(seen.middle) <= 1, `${kind}: ${seen.middle} pixels from the middle`);
            if (!instrumented) assert.deepEqual(await violations(page), [], kind);
          }
          complain();
          await context.close();
        });
  }

  await t.test('nothing moves when the logo comes', async () => {
    const { page, complain } = await visit(b, server, { reducedMotion: 'reduce', ...phone });
    let come;
    const held = new Promise((done) => { come = done; });
    await page.route(`**/media/${logos.square}/**`, async (route) => { await held; await route.continue(); });
    await page.goto('/', { waitUntil: 'domcontentloaded' });
    const before = await page.evaluate(look);
    assert.ok(!before.loaded);
    come();
    await page.waitForFunction(() => document.querySelector('.name img').naturalWidth > 0);
    assert.deepEqual(await page.evaluate(look), { ...before, loaded: true });
    complain();
  });
});
