// The body property, with a real browser between the writer and the reader: a stranger's HTML and
// trees of all shapes are written for a page, parsed by Chromium, written out by it, and read again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';

import { browser } from '../lib/browser.js';
import { chance } from '../lib/chance.js';
import { finallyDo, root } from '../lib/paper.js';

const probe = path.join(root, 'build/tests/bodyprobe');
const samples = process.env.BROADSHEET_SAMPLES ?? path.join(root, '../shared/data');

/** [{ page, tree }] for cases. */
function bodies(how, cases) {
  return new Promise((resolve, reject) => {
    const child = spawn(probe, [how]);
    const parts = [];
    child.stdout.on('data', (p) => parts.push(p));
    child.on('error', reject);
    child.on('close', (code) => {
      const all = Buffer.concat(parts).toString('utf8').split('\0');
      if (code !== 0 || all.length !== cases.length * 2 + 1) reject(new Error(`bodyprobe ${how}: exit code ${code}, ${all.length} answers`));
      else resolve(cases.map((_, i) => ({ page: all[2 * i], tree: all[2 * i + 1] })));
    });
    child.stdin.end(Buffer.concat(cases.flatMap((c) => [Buffer.from(String(c).replaceAll('\0', '')), Buffer.of(0)])));
  });
}

const strings = (v) => typeof v === 'string' ? [v] : v && typeof v === 'object' ? Object.values(v).flatMap(strings) : [];

