// Feeds as three independent readers understand them, compared with each other and with the page.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';

import FeedParser from 'feedparser';
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';

import { newsml } from './lib/copy.js';
import { emptyPaper, samplePaper } from './lib/paper.js';

const address = 'http://localhost:8080';

const time = (s) => new Date(s).toISOString();
const words = (html) => html.replace(/<[^>]+>/g, ' ').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>')
  .replace(/&quot;/g, '"').replace(/&#39;|&#x27;/g, "'").replace(/\s+/g, ' ').trim();

async function byRssParser(text) {
  const feed = await new RssParser({ customFields: { item: [['dc:creator', 'creators', { keepArray: true }]] } }).parseString(text);
  return { title: feed.title, link: feed.link, items: feed.items.map((i) => ({
    id: i.guid ?? i.id, url: i.link, title: i.title, at: i.isoDate && time(i.isoDate),
    content: i['content:encoded'] ?? i.content ?? '' })) };
}

function byFeedparser(text) {
  return new Promise((resolve, reject) => {
    const parser = new FeedParser({ normalize: true, addmeta: false });
    const items = [];
    parser.on('error', reject);
    parser.on('readable', () => {
      for (let i; (i = parser.read());)
        items.push({ id: i.guid, url: i.link, title: i.title, at: time(i.pubdate), content: i.description ?? '',
                     tags: i.categories, picture: i.enclosures.find((e) => e.type?.startsWith('image/'))?.url });
    });
    parser.on('end', () => resolve({ title: parser.meta.title, link: parser.meta.link, items }));
    Readable.from([text]).pipe(parser);
  });
}

function byFeedsmith(text) {
  const { format, feed } = parseFeed(text);
  const items = (feed.items ?? feed.entries).map((i) => format === 'rss' ? {
    id: i.guid.value, url: i.link, title: i.title, at: time(i.pubDate), content: i.content?.encoded ?? '', summary: i.description ?? '',
    changed: time(i.atom?.updated ?? i.pubDate), authors: i.dc?.creators ?? [], tags: (i.categories ?? []).map((c) => c.name),
    picture: i.media?.contents?.find((c) => c.type?.startsWith('image/'))?.url,
    bytes: i.media?.contents?.find((c) => c.type?.startsWith('image/'))?.fileSize, width: i.media?.contents?.[0]?.width,
  } : format === 'atom' ? {
    id: i.id, url: i.links.find((l) => l.rel === 'alternate').href, title: i.title?.value ?? i.title, at: time(i.published), changed: time(i.updated),
    content: i.content?.value ?? i.content ?? '', summary: i.summary?.value ?? i.summary ?? '', authors: (i.authors ?? []).map((a) => a.name),
    tags: (i.categories ?? []).map((c) => c.label), picture: i.links.find((l) => l.rel === 'enclosure' && l.type?.startsWith('image/'))?.href,
    bytes: i.links.find((l) => l.rel === 'enclosure' && l.type?.startsWith('image/'))?.length, width: i.media?.contents?.[0]?.width,
  } : {
    id: i.id, url: i.url, title: i.title, at: time(i.date_published), changed: time(i.date_modified), content: i.content_html ?? '',
    summary: i.summary ?? '', authors: (i.authors ?? []).map((a) => a.name), tags: i.tags ?? [], picture: i.image,
    bytes: i.attachments?.find((one) => one.mime_type.startsWith('image/'))?.size_in_bytes,
  });
  return { format, feed, items };
}

const only = (names) => (item) => Object.fromEntries(names.map((n) => [n, item[n]]));

async function compare(server, path) {
  const texts = {};
  for (const kind of ['rss', 'atom', 'json']) {
    const reply = await server.get(`${path}/feed.${kind}`.replace('//', '/'));
    assert.equal(reply.status, 200, `${path} ${kind}`);
    assert.match(reply.headers['content-type'], { rss: /^application\/rss\+xml/, atom: /^application\/atom\+xml/, json: /^application\/feed\+json/ }[kind]);
    texts[kind] = reply.text;
  }
  const read = { rss: byFeedsmith(texts.rss), atom: byFeedsmith(texts.atom), json: byFeedsmith(texts.json) };
  for (const kind of ['rss', 'atom', 'json']) assert.equal(read[kind].format, kind);
  const shared = only(['id', 'url', 'title', 'at', 'changed', 'content', 'summary', 'authors', 'tags', 'picture', 'bytes']);
  assert.ok(read.rss.items.length > 0, `${path} has stories`);
  assert.deepEqual(read.atom.items.map(shared), read.rss.items.map(shared), `${path}: Atom says what RSS says`);
  assert.deepEqual(read.json.items.map(shared), read.rss.items.map(shared), `${path}: JSON Feed says what RSS says`);
  for (const kind of ['rss', 'atom']) {
    const plain = only(['id', 'url', 'title', 'at', 'content']);
    const wanted = read[kind].items.map(plain);
    assert.deepEqual((await byRssParser(texts[kind])).items.map(plain), wanted, `${path} ${kind} by rss-parser`);
    assert.deepEqual((await byFeedparser(texts[kind])).items.map(plain), wanted, `${path} ${kind} by feedparser`);
  }
  return { texts, items: read.rss.items, read };
}

test('feeds are read back by other readers', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');
  const { items, texts, read } = await compare(server, '/');
  assert.equal(items.length, 30);
  assert.equal(new Set(items.map((i) => i.id)).size, items.length, 'each story has a name of its own');
  assert.deepEqual(items.map((i) => i.at), items.map((i) => i.at).sort().reverse(), 'newest first');
  assert.match(items[0].id, /^tag:localhost,2026:story\/\d+$/);

  await t.test('and say what the page says', async () => {
    for (const item of items.slice(0, 8)) {
      assert.ok(item.url.startsWith(`${address}/`), item.url);
      const page = await server.get(item.url.slice(address.length));
      assert.equal(page.status, 200);
      assert.equal(words(/<h1>(.*?)<\/h1>/s.exec(page.text)[1]), item.title);
      const text = words(page.text.slice(page.text.indexOf('<main')));
      for (const [, paragraph] of item.content.matchAll(/<p>(.*?)<\/p>/gs))
        assert.ok(text.includes(words(paragraph)), `${item.url}: ${words(paragraph)}`);
      for (const [, src] of item.content.matchAll(/(?:src|href)="([^"]+)"/g)) assert.match(src, /^(https?|mailto|tel):/);
      if (item.picture) {
        const picture = await server.get(item.picture.slice(address.length));
        assert.equal(picture.status, 200);
        assert.equal(picture.body.length, Number(item.bytes), 'the picture is as long as the feed says');
      }
    }
    assert.ok(items.some((i) => i.picture && i.width > 0), 'some have pictures with their size');
    assert.match(texts.rss, /<media:credit>[^<]+<\/media:credit>/);
  });

  await t.test('also those of a section, a topic and a byline', async () => {
    const front = (await server.get('/')).text;
    const story = (await server.get(items[0].url.slice(address.length))).text;
    const paths = ['/sport', /rel="tag" href="([^"]+)"/.exec(story)[1], /rel="author" href="([^"]+)"/.exec(story)[1], '/place/port-senna'];
    for (const path of paths) {
      const own = await compare(server, path);
      const page = (await server.get(path)).text;
      for (const item of own.items.slice(0, 10)) assert.ok(page.includes(`href="${item.url.slice(address.length)}"`), `${path} shows ${item.url}`);
      assert.match(page, new RegExp(`<link rel="alternate" type="application/rss\\+xml" title="[^"]+" href="${path}/feed.rss">`));
    }
    assert.match(front, /<link rel="alternate" type="application\/feed\+json" title="[^"]+" href="\/feed.json">/);
    for (const none of ['/none/feed.rss', '/topic/none/feed.atom', '/author/none/feed.json', '/place/none/feed.rss', '/place/port-senna/feed.exe', '/sport/feed.exe'])
      assert.equal((await server.get(none)).status, 404, none);
  });

  await t.test('and those of the notices', async () => {
    for (const where of ['/notices', '/notices/planning']) {
      const { items } = await compare(server, where);
      const page = (await server.get(where)).text;
      for (const item of items) assert.ok(page.includes(`href="${item.url.slice(address.length)}"`), `${where} shows ${item.url}`);
      for (const item of items.slice(0, 3)) {
        const notice = (await server.get(item.url.slice(address.length))).text;
        assert.equal(words(/<h1[^>]*>(.*?)<\/h1>/s.exec(notice)[1]), item.title);
        for (const [, paragraph] of [...item.content.matchAll(/<p>(.*?)<\/p>/gs)].slice(1)) // the first says whose it is and when it runs
          assert.ok(words(notice).includes(words(paragraph)), item.url);
      }
    }
  });

  await t.test('answer other spellings', async () => {
    for (const [asked, leads] of [['/feed', '/feed.rss'], ['/rss', '/feed.rss'], ['/feed/atom', '/feed.atom'], ['/sport/feed', '/sport/feed.rss'],
                                  ['/sport/feed/json', '/sport/feed.json'], ['/topic/x/rss', '/topic/x/feed.rss'], ['/author/x/feed', '/author/x/feed.rss'], ['/place/x/feed', '/place/x/feed.rss'], ['/place/x/rss', '/place/x/feed.rss'], ['/place/x/feed/atom', '/place/x/feed.atom']]) {
      const reply = await server.get(asked);
      assert.equal(reply.status, 301, asked);
      assert.equal(reply.headers.location, leads);
    }
    assert.equal((await server.get('/feed/')).headers.location, '/feed');
  });

  await t.test('are not sent again while they hold, and never said to be as old as they are', async () => {
    const first = await server.get('/feed.rss');
    assert.equal(first.headers['last-modified'], undefined);  // a story that is taken away makes a feed look older
    const again = await server.get('/feed.rss', { headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
  });
  assert.equal(read.json.feed.feed_url, `${address}/feed.json`);
});

test('a feed is what the settings make it, and follows each change', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const item = { guid: 'urn:newsml:tests.example:feed:1', headline: 'Gulls & "gales" <here>', standfirst: 'A short word.',
                 body: '<p>The whole of it: fish &amp; chips.</p>', person: 'Ada Tern' };
  const story = await paper.publish('one.xml', newsml(item));
  const rss = async (path = '/feed.rss') => (await server.get(path)).text;

  assert.deepEqual(byFeedsmith(await rss()).items.map((i) => [i.title, i.authors]), [[item.headline, ['Ada Tern']]]);
  assert.match(byFeedsmith(await rss()).items[0].content, /fish &amp; chips/);

  await paper.does('settings', 'set', 'feed_other', '/news');
  assert.match(await rss(), /fish/);
  assert.doesNotMatch(await rss('/news/feed.rss'), /fish/);
  const teaser = JSON.parse(await rss('/news/feed.json')).items[0];
  assert.equal(teaser.content_html, undefined);
  assert.equal(teaser.content_text, 'A short word.');
  await paper.does('settings', 'set', 'feed_text', 'teaser');
  assert.doesNotMatch(await rss(), /fish/);
  assert.match(await rss('/news/feed.rss'), /fish/);

  await paper.does('settings', 'set', 'hub', 'https://127.0.0.1:9/');
  assert.match(await rss(), /<atom:link rel="hub" href="https:\/\/127.0.0.1:9\/"\/>/);
  assert.match(await rss('/feed.atom'), /<link rel="hub" href="https:\/\/127.0.0.1:9\/"\/>/);
  assert.deepEqual(JSON.parse(await rss('/feed.json')).hubs, [{ type: 'WebSub', url: 'https://127.0.0.1:9/' }]);

  await paper.does('settings', 'set', 'address', 'https://paper.example');
  const moved = byFeedsmith(await rss()).items[0];
  assert.match(moved.url, /^https:\/\/paper\.example\/news\//);
  assert.doesNotMatch(await rss(), /localhost/);

  await paper.does('correct', '--reason', 'The fish was cod', story);
  assert.match(await rss('/news/feed.rss'), /Correction:.*The fish was cod/s);
  await paper.does('kill', story);
  for (const kind of ['rss', 'atom', 'json']) assert.doesNotMatch(await rss(`/feed.${kind}`), /Gulls|fish|\bcod\b/);
});
