import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { emptyPaper, fixtures } from './lib/paper.js';

const dialects = [
  { file: 'newsml-g2.xml', headline: 'Swans hold up the Moorgate tram for an hour', author: 'Ines Valdra',
    has: [/led off the rails with a loaf of bread &amp; patience/, /<strong>number six<\/strong>/, /<em>early<\/em>/, /<blockquote/,
          /<li[^>]*>The first tram/, /href="https:\/\/example\.org\/tram"/, /<th[^>]*>Tram/, /<td[^>]*>62/, /Nobody was hurt/] },
  { file: 'nitf.xml', headline: 'Bell of Saint Orla rings again after ninety years', author: 'Tomas Ferrow',
    has: [/found in a barn, under hay/, /<(strong|em)>four hundred<\/\1>/, /<h2[^>]*>Under the hay/, /It answered/] },
  { file: 'ninjs.json', headline: 'Street lamps of Vell to burn all night', author: 'Anneke Duin',
    has: [/found the money in an old account/, /<strong>412<\/strong>/, /<ol/, /<li[^>]*>High Street/] },
  { file: 'feed.rss', headline: 'Otter moves into the town fountain', author: 'Piet Harrow',
    has: [/<em>storm drain<\/em>/, /wanted/] },
  { file: 'feed.atom', headline: 'Old orchard gives one last apple', author: 'Ruta Salme',
    has: [/<em>1871<\/em>/, /It weighed half a kilo/] },
  { file: 'page.html', headline: 'Ferry named after its oldest passenger', author: 'Olof Brand',
    has: [/I only go for the soup/, /forty cars/], not: [/Share on everything/, /Cookie settings/] },
  { file: 'release.txt', headline: 'Reservoir is full for the first time in six years',
    has: [/reached its brim at four on\s+Sunday morning/, /had forgotten what it looks like/], not: [/For immediate use/] },
];

test('copy in every dialect becomes a page', async (t) => {
  const paper = await emptyPaper(t);
  const { out } = await paper.does('ingest', '--publish', ...dialects.map((d) => path.join(fixtures, d.file)));
  const server = await paper.serve('--quiet');

  assert.match(out, /^7 files, 8 items/m);
  for (const { file, headline, author, has, not = [] } of dialects) {
    await t.test(file, async () => {
      const line = out.split('\n').find((l) => l.includes(headline));
      assert.match(line ?? '', /\tpublished \(story \d+\)$/, out);
      const address = await paper.address(/story (\d+)/.exec(line)[1]);
      const page = await server.get(address);
      assert.equal(page.status, 200);
      assert.match(page.headers['content-type'], /^text\/html; charset=utf-8/);
      assert.ok(page.text.includes(`<h1>${headline}</h1>`), 'the headline');
      if (author) {
        const link = new RegExp(`<a rel="author" href="([^"]+)"><bdi>${author}</bdi></a>`).exec(page.text);
        assert.ok(link, `the byline of ${author}`);
        assert.ok((await server.get(link[1])).text.includes(headline), 'the author’s page');
      }
      const body = /<article[^]*<\/article>/.exec(page.text)[0];
      for (const words of has) assert.match(body, words);
      for (const words of [/alert\(1\)/, /onclick/, /javascript:/, ...not]) assert.doesNotMatch(body, words);
      assert.ok((await server.get('/')).text.includes(headline), 'the front');
    });
  }
  await t.test('the folder is undamaged', async () => {
    assert.match((await paper.does('check')).out, /0 problems/);
  });
});
