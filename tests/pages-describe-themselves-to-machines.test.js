// Structured data checked by a compiler against the vocabulary of schema.org (package schema-dts),
// and by the rules that search engines publish for articles; Open Graph by its own.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import ts from 'typescript';

import { newsml } from './lib/copy.js';
import { emptyPaper, root, samplePaper } from './lib/paper.js';

const address = 'http://localhost:8080';
const dataOf = (page) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)[1]);
const unescaped = (s) => s.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const metaOf = (page) => Object.fromEntries([...page.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)">/g)].map((m) => [m[1], unescaped(m[2])]));

/** What is wrong with these graphs, by the types of schema.org. */
function wrongs(graphs) {
  const file = path.join(root, 'tests/graphs.ts');
  const text = `import type { Graph } from 'schema-dts';\n` +
    Object.entries(graphs).map(([name, graph], i) => `/* ${name} */ export const page${i}: Graph = ${JSON.stringify(graph, null, 1)};\n`).join('');
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext,
                    moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...more) => name === file ? ts.createSourceFile(name, text, options.target) : getSourceFile.call(host, name, ...more);
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map((d) => `${text.split('\n')[d.file?.getLineAndCharacterOfPosition(d.start).line]}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n').slice(0, 800)}`);
}

test('the checker knows what is wrong', () => {
  assert.notDeepEqual(wrongs({ bad: { '@context': 'https://schema.org', '@graph': [{ '@type': 'NewsArticle', headlin: 'x' }] } }), []);
  assert.ok(fs.existsSync(path.join(root, 'tests/node_modules/schema-dts')));
});