async function attacks() {
  const cases = [
    '<p onclick=alert(1)>a<script>alert(1)</script></p>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>',
    '<a href="javas\tcript:alert(1)">a</a>', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<p>a<p>b<table><tr><td>1<td>2</table>', '<pre>\n\na</pre>',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>', '<ul><li>a<ul><li>b</ul></ul>',
    '<p>a&nbsp;b &amp;amp; &lt;b&gt; \u2028 \ufeff</p>', '<h1>a</h1><h5>b</h5>', '<b><i>a</b>b</i>', '<template><img src=x onerror=alert(1)></template>',
  ];
  if (!existsSync(path.join(samples, 'INDEX.md'))) return cases;
  const read = (file) => readFile(path.join(samples, file), 'utf8');
  for (const file of ['sanitiser-dompurify/expect.json', 'sanitiser-h5sc/items.json']) cases.push(...strings(JSON.parse(await read(file))));
  for (const folder of ['sanitiser-html5lib/tree-construction', 'sanitiser-payload-lists/XSS_Injection/Intruders']) {
    for (const file of (await readdir(path.join(samples, folder), { withFileTypes: true })).filter((f) => f.isFile())) {
      const words = await read(path.join(folder, file.name));
      if (file.name.endsWith('.dat')) cases.push(...[...words.matchAll(/^#data\n([^]*?)\n#errors/gm)].map((m) => m[1]));
      else cases.push(...words.split('\n').filter(Boolean));
    }
  }
  cases.push(await read('sanitiser-owasp/htmllexerinput1.html'), ...(await read('sanitiser-h5sc/rss-vectors.txt')).split('\n'),
             ...strings(JSON.parse(await read('strings-blns/blns.json').catch(() => '[]'))));
  return cases;
}

const kinds = ['paragraph', 'heading', 'list', 'item', 'quote', 'pull_quote', 'picture', 'gallery', 'video', 'audio', 'fact_box',
               'table', 'row', 'cell', 'timeline', 'entry', 'embed', 'related', 'footnote', 'divider'];
const likely = { list: 'item', item: 'list', table: 'row', row: 'cell', timeline: 'entry', gallery: 'picture' };
const pieces = ['the ', 'harbour', ' ', 'council\n', '<script>', '&amp;', '"', "'", 'é', '日本', '\u00a0', '\t', '</p>', '<!--', '-->', ']]>', 'שלום ', '\u200b', '\u2028',
                '</title>', '</textarea>', '</style>', '\r', '😀', '\ufffd', '`', '=x ', '\u0085'];
const links = ['', '', 'https://example.org/a?b="c"&d', '/own/path', 'mailto:desk@example.org', 'javascript:alert(1)', '//evil.example/'];

/** A stored body of any shape, in no normal form. */
function tree(number) {
  const pick = (list) => list[number(list.length)];
  const words = () => Array.from({ length: number(5) }, () => pick(pieces)).join('');
  const span = () => number(8) === 0 ? { break: true } : {
    text: words(), ...(number(3) === 0 ? { marks: ['strong', 'emphasis', 'code', 'sub', 'sup'].filter(() => number(3) === 0) } : {}),
    ...(number(4) === 0 ? { link: pick(links) } : {}), ...(number(6) === 0 ? { language: pick(['de', 'fr-CA', 'ar']) } : {}),
  };
  const block = (parent, depth) => {
    const kind = number(5) > 0 && likely[parent] || pick(kinds);
    const b = { kind, spans: Array.from({ length: number(5) }, span) };
    if (number(3) === 0) Object.assign(b, { title: words(), credit: words(), alt: words(), address: pick(links), language: pick(['', 'de']) });
    if (number(2) === 0) b.media = number(1000);
    if (number(3) === 0) b.story = number(1000);
    if (kind === 'heading') b.level = 2 + number(3);
    if (kind === 'list' && number(2)) b.ordered = true, b.start = 1 + number(4);
    if (kind === 'cell') b.header = number(2) === 0, b.across = 1 + number(3), b.down = 1 + number(3);
    if (depth > 0 && number(3) > 0) b.children = Array.from({ length: number(4) }, () => block(kind, depth - 1));
    return b;
  };
  return JSON.stringify({ v: 1, blocks: Array.from({ length: number(7) }, () => block('', 3)) });
}

/** In the browser: what it makes of each page, and what must not be there. */
async function inBrowser(pages) {
  const bad = [];
  const own = (address) => /^\/(?!\/)|^data:image\/|^$/.test(address);
  const texts = pages.map((html, i) => {
    const doc = new DOMParser().parseFromString(`<!doctype html><body>${html}</body>`, 'text/html');
    for (const e of doc.body.querySelectorAll('*')) {
      if (/^(script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|template)$/i.test(e.localName)) bad.push(`${i}: <${e.localName}>`);
      for (const { name, value } of e.attributes) {
        if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) bad.push(`${i}: ${name}=${value}`);
        if (/^(src|poster|background|data)$/i.test(name) && !own(value)) bad.push(`${i}: ${name}=${value}`);
        if (name === 'srcset' && value.split(/,\s+/).some((s) => !own(s))) bad.push(`${i}: srcset=${value}`);
        if (/href/i.test(name) && !/^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/.test(value)) bad.push(`${i}: ${name}=${value}`);
      }
    }
    // and for real, where scripts could run and pictures load
    const live = document.createElement('div');
    document.body.append(live);
    live.innerHTML = html;
    live.remove();
    return doc.body.innerHTML;
  });
  await new Promise((done) => setTimeout(done));
  return { texts, bad, ran: window.ran ?? 0 };
}

test('what the page says reads back as the same tree', async (t) => {
  const number = chance(t);
  const strangers = await attacks();
  const trees = Array.from({ length: 3000 }, () => tree(number));
  const b = await browser(t);
  const asked = [];
  const server = http.createServer((rq, rs) => { asked.push(rq.url); rs.setHeader('content-type', 'text/html'); rs.end('<!doctype html><body></body>'); });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  finallyDo(t, () => new Promise((done) => { server.closeAllConnections?.(); server.close(done); }));
  const page = await (await b.newContext()).newPage();
  const foreign = [];
  page.on('dialog', (d) => { foreign.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on('request', (r) => { if (!r.url().startsWith(`http://127.0.0.1:${server.address().port}/`)) foreign.push(r.url()); });
  await page.addInitScript(() => { window.ran = 0; for (const f of ['alert', 'confirm', 'prompt']) window[f] = () => { window.ran++; }; });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);

  for (const [what, how, cases] of [['attacks and test cases of strangers', 'html', strangers], ['generated trees', 'json', trees]]) {
    await t.test(what, async (t2) => {
      const written = await bodies(how, cases);
      const taken = written.map((w, i) => ({ ...w, i })).filter((w) => w.tree);
      assert.ok(taken.length >= cases.length * 0.95, `${cases.length - taken.length} of ${cases.length} refused`);
      const seen = [];
      for (let at = 0; at < taken.length; at += 500) {
        const { texts, bad, ran } = await page.evaluate(inBrowser, taken.slice(at, at + 500).map((w) => w.page));
        assert.deepEqual(bad.map((s) => { const i = parseInt(s); return `${s} from ${cases[taken[at + i].i]}`; }), []);
        assert.equal(ran, 0, 'a script ran');
        seen.push(...texts);
      }
      const again = await bodies('own', seen);
      const other = taken.map((w, k) => ({ from: cases[w.i], page: w.page, browser: seen[k], tree: w.tree, again: again[k].tree })).filter((w) => w.tree !== w.again);
      assert.deepEqual(other.slice(0, 3), [], `${other.length} of ${taken.length} come back as another tree`);
      assert.deepEqual(foreign, []);
      t2.diagnostic(`said: ${taken.length} ${what}`);
    });
  }
});
