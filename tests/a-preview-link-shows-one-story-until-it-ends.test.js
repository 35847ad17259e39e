import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper, root } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

async function storyOf(paper, name, headline, more = {}) {
  const file = await paper.copy(`${name}.xml`, newsml({ guid: `urn:newsml:tests.example:${name}`, headline, ...more }));
  return Number(/story (\d+)/.exec((await paper.does('ingest', file)).out)[1]);
}

test('a link shows one story to whoever has it, until it ends', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const pictures = path.join(root, 'sample/pictures');
  const [one, two] = (await readdir(pictures)).filter((f) => f.endsWith('.jpg')).sort();
  await paper.copy('one.jpg', await readFile(path.join(pictures, one)));
  await paper.copy('two.jpg', await readFile(path.join(pictures, two)));
  const pier = await storyOf(paper, 'pier', 'The pier is open', { picture: { href: 'one.jpg', caption: 'The pier' } });
  const other = await storyOf(paper, 'other', 'Nobody may read this', { picture: { href: 'two.jpg', caption: 'Not this' } });
  const desk = `/desk/stories/${pier}`;

  const make = async (hours = '24') => {
    await ada.get(desk);
    const page = await ada.post(`${desk}/links`, { hours });
    assert.equal(page.status, 200, page.text);
    return new URL(/<code>([^<]+)<\/code>/.exec(page.text)[1]).pathname;
  };
  const link = await make();
  assert.match(link, /^\/preview\/[\w-]{43}$/);

  await t.test('it opens for who has no account, says nothing of itself to others, and is kept by nobody', async () => {
    const page = await server.get(link);
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>The pier is open<\/h1>/);
    assert.match(page.headers['cache-control'], /no-store/);
    assert.match(page.headers['x-robots-tag'], /noindex/);
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    assert.match(page.headers['content-security-policy'], /frame-ancestors 'none'/);
    assert.doesNotMatch(page.text, /Nobody may read this/);
    assert.equal((await server.get('/')).headers['referrer-policy'], 'strict-origin-when-cross-origin');
    assert.ok(!server.out.includes(link), 'the log has not the link');
  });

  await t.test('it shows what is being written, at once', async () => {
    const copy = await ada.json(`${desk}/copy`);
    await ada.get(desk);
    const saved = await ada.send(`${desk}/copy`, { base: copy.revision, editor: 'e', kind: 'auto', copy: { ...copy.copy, headline: 'The pier is shut' } });
    assert.equal(saved.status, 200, saved.text);
    assert.match((await server.get(link)).text, /<h1>The pier is shut<\/h1>/);
  });

  await t.test('its pictures load under the link, and there alone', async () => {
    const page = (await server.get(link)).text;
    const src = /<img[^>]+src="([^"]+)"/.exec(page)[1];
    assert.ok(src.startsWith(`${link}/media/`), src);
    assert.equal((await server.get(src)).status, 200);
    assert.equal((await server.get(src.replace(link, ''))).status, 404, 'readers have not the picture');
    assert.equal((await server.get(src.replace(link, `/preview/${'x'.repeat(43)}`))).status, 404);
    const [, id] = /media\/(\d+)\//.exec(src);
    for (const n of [1, 2, 3, 4].filter((x) => x !== Number(id)))
      assert.equal((await server.get(src.replace(`media/${id}/`, `media/${n}/`))).status, 404, `media ${n} is of another story`);
  });

  await t.test('it opens no other story', async () => {
    assert.equal((await server.get(`/desk/stories/${other}/preview`)).status, 303);
    assert.equal((await server.get(`/preview/${'a'.repeat(43)}`)).status, 410);
    assert.equal((await server.get('/preview/x')).status, 410);
  });

  await t.test('the desk counts how often it was opened, and revokes it', async () => {
    const page = await ada.get(desk);
    assert.match(plain(page.text), /Made by Ada Quill , until .* opened 3 times/);
    assert.ok(!page.text.includes(link), 'the link is shown once');
    const [, id] = /name="end" value="(\d+)"/.exec(page.text);
    await ada.post(`${desk}/links`, { end: id });
    const gone = await server.get(link);
    assert.equal(gone.status, 410);
    assert.match(plain(gone.text), /This link opens nothing any more/);
    assert.doesNotMatch(gone.text, /The pier/);
    assert.match(gone.headers['cache-control'], /no-store/);
  });

  await t.test('it ends when the story is withdrawn, and stays ended', async () => {
    const second = await make('1');
    await ada.get(desk);
    await ada.post(desk, { act: 'publish' });
    assert.equal((await server.get(second)).status, 200);
    await ada.get(desk);
    await ada.post(desk, { act: 'withdraw', reason: 'x' });
    assert.equal((await server.get(second)).status, 410);
    assert.equal((await ada.post(`${desk}/links`, { hours: '1' })).status, 410, 'and none is made');
    await ada.get(desk);
    await ada.post(desk, { act: 'publish' });
    assert.equal((await server.get(second)).status, 410);
  });

  await t.test('it ends when the story is killed', async () => {
    const third = await make('168');
    await ada.get(`${desk}/kill`);
    assert.equal((await ada.post(`${desk}/kill`, { reason: 'x', sure: 'yes' })).status, 303);
    assert.equal((await server.get(third)).status, 410);
    assert.match(plain((await ada.get('/desk/audit')).text), /Made a link to a preview/);
  });

  await t.test('who may not write in the story makes none', async () => {
    const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
    assert.equal((await bo.post(`/desk/stories/${other}/links`, { hours: '1' })).status, 404);
    await ada.get(`/desk/stories/${other}`);
    for (const hours of ['', '0', '169', '-1', 'x'])
      assert.equal((await ada.post(`/desk/stories/${other}/links`, { hours })).status, 400, hours);
  });

  await t.test('staff see it on two widths, framed by us alone', async () => {
    const look = await ada.get(`/desk/stories/${other}/look`);
    assert.equal(look.status, 200);
    assert.equal((look.text.match(/<iframe/g) ?? []).length, 2);
    const drawn = await ada.get(`/desk/stories/${other}/preview`);
    assert.match(drawn.headers['content-security-policy'], /frame-ancestors 'self'/);
    assert.match(look.headers['content-security-policy'], /frame-ancestors 'none'/);
  });
});