test('pages describe themselves to machines', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const stories = JSON.parse((await server.get('/api/v1/stories?limit=100')).text).associations
    .map((s) => s.altIds.find((i) => i.role === 'web').value.slice(address.length));
  const story = (await server.get(stories[0])).text;
  const looked = [...new Set([/class="ticker-story" href="([^"]+)"/.exec((await server.get('/')).text)[1], ...stories.slice(0, 12)])]; // one of them is covered now
  const graphs = {};
  for (const where of ['/', '/sport', '/opinion', /rel="tag" href="([^"]+)"/.exec(story)[1], /rel="author" href="([^"]+)"/.exec(story)[1],
                       '/author/ilse-corran', '/topic/storm-hesper', '/place/port-senna',
                       `/${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}`, ...looked])
    graphs[where] = dataOf((await server.get(where)).text);
  const opinion = stories.find((s) => s.startsWith('/opinion/'));
  const film = stories.find((s) => s.includes('hesper-blew')), review = stories.find((s) => s.includes('the-salt-wedding'));
  for (const where of [opinion, film, review]) graphs[where] = dataOf((await server.get(where)).text);
  assert.deepEqual(wrongs(graphs), []);

  const of = (where, type) => graphs[where]['@graph'].find((n) => n['@type'] === type);
  const author = of('/author/ilse-corran', 'ProfilePage').mainEntity;
  assert.deepEqual([author['@type'], author.name, author.email, author.sameAs.length], ['Person', 'Ilse Corran', 'ilse.corran@fathom.example', 2]);
  assert.equal((await server.get(author.image[0].url.slice(address.length))).status, 200);
  assert.deepEqual([of('/topic/storm-hesper', 'CollectionPage').about['@type'], of('/topic/storm-hesper', 'CollectionPage').about.name], ['Thing', 'Storm Hesper']);
  assert.equal(of('/place/port-senna', 'CollectionPage').about['@type'], 'Place');
  assert.ok(of('/place/port-senna', 'CollectionPage').mainEntity.itemListElement.length > 3);
  const located = Object.values(graphs).flatMap((g) => g['@graph']).flatMap((n) => n.contentLocation ?? []);
  assert.ok(located.some((l) => l['@type'] === 'Place' && l.url === `${address}/place/${l.name.toLowerCase().replaceAll(' ', '-')}`));
  assert.ok(of('/', 'NewsMediaOrganization').name && of('/', 'WebSite').url === `${address}/`);
  assert.ok(of('/', 'CollectionPage').mainEntity.itemListElement.length > 5);
  assert.ok(of(opinion, 'OpinionNewsArticle'));
  assert.match(JSON.stringify(graphs[film]), /"@type":"VideoObject"/);
  assert.match(JSON.stringify(graphs[review]), /"@type":"ReviewNewsArticle".*"reviewRating":\{"@type":"Rating","ratingValue":4/);
  assert.match(JSON.stringify(graphs[looked[0]]), /"@type":"LiveBlogPosting".*"@type":"BlogPosting"/);
  assert.deepEqual(of('/sport', 'BreadcrumbList').itemListElement.map((i) => i.item), [`${address}/`, `${address}/sport`]);
  for (const where of looked) {
    const page = (await server.get(where)).text;
    const article = graphs[where]['@graph'].find((n) => /NewsArticle$|^LiveBlogPosting$/.test(n['@type']));
    const meta = metaOf(page);
    const h1 = unescaped(/<h1>(.*?)<\/h1>/.exec(page)[1]);
    assert.ok(article.headline.length <= 110 && h1.startsWith(article.headline.replace(/…$/, '')), article.headline);
    assert.ok(new Date(article.dateModified) >= new Date(article.datePublished));
    for (const author of article.author) assert.ok(author['@id'] || (author.name && author.url), JSON.stringify(author));
    assert.equal(article.url, meta['og:url']);
    assert.equal(article.url, address + where);
    assert.equal(meta['og:title'], h1);
    assert.equal(meta['og:type'], 'article');
    assert.equal(meta['og:image'], article.image[0].url);
    assert.equal(meta['article:published_time'], article.datePublished);
    assert.equal(meta['twitter:card'], 'summary_large_image');
    const picture = await server.get(meta['og:image'].slice(address.length));
    assert.equal(picture.status, 200, meta['og:image']);
    assert.equal(picture.headers['content-type'], meta['og:image:type']);
    assert.ok(page.includes(`<link rel="canonical" href="${article.url}">`));
  }
});

test('a story without a picture gets one that is drawn, and says what was wrong', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('a.xml', newsml({ guid: 'urn:newsml:tests.example:card:1', headline: 'Wind & "waves" </script><b>' }));
  const address_ = await paper.address(story);
  let page = (await server.get(address_)).text;
  const card = metaOf(page)['og:image'];
  assert.equal(card, `${address}/card/${story}.png?v=1`);
  const first = await server.get(card.slice(address.length));
  assert.equal(first.headers['content-type'], 'image/png');
  assert.deepEqual([first.body.readUInt32BE(16), first.body.readUInt32BE(20)], [1200, 630]);
  assert.equal(dataOf(page)['@graph'].find((n) => n['@type'] === 'NewsArticle').headline, 'Wind & "waves" </script><b>');

  await paper.does('correct', '--reason', 'It was calm', '--headline', 'No wind', story);
  page = (await server.get(address_)).text;
  const article = dataOf(page)['@graph'].find((n) => n['@type'] === 'NewsArticle');
  assert.deepEqual(article.correction.map((c) => [c['@type'], c.text]), [['CorrectionComment', 'It was calm']]);
  assert.deepEqual(wrongs({ corrected: dataOf(page) }), []);
  assert.equal(metaOf(page)['og:image'], `${address}/card/${story}.png?v=2`);
  const second = await server.get(`/card/${story}.png?v=2`);
  assert.notDeepEqual(second.body, first.body, 'drawn anew');
  await paper.does('kill', story);
  assert.equal((await server.get(`/card/${story}.png`)).status, 410);
});

test('what is said of data mining stands in pages, heads and files', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  assert.equal((await server.get('/.well-known/tdmrep.json')).status, 404);
  assert.equal((await server.get('/')).headers['tdm-reservation'], undefined);
  await paper.does('settings', 'set', 'mining', 'reserved');
  await paper.does('settings', 'set', 'mining_policy', 'https://paper.example/licence');
  for (const where of ['/', '/feed.rss', '/sitemap.xml', '/api/v1/stories']) {
    const { headers } = await server.get(where);
    assert.equal(headers['tdm-reservation'], '1', where);
    assert.equal(headers['tdm-policy'], 'https://paper.example/licence', where);
  }
  assert.match((await server.get('/')).text, /<meta name="tdm-reservation" content="1">/);
  assert.deepEqual(JSON.parse((await server.get('/.well-known/tdmrep.json')).text),
                   [{ location: '/', 'tdm-reservation': 1, 'tdm-policy': 'https://paper.example/licence' }]);
});
