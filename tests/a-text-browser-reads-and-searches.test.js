import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { run, samplePaper, temporaryFolder } from './lib/paper.js';

test('a text browser reads and searches', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const home = await temporaryFolder(t);

  /** What w3m shows of an address: { text, links: [{ words, to }] }, links as it numbers them. */
  async function read(where) {
    const { stdout } = await promisify(execFile)('w3m', ['-dump', '-cols', '100', '-o', 'display_link_number=1',
      new URL(where, server.address).href], { env: { ...process.env, HOME: home, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } });
    const [, text, references] = /^([^]*?)\nReferences:\n([^]*)$/.exec(stdout) ?? assert.fail(`no links: ${stdout}`);
    const to = new Map([...references.matchAll(/^\[(\d+)\] (\S+)$/gm)].map(([, n, address]) => [n, address]));
    const links = [...text.matchAll(/\[(\d+)\]([^\n[]+)/g)].map(([, n, words]) => ({ words: words.trim(), to: to.get(n) }));
    return { text, links };
  }
  /** Go where a link leads whose words begin so. */
  const follow = (page, words) => {
    const link = page.links.find((l) => l.words.startsWith(words)) ?? assert.fail(`no link "${words}" on: ${page.text}`);
    return read(link.to);
  };

  for (const edition of ['/', '/.lite'])
    await t.test(`from ${edition} to a story and on`, async () => {
      const front = await read(edition);
      assert.match(front.text, /The Fathom/);
      assert.doesNotMatch(front.text, /undefined|\{\{|<\/?\w+>|&\w+;/, 'no machinery shows');
      const headline = 'Premier loses her majority by 41 votes';
      const story = await follow(front, headline);
      assert.match(story.text, new RegExp(headline));
      assert.match(story.text, /Tomas Brede/);
      assert.ok(story.text.split(/\s+/).length > 400, 'the whole of it');
      if (edition === '/') assert.match((await follow(story, 'Tomas Brede')).text, new RegExp(headline));
      assert.match((await follow(story, 'Politics')).text, new RegExp(headline));
    });

  await t.test('search', async (part) => {
    const { out } = await run(['routes']);
    if (!/^GET\t\/search\t/m.test(out)) return part.skip('this paper has no /search');
    for (const edition of ['/search', '/search.lite']) {
      const found = await read(`${edition}?q=majority`);
      const headline = 'Premier loses her majority by 41 votes';
      const story = await follow(found, headline);
      assert.match(story.text, /Tomas Brede/);
      assert.doesNotMatch((await read(`${edition}?q=zyzzyva`)).text, new RegExp(headline));
    }
  });
});
