// threads
// The canary test: words that stand only in stories nobody may read are looked for in every reply
// of every address that the server has.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import zlib from 'node:zlib';

import { newsml } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { emptyPaper, root, run } from './lib/paper.js';

const where = ['headline', 'standfirst', 'body', 'byline', 'caption', 'shot', 'topic', 'place', 'notice', 'issuer'];
// what the newsroom says to itself is nobody's, whatever the state
const inside = ['note', 'mention'];
// one word a state and place, in no dictionary: what stands in a slug is seen as well
const canary = (state, place) => `xq${state}${place}zv`;

async function story(paper, state, more = {}) {
  const word = (place) => canary(state, place);
  const picture = `${state}.jpg`;
  const pictures = path.join(root, 'sample/pictures');
  const [some] = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort();
  await paper.copy(picture, await readFile(path.join(pictures, some)));
  const hung = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort().slice(1, 3);
  for (const f of hung) await paper.copy(f, await readFile(path.join(pictures, f)));
  const shown = hung.map((f) => `<figure><img src="${f}" alt=""/><figcaption>Hung ${word('shot')}</figcaption></figure>`);
  const file = await paper.copy(`${state}.xml`, newsml({
    guid: `urn:newsml:tests.example:canary:${state}`, headline: `Headline ${word('headline')}`,
    standfirst: `Standfirst ${word('standfirst')}.`, person: `Ada ${word('byline')}`, byline: `By Ada ${word('byline')}`,
    keywords: [`Keyword ${word('topic')}`], located: `Town ${word('place')}`, subjects: [{ code: '20000213', name: 'commercial fishing' }],
    body: `<p>Body ${word('body')}.</p><div class="gallery">${shown.join('')}</div>`, picture: { href: picture, caption: `Caption ${word('caption')}` }, ...more,
  }));
  const words = state === 'draft' ? [] : ['--publish'];
  const { out } = await paper.does('ingest', ...words, file);
  return Number(/story (\d+)/.exec(out)[1]);
}

/** A notice in the same state. */
async function notice(paper, state, from) {
  const file = await paper.copy(`${state}.md`, `# Notice ${canary(state, 'notice')}\n\nWords ${canary(state, 'notice')}.\n`);
  const { out } = await paper.does('notice', ...(from ? ['--from', from] : []), '--type', 'planning', '--issuer', `Council ${canary(state, 'issuer')}`, 'add', file);
  return /notices\/(\d+)/.exec(out)[1];
}

/** What is being written of a story: words in every field, which no reader ever gets. */
async function write(desk, id) {
  const word = (place) => canary('working', place);
  const page = await desk.get(`/desk/stories/${id}/edit`);
  const { revision, copy } = JSON.parse(/id="copy-data">(.*?)<\/script>/s.exec(page.text)[1]);
  const headlines = ['headline', 'front_headline', 'search_headline', 'social_headline', 'letter_headline'];
  Object.assign(copy, Object.fromEntries(headlines.map((h) => [h, `Headline ${word('headline')}`])), {
    standfirst: `Standfirst ${word('standfirst')}`, kicker: word('headline'), rights_note: word('body'), slug: word('headline'), source: word('byline'),
    bylines: [`Ada ${word('byline')}`], topics: [{ name: `Keyword ${word('topic')}`, code: '' }], places: [`Town ${word('place')}`],
    hero: { media: 1, caption: `Caption ${word('caption')}`, credit: '', alt: word('caption') },
    body: { v: 1, blocks: [{ kind: 'paragraph', id: 'a', spans: [{ text: `Body ${word('body')}.` }] }] } });
  const { status } = await desk.send(`/desk/stories/${id}/copy`, { base: revision, editor: 'x', kind: 'named', name: word('body'), copy });
  assert.equal(status, 200);
}

/** Entries of a running story that readers may not have, each with a word of its own; 4 is taken down later. */
const entryStates = ['entrydraft', 'entrylater', 'entrydown'];
async function entries(paper, story) {
  const add = async (state, ...words) => {
    const file = await paper.copy('entry.md', `Body ${canary(state, 'body')}.\n`);
    await paper.does('live', '--headline', `Headline ${canary(state, 'headline')}`, '--by', `Ada ${canary(state, 'byline')}`, '--quote', `Said ${canary(state, 'standfirst')}`,
                     '--link', 'https://example.org/', '--link-title', `Card ${canary(state, 'caption')}`, '--key', '--pin', '--words', file, ...words, 'add', story);
  };
  await add('live');
  await add('entrydraft', '--draft');
  await add('entrylater', '--at', new Date(Date.now() + 86400_000).toISOString());
  await add('entrydown');
}

