import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageKinds } from './lib/browser.js';
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
    const [, second] = (await paper.does('list')).out.split('\n'); // the first is told as it happens
    const number = second.split('\t')[0];
    const story = `${await paper.address(number)}.lite`;
    assert.equal((await server.get(story)).status, 200);
    await paper.does('kill', number, '--reason', 'legal');
    assert.equal((await server.get(story)).status, 410);
    assert.ok(!(await server.get('/.lite')).text.includes(story));
  });

  await t.test('a switch serves it at the usual addresses', async () => {
    const { kinds } = await pageKinds(server);
    const canonical = (html) => /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1];
    const full = Object.entries(kinds).filter(([kind]) => !kind.startsWith('lite-'));
    const before = {};
    for (const [kind, where] of full) before[kind] = (await server.get(where)).text;

    await paper.does('settings', 'set', 'lite', 'on');
    for (const [kind, where] of full) {
      const { text } = await server.get(where);
      assert.match(before[kind], /<script type="module"/, `${kind}: it was the full page`);
      assert.doesNotMatch(text, /<script|<img|<picture|<video/, `${kind} is lite at once`);
      assert.equal(canonical(text), canonical(before[kind]), `${kind}: the page to keep is the same`);
      assert.ok(links(text).every((link) => !link.endsWith('.lite')), `${kind}: addresses stay as they are`);
    }
    assert.doesNotMatch((await server.get('/.lite')).text, /with pictures/, 'there is none with pictures');
    await paper.does('settings', 'set', 'lite', 'off');
    for (const [kind, where] of full) assert.match((await server.get(where)).text, /<script type="module"/, kind);
  });
});
