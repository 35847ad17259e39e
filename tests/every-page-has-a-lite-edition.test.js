import assert from 'node:assert/strict';
import { test } from 'node:test';

import { samplePaper } from './lib/paper.js';

const BUDGET = 20 * 1024; // the page and its style sheet, as they travel

const links = (html) => [...html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)].map((m) => m[1]);

test('every page has a lite edition', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const gzip = { headers: { 'accept-encoding': 'gzip' } };
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
    const story = `${await paper.address(number)}.lite`;
    assert.equal((await server.get(story)).status, 200);
    await paper.does('kill', number, '--reason', 'legal');
    assert.equal((await server.get(story)).status, 410);
    assert.ok(!(await server.get('/.lite')).text.includes(story));
  });

  await t.test('a switch serves it at the usual addresses', async () => {
    await paper.does('settings', 'set', 'lite', 'on');
    const front = await server.get('/');
    assert.doesNotMatch(front.text, /<script|<img/);
    assert.ok(links(front.text).every((link) => !link.endsWith('.lite')), 'addresses stay as they are');
    await paper.does('settings', 'set', 'lite', 'off');
    assert.match((await server.get('/')).text, /<img/);
  });
});
