import assert from 'node:assert/strict';
import { test } from 'node:test';

import { browser, phone, visit } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { emptyPaper } from '../lib/paper.js';

const guid = 'urn:newsml:tests.example:20261101:quay';
const ago = (minutes) => new Date(Date.now() - minutes * 60_000);
const version = (n, headline, body, more = {}) =>
  newsml({ guid, version: n, headline, body, created: ago(90), changed: ago(60 - n), ...more });
const whole = (words) => words.replace(/\s+/g, ' ').trim();

test('a reader sees what changed in a story, word by word, and why', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('v1.xml', version(1, 'Quay shut', '<p>The quay is shut until noon.</p><p>Nobody was hurt.</p>'));
  const address = await paper.address(story), history = `${address}/history`;
  assert.ok(!(await server.get(address)).text.includes('/history"'), 'one version has no history to show');

  await paper.does('ingest', '--publish', await paper.copy('v2.xml',
    version(2, 'Quay shut', '<p>The quay is shut until three.</p><p>Nobody was hurt.</p>', { signal: 'update', note: 'Adds the hour.' })));
  await paper.does('correct', story, '--reason', 'It was the pier.', '--headline', 'Pier shut');

  const b = await browser(t);
  for (const javaScriptEnabled of [true, false]) {
    const { page, context, complain } = await visit(b, server, { ...phone, javaScriptEnabled });
    await page.goto(address);
    await page.getByRole('link', { name: 'Edit history: 3 versions' }).click();
    await page.waitForURL(`**${history}`);
    assert.deepEqual((await page.locator('.version h2').allInnerTexts()).map(whole),
                     ['Correction Version 3', 'Update Version 2', 'First published Version 1']);
    const [third, second, first] = await page.locator('.version').all();
    assert.match(await third.innerText(), /It was the pier\./);
    assert.equal(whole(await third.locator('.passage').first().innerText()),
                 'Headline Removed: Quay (end of what was removed) Added: Pier (end of what was added) shut');
    assert.equal(whole(await second.locator('.passage').first().innerText()),
                 'The quay is shut until Removed: noon. (end of what was removed) Added: three. (end of what was added)');
    assert.match(await second.innerText(), /1 paragraph unchanged/);
    assert.equal(await first.locator('.passage').count(), 0);
    const looks = (mark) => page.locator(`.passage ${mark}`).first().evaluate((e) => getComputedStyle(e).textDecorationLine);
    assert.deepEqual([await looks('ins'), await looks('del')], ['underline', 'line-through'], 'not by colour alone');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    complain();
    await context.close();
  }

  await t.test('search engines are asked to leave it out, and the lite edition has it too', async () => {
    for (const one of [history, `${history}.lite`]) {
      const { status, text } = await server.get(one);
      assert.equal(status, 200, one);
      assert.match(text, /<meta name="robots" content="noindex">/, one);
      assert.match(text, /<del>.*noon.*<\/del> <ins>.*three/, `${one}: a space stands between what went and what came`);
    }
    assert.match((await server.get(`${address}.lite`)).text, /\/history\.lite"/);
    assert.ok(!(await server.get('/sitemap.xml')).text.includes('/history'));
  });

  await t.test('of a version that was taken back nothing is left but that it was', async () => {
    const wired = (n, headline, body) => version(n, headline, body, { guid: `${guid}-2` }); // every version of it came over the wire
    const second = await paper.publish('w1.xml', wired(1, 'Quay shut', '<p>The quay is shut until noon.</p><p>Nobody was hurt.</p>'));
    await paper.does('ingest', '--publish', await paper.copy('w2.xml', wired(2, 'Quay shut', '<p>The quay is shut until three.</p><p>Nobody was hurt.</p>')));
    const there = `${await paper.address(second)}/history`;
    await paper.does('withdraw', second, '--reason', 'A name had to go.');
    assert.equal((await server.get(there)).status, 410);
    await paper.does('ingest', '--publish', await paper.copy('w4.xml', wired(4, 'Pier open', '<p>The pier is open again.</p>')));
    await paper.does('publish', second);
    const text = /<main[^]*<\/main>/.exec((await server.get(there)).text)[0];
    assert.match(text, /The words of this version are no longer shown/);
    assert.match(text, /Pier open|pier is open/i);
    for (const word of ['noon', 'three', 'Quay', 'hurt']) assert.ok(!text.includes(word), word);
  });
});
