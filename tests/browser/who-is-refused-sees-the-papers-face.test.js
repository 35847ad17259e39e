// 503 and 429 to people: a page with the paper's name, in its language, that lay ready; machines are
// told in plain words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper, eventually } from '../lib/paper.js';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const headline = 'Canary in the harbour';

test('who is refused sees the paper’s face', async (t) => {
  const paper = await emptyPaper(t);
  const number = await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:refused-1', headline }));
  const story = await paper.address(number);
  for (const [name, value] of Object.entries({ name: 'The Fathom', allowance: '30' })) await paper.does('settings', 'set', name, value);
  const b = await browser(t);

  /** What a page of a refusal has to be. */
  const isFace = (reply, status, what) => {
    assert.equal(reply.status, status, what);
    assert.equal(reply.headers['content-type'], 'text/html; charset=utf-8', what);
    assert.match(reply.headers['cache-control'], /no-store/, what);
    assert.ok(reply.body.length < 2000, `${what}: ${reply.body.length} bytes`);
    assert.ok(!reply.text.includes(headline), what);
    assert.match(reply.text, /<p><a href="\/">The Fathom<\/a>/, what);
    assert.ok(reply.text.includes(` ${reply.headers['retry-after']} `), `${what}: it says when`);
    for (const there of ['/', '/.lite']) assert.ok(reply.text.includes(`href="${there}"`), what);
  };
  const isPlain = (reply, status, what) => {
    assert.equal(reply.status, status, what);
    assert.doesNotMatch(reply.headers['content-type'], /html/, what);
    assert.ok(Number(reply.headers['retry-after']) >= 1, what);
  };
  const isValid = async (reply, name) => {
    const file = path.join(paper.folder, `${name}.html`);
    await writeFile(file, reply.text);
    execFileSync('java', ['-Xss16m', '-jar', jar, '--Werror', file], { encoding: 'utf8' });
  };

  await t.test('an address that has had its allowance; nobody else', async () => {
    const server = await paper.serve('--proxied', '--quiet');
    const from = (address, where, headers = html) => server.get(where, { headers: { 'X-Forwarded-For': address, ...headers } });
    const flood = '198.51.100.1', other = '192.0.2.8';
    let n = 0; // each is asked once: what is kept costs nothing
    const spend = (where = '/search?q=tide', headers = html) => eventually(`${where} is refused`, async () => {
      const reply = await from(flood, `${where}${n++}`, headers);
      return reply.status === 429 && reply;
    }, { every: 0 });

    const face = await spend();
    isFace(face, 429, 'search');
    await isValid(face, 'over');
    assert.match(face.text, /<h1>That was too much at once<\/h1>/);
    isFace(await spend('/search.lite?q=tide'), 429, 'the lite search');
    isPlain(await spend('/search?q=tide', { Accept: '*/*' }), 429, 'a script');
    isPlain(await spend('/oembed?url=x'), 429, 'the interface, in a browser');
    for (const where of ['/search?q=tide', story, '/']) assert.equal((await from(other, where)).status, 200, where);
    assert.equal((await from(flood, story)).status, 200, 'what others had drawn costs nothing');

    const { page, complain, asked } = await eventually('a browser is refused', async () => {
      await spend();
      const one = await visit(b, server, { ...phone, extraHTTPHeaders: { 'X-Forwarded-For': flood } });
      one.page.expects = [429];
      return (await one.page.goto(`/search?q=tide${n++}`)).status() === 429 && one;
    });
    assert.equal(await page.title(), 'That was too much at once | The Fathom');
    assert.deepEqual(asked.slice(1).filter((one) => !one.includes('/icon/')), [], 'nothing else is asked for');
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontFamily), 'Georgia, serif', 'its style is let in');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), phone.viewport.width);
    complain();
    await page.evaluate(axe);
    assert.deepEqual(await page.evaluate(async () => (await axe.run(document, { preload: false })).violations.map((v) => v.id)), []);
    await page.getByRole('link', { name: 'To the front page' }).click();
    await page.waitForURL(`${server.address}/`);

    await paper.does('settings', 'set', 'language', 'de');
    const german = await eventually('it speaks German', async () => {
      const reply = await spend();
      return reply.text.includes('lang="de"') && reply;
    });
    isFace(german, 429, 'in German');
    assert.match(german.text, /Bitte versuchen Sie es in \d+ Sekunden? noch einmal\./);
    await paper.does('settings', 'set', 'language', 'ar');
    const arabic = await eventually('it speaks Arabic', async () => {
      const reply = await spend();
      return reply.text.includes('lang="ar"') && reply;
    });
    assert.match(arabic.text, /dir="rtl"/);
    await isValid(arabic, 'arabic');
    await paper.does('settings', 'set', 'language', 'en');
    await paper.does('settings', 'set', 'allowance', '0');
    await server.stop();
  });

  await t.test('a paper that has no time', async () => {
    const server = await paper.serve('--queue', '1', '--quiet');
    const get = (where, headers = html) => server.get(where, { headers });
    const face = await get('/search?q=tide');
    isFace(face, 503, 'search');
    await isValid(face, 'busy');
    assert.match(face.text, /<h1>Too many readers at once<\/h1>/);
    isFace(await get('/'), 503, 'the front');
    isFace(await get('/no/such/place'), 503, 'what is nowhere');
    isPlain(await get('/', { Accept: 'application/json' }), 503, 'a script');
    for (const where of ['/feed.rss', '/api/v1/stories', '/live/site', '/sitemap.xml']) isPlain(await get(where), 503, where);
    assert.equal((await get(story)).status, 200);
    await server.stop();
  });
});