/** Every value that a name in a route's path can really have here, hidden stories' included. */
async function values(stories, paper) {
  const all = { section: ['news'], slug: [], year: [], month: [], day: [], id: ['1', '2', '3', '4', '5', '6'],
                width: ['320', '640', '1280', '2000'], crop: ['wide-0-0-1000-1000', 'square-0-0-1000-1000'], ext: ['jpg', 'webp', 'avif'], fingerprint: [], file: [],
                kind: ['rss', 'atom', 'json'], language: ['en', 'und'], drawn: ['192', 'touch'], entry: ['2', '3', '4'], gallery: ['1'], shot: ['1', '2'], type: ['planning', 'past'], token: ['x'], word: ['new'], event: ['0'],
                topics: ['site,latest,running,notices,front-1,section-1,story-1,story-2,story-3,story-4,story-5,story-6,subject-1,subject-2'], revision: ['1', '2'], name: [new Date().toISOString().slice(0, 7)] };
  const dates = new Set([new Date().toISOString().slice(0, 10)]);
  for (const id of Object.values(stories)) {
    const address = await paper.address(id);
    const parts = /^\/([^/]+)\/(\d+)\/(\d+)\/(\d+)\/(.+)$/.exec(address ?? '');
    if (parts) {
      dates.add(`${parts[2]}-${parts[3]}-${parts[4]}`);
      all.slug.push(parts[5]);
    }
  }
  for (const state of [...Object.keys(stories), 'working'])
    all.slug.push(`headline-${canary(state, 'headline')}`, `ada-${canary(state, 'byline')}`, `keyword-${canary(state, 'topic')}`, `town-${canary(state, 'place')}`);
  all.slug.push('commercial-fishing');
  all.dates = [...dates].map((d) => d.split('-'));
  return all;
}

