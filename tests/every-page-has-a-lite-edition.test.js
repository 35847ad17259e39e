import assert from 'node:assert/strict';
import { test } from 'node:test';

import { samplePaper } from './lib/paper.js';

const BUDGET = 20 * 1024; // the page and its style sheet, as they travel

const links = (html) => [...html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)].map((m) => m[1]);

test('every page has a lite edition', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const gzip = { headers: { 'accept-encoding': 'gzip' } };
  let story;
  const seen = new Set(), waiting = ['/.lite'];

  while (waiting.length > 0) {
    const where = waiting.pop();
    if (seen.has(where)) continue;
    seen.add(where);
    const page = await server.get(where);
    assert.equal(page.status, 200, where);
    assert.doesNotMatch(page.text, /<script|<img|<picture|<video|style=/, `${where}: text first`);
    const [, canonical] = /<link rel="canonical" href="http:\/\/[^/"]+(\/[^"]*)">/.exec(page.text) ?? [];
    const full = where === '/.lite' ? '/' : where.replace(/\.lite$/, '');
    assert.equal(canonical, full, `${where}: the full page is the one to keep`);
    assert.match((await server.get(full)).text, new RegExp(`href="${where.replaceAll('.', '\\.')}"`), `${full} leads to ${where}`);

    const [, css] = /<link rel="stylesheet" href="([^"]+)">/.exec(page.text);
    const whole = (await server.get(where, gzip)).body.length + (await server.get(css, gzip)).body.length;
    assert.ok(whole < BUDGET, `${where} takes ${whole} bytes`);
    for (const link of links(page.text)) {
      if (link.endsWith('.lite')) waiting.push(link);
      else assert.ok(link === full || /^\/(media|theme)\//.test(link) || page.text.includes(`<article`), `${where} leads out to ${link}`);
    }
  }
  t.diagnostic(`said: ${seen.size} lite pages`);
  assert.ok(seen.size > 40, `only ${seen.size} pages were found`);

  await t.test('a story that is killed is gone there too', async () => {
    const number = (await paper.does('list')).out.split('\t')[0];
    story = `${await paper.address(number)}.lite`;
    assert.equal((await server.get(story)).status, 200);
    await paper.does('kill', number, '--reason', 'legal');
    assert.equal((await server.get(story)).status, 410);
    assert.ok(!(await server.get('/.lite')).text.includes(story));
  });

  await t.test('a switch serves it at the usual addresses', async () => {
    const canonical = (page) => /<link rel="canonical" href="([^"]+)">/.exec(page.text)?.[1];
    const full = [...seen].filter((one) => one !== '/.lite').map((one) => one.replace(/\.lite$/, ''));
    const asked = ['/', '/politics', '/latest', '/archive', full.find((one) => /\/\d{4}\/\d{2}\/\d{2}\/./.test(one) && !one.includes(story.slice(0, -5)))];
    const before = await Promise.all(asked.map((one) => server.get(one)));
    for (const page of before) assert.match(page.text, /<script type="module"/);
    await paper.does('settings', 'set', 'lite', 'on');
    for (const [i, one] of asked.entries()) {
      const page = await server.get(one);
      assert.equal(page.status, 200, one);
      assert.doesNotMatch(page.text, /<script|<img|<picture/, one);
      assert.equal(canonical(page), canonical(before[i]), one);
      assert.ok(links(page.text).every((link) => !link.endsWith('.lite')), `${one}: addresses stay as they are`);
    }
    const gone = await server.get('/none-such');
    assert.equal(gone.status, 404);
    assert.doesNotMatch(gone.text, /<script|<img/);
    await paper.does('settings', 'set', 'lite', 'off');
    assert.match((await server.get('/')).text, /<img/);
  });
});
