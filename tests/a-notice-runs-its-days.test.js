import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyPaper } from './lib/paper.js';

const day = (n) => new Date(Date.now() + n * 86400_000).toISOString().slice(0, 10);
const text = (more, title, words = 'Whoever objects must write to the clerk. Letters are public.') =>
  `Notice: ${more.type ?? 'planning'}\nIssued by: ${more.issuer ?? 'The Council'}\n` +
  Object.entries({ Reference: more.reference, 'Runs from': more.from, 'Runs until': more.until })
    .filter(([, v]) => v).map(([k, v]) => `${k}: ${v}\n`).join('') + `\n# ${title}\n\n${words}\n`;

test('a notice runs its days', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => (await server.get(where)).text;
  const take = async (name, words) => paper.does('ingest', '--publish', await paper.copy(name, words));
  const number = async (title) => new RegExp(`^(\\d+)\t.*${title}$`, 'm').exec((await paper.does('notice', 'list')).out)[1];

  await take('a.txt', text({ reference: 'A/1', from: day(-3), until: day(20) }, 'Six dwellings'));
  await take('b.txt', text({ from: day(-9), until: day(-2), type: 'traffic order' }, 'Quay closed'));
  await take('c.txt', text({ from: day(5), until: day(9), type: 'licensing' }, 'Music to come'));
  await take('d.txt', text({ type: 'funeral', issuer: 'The family' }, 'A boatbuilder'));

  await t.test('the list has those that run, and leads to those that ran', async () => {
    const list = await get('/notices');
    assert.match(list, /Six dwellings/);
    assert.match(list, /A boatbuilder/);
    assert.doesNotMatch(list, /Quay closed|Music to come/);
    const past = await get('/notices/past');
    assert.match(past, /Quay closed/);
    assert.doesNotMatch(past, /Six dwellings|Music to come/);
  });

  await t.test('one type is shown alone, and other types are no address', async () => {
    assert.match(await get('/notices/planning'), /Six dwellings/);
    assert.doesNotMatch(await get('/notices/planning'), /boatbuilder/);
    assert.equal((await server.get('/notices/none-such')).status, 404);
  });

  await t.test('what has ended stays at its address and says so; what is to come is not there', async () => {
    const ended = await get(`/notices/${await number('Quay closed')}`);
    assert.match(ended, /has run its time/);
    assert.match(ended, /Whoever objects/);
    assert.equal((await server.get(`/notices/${await number('Music to come')}`)).status, 404);
    assert.doesNotMatch(await get('/sitemap/notices.xml'), new RegExp(`/notices/${await number('Music to come')}<`));
    assert.match(await get('/sitemap.xml'), /sitemap\/notices\.xml/);
  });

  await t.test('a page is kept no longer than its run', async () => {
    const soon = new Date(Date.now() + 3600_000).toISOString();
    const file = await paper.copy('soon.md', '# Ends soon\n\nWords of it.\n');
    const { out } = await paper.does('notice', '--issuer', 'The Court', '--type', 'court', '--until', soon, 'add', file);
    const reply = await server.get(/\/notices\/\d+/.exec(out)[0]);
    const age = Number(/max-age=(\d+)/.exec(reply.headers['cache-control'])?.[1] ?? 0);
    assert.ok(age <= 3600, reply.headers['cache-control']);
    assert.match(await get('/notices'), /Ends soon/, 'the list that was kept has it too');
    const id = /\d+/.exec(out)[0], listed = async () => (await paper.does('notice', 'list')).out;
    const before = await listed();
    await paper.does('notice', '--reference', 'C/7', 'set', id, file);
    assert.match(await get(`/notices/${id}`), /C\/7/);
    await paper.does('notice', 'set', id, file);
    const page = await get(`/notices/${id}`);
    for (const words of [/C\/7/, /The Court/]) assert.match(page, words, 'what is not named stays');
    assert.equal(await listed(), before, 'the type and the end, too');
  });

  await t.test('a later one of the same issuer and reference says it anew, at the same address', async () => {
    const id = await number('Six dwellings');
    await take('a2.txt', text({ reference: 'A/1', from: day(-3), until: day(25) }, 'Seven dwellings'));
    assert.match(await get(`/notices/${id}`), /Seven dwellings/);
    assert.doesNotMatch(await get('/notices'), /Six dwellings/);
  });

  await t.test('feeds have what runs', async () => {
    const feed = JSON.parse(await get('/notices/feed.json'));
    assert.deepEqual(feed.items.map((i) => i.title).sort(), ['A boatbuilder', 'Ends soon', 'Seven dwellings']);
    assert.match(feed.items.find((i) => i.title === 'Seven dwellings').content_html, /Planning<\/strong>: The Council/);
    assert.deepEqual(JSON.parse(await get('/notices/death/feed.json')).items.map((i) => i.title), ['A boatbuilder']);
    assert.equal((await server.get('/notices/feed')).headers.location, '/notices/feed.rss');
  });

  await t.test('one that is taken down is gone, and can be back; a killed one never', async () => {
    const id = await number('A boatbuilder');
    await paper.does('notice', 'withdraw', id);
    const gone = await server.get(`/notices/${id}`);
    assert.equal(gone.status, 410);
    assert.match(gone.text, /<h1>This notice has been taken down<\/h1>/);
    assert.doesNotMatch(gone.text.slice(gone.text.indexOf('<main'), gone.text.indexOf('</h1>')), /story/);
    assert.equal((await server.get(`/api/v1/notices/${id}`)).status, 410);
    assert.doesNotMatch(await get('/notices'), /boatbuilder|class="pager"/);
    await paper.does('notice', 'publish', id);
    assert.match(await get(`/notices/${id}`), /boatbuilder/);
    await paper.does('notice', 'kill', id);
    assert.equal((await server.get(`/notices/${id}`)).status, 410);
    assert.equal((await paper.command('notice', 'publish', id)).code, 1);
  });

  await t.test('a notice that says nothing of its issuer, or of a day that is none, is set aside', async () => {
    const bad = await paper.command('ingest', '--publish', await paper.copy('e.txt', text({ from: 'some day' }, 'No day')),
                                    await paper.copy('f.txt', 'Notice: planning\n\n# Nobody\n\nWords.\n'));
    assert.equal(bad.code, 1);
    assert.match(bad.out + bad.err, /no day can be read/);
    assert.match(bad.out + bad.err, /who gives it out/);
    assert.doesNotMatch(await get('/notices'), /No day|Nobody/);
  });
});