function* fill(pattern, all) {
  const names = [...pattern.matchAll(/\{(\w+)[#*]?\}/g)].map((m) => m[1]);
  for (const name of names) assert.ok(all[name], `${pattern}: the test knows no values for {${name}}; add them`);
  const dated = names.includes('year');
  const step = function* (left, path) {
    if (left.length === 0) { yield path; return; }
    const [name, ...rest] = left;
    for (const value of all[name]) yield* step(rest, path.replace(new RegExp(`\\{${name}[#*]?\\}`), value));
  };
  if (!dated) { yield* step(names, pattern); return; }
  for (const [y, m, d] of all.dates)
    yield* step(names.filter((n) => !['year', 'month', 'day'].includes(n)),
                pattern.replace(/\{year#?\}/, y).replace(/\{month#?\}/, m).replace(/\{day#?\}/, d));
}

function decoded(reply) {
  const how = reply.headers['content-encoding'];
  return how === 'br' ? zlib.brotliDecompressSync(reply.body) : how === 'gzip' ? zlib.gunzipSync(reply.body) : reply.body;
}

// a story that comes back with other words: its address and its names are not what must go
const plain = { headline: 'Back with other words', person: '', byline: '', keywords: [], located: '' };

test('no word of a story that is not public leaks through any route', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const stories = {
    embargoed: await story(paper, 'embargoed', { embargo: new Date(Date.now() + 86400_000) }),
    withdrawn: await story(paper, 'withdrawn'),
    killed: await story(paper, 'killed'),
    draft: await story(paper, 'draft'),
    live: await story(paper, 'live'),
    hidden: await story(paper, 'hidden', plain),
  };
  const ada = await publisher(server);
  for (const [state, id] of Object.entries(stories)) {
    await ada.get(`/desk/stories/${id}`);
    assert.equal((await ada.post(`/desk/stories/${id}/notes`, { words: `Note ${canary(state, 'note')}, @Ada Quill ${canary(state, 'mention')}` })).status, 303);
  }
  await entries(paper, stories.live);
  await paper.does('live', '--headline', `Headline ${canary('killed', 'headline')}`, '--quote', canary('killed', 'body'), 'add', stories.killed);
  const notices = {};
  for (const state of ['withdrawn', 'killed', 'live']) notices[state] = await notice(paper, state);
  notices.embargoed = await notice(paper, 'embargoed', new Date(Date.now() + 86400_000).toISOString());
  await write(ada, stories.live);
  await ada.get('/desk/stories');
  const begun = await ada.post('/desk/stories', { type: 'opinion', section: 'news' });
  await write(ada, Number(/(\d+)\/edit$/.exec(begun.headers.location)[1]));
  const states = [...Object.keys(stories), 'working', ...entryStates];
  const all = await values(stories, paper);

  // the address of the style sheet and its like
  const front = (await server.get('/')).text;
  for (const [, fingerprint, file] of front.matchAll(/"\/theme\/([^/]+)\/([^"]+)"/g)) {
    all.fingerprint.push(fingerprint);
    all.file.push(file);
  }

  const { out } = await run(['routes']);
  const routes = out.trim().split('\n').map((line) => line.split('\t'));
  assert.ok(routes.length >= 9, out);
  const paths = new Set();
  for (const [, pattern] of routes)
    for (const one of fill(pattern, all)) {
      paths.add(one);
      if (!/\.\w+$/.test(one)) for (const more of ['?before=9999999999999999', '.lite', '/feed.rss', '/'])
        paths.add(one === '/' ? `/${more.replace(/^\//, '')}` : one + more);
    }

  // by words that stand in every story, and by each canary with a slip in it, which must not be put right
  const slips = states.flatMap((state) => where.map((place) => `${canary(state, place).slice(0, -1)}w`));
  for (const q of ['headline', 'body', 'standfirst', 'hung', 'ada', 'headline -nonesuch', ...slips])
    for (const more of ['', '&sort=best', '&typing=1']) paths.add(`/search?q=${q}${more}`);
  for (const more of ['from=2000-01-01', 'from=2000-01-01&kind=notices', 'q=words', 'q=council&kind=notices', 'q=concil&kind=notices']) paths.add(`/search?${more}`);

  for (const id of Object.values(stories)) {
    const address = await paper.address(id);
    for (const format of ['json', 'xml'])
      if (address) paths.add(`/oembed?format=${format}&url=${encodeURIComponent(`http://localhost:8080${address}`)}`);
  }

  // while they were public the pages are opened, so that what the server keeps is looked at too
  const walk = async () => {
    const seen = [];
    for (const one of paths)
      for (const method of ['GET', 'POST'])
        for (const encoding of method === 'GET' ? ['identity', 'br'] : ['identity']) {
          const reply = await server.get(one.startsWith('/oembed?') ? one : encodeURI(one), { method, headers: { 'Accept-Encoding': encoding } });
          const asked = one.toLowerCase();
          const words = (decoded(reply).toString('latin1') + JSON.stringify(reply.headers)).toLowerCase();
          for (const state of states)
            for (const place of [...where, ...inside]) {
              const word = canary(state, place);
              // what was asked for may be said back in a Location, never anything else
              const said = words.split(word).length - 1 - (asked.includes(word) && reply.status < 400 && reply.status >= 300 ? Infinity : 0);
              if (said > 0) seen.push({ state, place, method, one, status: reply.status });
            }
        }
    return seen;
  };

  const before = await walk();
  for (const state of ['withdrawn', 'killed', 'live'])
    assert.ok(before.some((s) => s.state === state && s.place === 'body'), `the ${state} story was there before`);
  assert.ok(before.some((s) => s.state === 'entrydown' && /\/entry\/4$/.test(s.one)), 'the entry was there before');
  await paper.does('live', 'withdraw', stories.live, 4);
  await paper.does('withdraw', stories.withdrawn);
  await paper.does('kill', stories.killed);
  await paper.does('notice', 'withdraw', notices.withdrawn);
  await paper.does('notice', 'kill', notices.killed);
  await paper.does('withdraw', stories.hidden);
  await paper.does('ingest', await paper.copy('hidden-2.xml', newsml({
    guid: 'urn:newsml:tests.example:canary:hidden', version: 2, changed: new Date(), ...plain, body: '<p>Other words.</p>' })));
  await paper.does('publish', stories.hidden);

  const after = await walk();
  const leaks = after.filter((s) => s.state !== 'live' || inside.includes(s.place));
  assert.deepEqual(before.filter((s) => inside.includes(s.place)), [], 'notes');
  assert.deepEqual(leaks, [], `${leaks.length} leaks`);
  for (const state of ['embargoed', 'withdrawn', 'killed', 'draft'])  // a drawn word cannot be looked for
    assert.ok([404, 410].includes((await server.get(`/card/${stories[state]}.png`)).status), `the card of the ${state} story`);
  assert.equal((await server.get(`/card/${stories.live}.png`)).status, 200);
  assert.match((await server.get(`${await paper.address(stories.hidden)}/history`)).text, /no longer shown/);
  assert.deepEqual(before.filter((s) => ['embargoed', 'draft', 'working', 'entrydraft', 'entrylater'].includes(s.state)), []);
  for (const place of where)
    assert.ok(after.some((s) => s.state === 'live' && s.place === place), `the test sees no ${place} where it is public`);
  t.diagnostic(`said: ${routes.length} routes, ${paths.size} addresses, ${Object.keys(stories).length * where.length} canary words`);
});
