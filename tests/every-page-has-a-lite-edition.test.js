import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { pageKinds } from './lib/browser.js';
import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, root, samplePaper } from './lib/paper.js';

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

test('a long story is in parts, each as small as any lite page', async (t) => {
  const paper = await emptyPaper(t);
  const pictures = path.join(root, 'sample/pictures');
  const hung = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort().slice(0, 2);
  for (const f of hung) await paper.copy(f, await readFile(path.join(pictures, f)));
  const gallery = `<div class="gallery">${hung.map((f) => `<figure><img src="${f}" alt=""/><figcaption>A quay</figcaption></figure>`).join('')}</div>`;

  // 10,000 words, nearly all of them different, as no text of a paper is
  let seed = 7;
  const some = (of) => of[(seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8 & of.length - 1];
  const syllables = 'ba de fi go hu jal kem nir pos tuv wex ly cro sta thi mer'.split(' ');
  const word = () => Array.from({ length: 2 + (seed >>> 9) % 2 }, () => some(syllables)).join('');
  const paragraphs = Array.from({ length: 100 }, (_, i) => `${i % 10 === 0 ? `<h2>Chapter ${i / 10}</h2>` : ''}<p>No${i} ${Array.from({ length: 99 }, word).join(' ')}.</p>`);
  const file = await paper.copy('long.xml', newsml({ headline: 'All of it', standfirst: 'From the beginning.', body: `${gallery}${paragraphs.join('')}${gallery}` }));
  const story = await paper.address(/story (\d+)/.exec((await paper.does('ingest', '--publish', file)).out)[1]);
  const server = await paper.serve('--quiet');
  const gzip = { headers: { 'accept-encoding': 'gzip' } };
  await eventually('its pictures are there', async () => (await server.get(`${story}.lite`)).text.includes('/gallery/1'));

  const parts = [];
  for (let at = `${story}.lite`; at; at = /<a rel="next" href="([^"]*\?part=\d+)"/.exec(parts.at(-1).text)?.[1])
    parts.push({ at, ...(await server.get(at)) });
  assert.ok(parts.length > 1, 'it is cut');
  for (const { at, status, text } of parts) {
    assert.equal(status, 200, at);
    const [, css] = /<link rel="stylesheet" href="([^"]+)">/.exec(text);
    const whole = (await server.get(at, gzip)).body.length + (await server.get(css, gzip)).body.length;
    assert.ok(whole < BUDGET, `${at} takes ${whole} bytes`);
    assert.match(text, new RegExp(`<link rel="canonical" href="http://[^/"]+${story}">`), `${at}: the full page is the one to keep`);
    assert.match(text, /<h1>All of it<\/h1>/);
    assert.doesNotMatch(text, /<\/h2>\s*<nav/, 'no part ends on a heading');
  }
  assert.deepEqual(parts.flatMap(({ text }) => [...text.matchAll(/>No(\d+) /g)].map((m) => Number(m[1]))), paragraphs.map((_, i) => i), 'all of it, once, in order');
  assert.deepEqual(parts.map(({ text }) => text.includes('From the beginning.</strong>')), parts.map((_, i) => i === 0));
  assert.deepEqual(parts.map(({ text }) => /<a rel="prev" href="([^"]*\.lite[^"]*)"/.exec(text)?.[1]), [undefined, ...parts.slice(0, -1).map(({ at }) => at)]);
  assert.match(parts.at(-1).text, new RegExp(`${story}/gallery/2\\.lite`), 'a gallery keeps its number');
  for (const none of [0, -1, parts.length + 1, 'x']) assert.equal((await server.get(`${story}.lite?part=${none}`)).status, 404, `part ${none}`);
  assert.equal((await server.get(`${story}?part=2`)).text.match(/>No\d+ /g).length, 100, 'the full page has all');

  await paper.does('settings', 'set', 'lite', 'on');
  assert.match((await server.get(story)).text, new RegExp(`<a rel="next" href="${story}\\?part=2">`));
  assert.match((await server.get(`${story}?part=2`)).text, new RegExp(`<a rel="prev" href="${story}">`));
});
