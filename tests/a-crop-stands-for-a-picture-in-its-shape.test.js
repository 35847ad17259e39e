// A crop that an editor has set: pages show what was cut in that shape, at an address of its own; an older
// address leads to it; nonsense is refused with a sentence; a kill takes it away.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { ninjs } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';
import { jpegSize, quarters } from './lib/pictures.js';

const field = (text, shape, name) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text.slice(text.indexOf(`id="crop-${shape}"`)))?.[1];

test('a crop stands for a picture in its shape', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const pat = await employ(paper, server, 'pat@paper.example', 'photo-desk');
  const con = await employ(paper, server, 'con@paper.example', 'contributor');
  await paper.copy('one.png', quarters(1200, 800));
  await paper.copy('other.png', quarters(1200, 900));
  const publish = (name, picture = 'one.png') => paper.publish(`${name}.json`, ninjs({ guid: `urn:tests.example:${name}`, headline: `The ${name} story`, picture }));
  // between the two another: a list shows no picture twice in a row
  const ids = [await publish('older'), await publish('middle', 'other.png'), await publish('newer')];
  const story = await paper.address(ids.at(-1)), list = `/${story.split('/')[1]}`;
  const where = '/desk/pictures/1';
  const crop = async (shape, left, top, width, height, more = {}) => {
    const page = (await pat.get(where)).text;
    return pat.post(`${where}/crop`, { shape, was: field(page, shape, 'was') ?? '', left, top, width, height, act: 'crop', ...more });
  };
  const front = async () => (await server.get(list)).text;
  const shown = (wanted) => eventually(`the list shows ${wanted}`, async () => (await front()).includes(wanted), { within: 20_000 * patience });
  /** No maker is left with anything to do. */
  const made = () => eventually('all is made', async () => !/\(smaller ones are being made\)/.test((await pat.get(where)).text), { within: 20_000 * patience });

  await t.test('without one, all of the picture is there and the page says where its focal point lies', async () => {
    assert.doesNotMatch(await front(), /\/media\/1\/(wide|square)/);
    const page = (await pat.get(where)).text;
    assert.deepEqual(['left', 'top', 'width', 'height'].map((n) => field(page, 'square', n)), ['16.7', '0', '66.7', '100'], 'the frame begins with the middle');
    assert.match(page, /viewBox="200 0 800 800"/);
  });

  await t.test('who may not change pictures cannot', async () => {
    await con.get('/desk');
    assert.equal((await con.post(`${where}/crop`, { shape: 'wide', left: 0, top: 0, width: 50, height: 50, act: 'crop' })).status, 403);
    assert.doesNotMatch((await con.get(where)).text, /id="crop-wide"/);
  });

  await t.test('nonsense is refused with a sentence, and what was typed stays', async () => {
    for (const [numbers, sentence] of [
      [['60', '0', '41', '50'], /reaches beyond the picture/], [['0', '60', '50', '40.1'], /reaches beyond/],
      [['0', '0', '1.9', '50'], /too small/], [['0', '0', '20', '20'], /320 pixels/], [['0', '0', '100', '3'], /320 pixels/],
      [['x', '0', '50', '50'], /four numbers/], [['-1', '0', '50', '50'], /four numbers/], [['', '', '', ''], /four numbers/], [['1.25', '0', '50', '50'], /four numbers/],
    ]) {
      const refused = await crop('wide', ...numbers);
      assert.equal(refused.status, 422, numbers.join());
      assert.match(refused.text, sentence);
      assert.match(refused.text, /<details class="act crop" id="crop-wide" open>/);
      assert.equal(field(refused.text, 'wide', 'left'), numbers[0]);
    }
    assert.equal((await crop('tall', 0, 0, 50, 50)).status, 400);
    assert.equal((await crop('wide', 0, 0, 50, 50, { was: 'x' })).status, 400);
    assert.equal((await pat.post('/desk/pictures/99/crop', { shape: 'wide' })).status, 404);
  });

  let old;
  await t.test('one that is set stands on pages, in its shape', async () => {
    const saved = await crop('wide', '50', '0', '50', '50');
    assert.equal(saved.headers.location, `${where}#crop-wide`);
    await shown('/media/1/wide-500-0-500-500/320.webp 320w');
    await made();
    const card = /<div class="card-picture">[\s\S]*?<\/picture>/.exec(await front())[0];
    assert.match(card, /<img[^>]* src="\/media\/1\/wide-500-0-500-500\/600\.jpg" width="600" height="400"/);
    old = '/media/1/wide-500-0-500-500/480.jpg';
    const cut = await server.get(old);
    assert.equal(cut.status, 200);
    assert.deepEqual(jpegSize(cut.body), [480, 320]);
    assert.match(cut.headers['cache-control'], /max-age=3600/);
    assert.equal((await server.get(old, { headers: { 'If-None-Match': cut.headers.etag } })).status, 304);
    const page = (await server.get(story)).text;
    assert.match(page, /property="og:image" content="[^"]*\/media\/1\/wide-500-0-500-500\/600\.jpg"/);
    assert.match(page, /property="og:image:width" content="600"/);
    assert.match(page, /<figure class="hero[\s\S]*?src="\/media\/1\/1200\.jpg"/, 'the story itself shows all of it');
    assert.equal((await server.get('/media/1/square-0-0-500-500/320.jpg')).status, 303, 'there is none of that shape: all of it');
    for (const none of ['wide-500-0-500-500/481.jpg', 'wide-500-0-500-500/480.png', 'tall-0-0-500-500/320.jpg', 'wide-0500-0-500-500/320.jpg', 'wide/320.jpg'])
      assert.equal((await server.get(`/media/1/${none}`)).status, 404, none);
    assert.equal((await pat.get(`/desk${old}`)).status, 200);
    assert.equal((await con.get('/desk/media/1/wide-1-0-500-500/480.jpg')).headers.location, `/desk${old}`);
  });

  await t.test('a square of its own is for telephones', async () => {
    await crop('square', '0', '50', '50', '50');
    await shown('/media/1/square-0-500-500-500/400.jpg 400w');
    await made();
    const [lead, , card] = (await front()).match(/<div class="card-picture">[\s\S]*?<\/picture>/g);
    assert.doesNotMatch(lead, /square/, 'the newest is wide everywhere');
    assert.match(card, /<source media="\(max-width: 39\.99rem\)" type="image\/jpeg" srcset="\/media\/1\/square-0-500-500-500\/320\.jpg 320w/);
    assert.ok(card.lastIndexOf('square') < card.indexOf('wide'), 'telephones are asked first');
    assert.match(card, /<img[^>]* src="\/media\/1\/wide-500-0-500-500\/600\.jpg"/);
    assert.deepEqual(jpegSize((await server.get('/media/1/square-0-500-500-500/400.jpg')).body), [400, 400]);
  });

  await t.test('another takes its place at once, the older address leads to it, the log has both', async () => {
    await crop('wide', '0', '50', '50', '50');
    assert.doesNotMatch(await front(), /wide-500-0-500-500/, 'kept pages were dropped');
    await shown('/media/1/wide-0-500-500-500/600.jpg');
    await made();
    const moved = await server.get(old);
    assert.equal(moved.status, 303);
    assert.equal(moved.headers.location, '/media/1/wide-0-500-500-500/480.jpg');
    assert.doesNotMatch(moved.headers['cache-control'] ?? '', /max-age=[1-9]/);
    const files = (await readdir(path.join(paper.data, 'media'), { recursive: true })).filter((f) => /wide/.test(f));
    assert.ok(files.length > 0 && files.every((f) => f.includes('/wide-0-500-500-500-w')), `what was cut before is gone: ${files}`);
    const log = (await ada.get('/desk/audit?act=picture_changed')).text;
    assert.match(log, /crop, wide[\s\S]*?50\.0 0\.0 50\.0 50\.0/);
    assert.match(log, /0\.0 50\.0 50\.0 50\.0/);
    const late = await crop('wide', '10', '10', '50', '50', { was: '500-0-500-500' });
    assert.equal(late.status, 409);
    assert.equal(field(late.text, 'wide', 'left'), '10');
    assert.equal(field(late.text, 'wide', 'was'), '0-500-500-500', 'knowing that, it may be saved');
  });

  await t.test('it is left to the focal point again', async () => {
    await crop('wide', '', '', '', '', { act: 'none' });
    assert.doesNotMatch(await front(), /\/media\/1\/wide/);
    await made();
    assert.equal((await server.get(old)).headers.location, '/media/1/480.jpg');
    assert.deepEqual(jpegSize((await server.get('/media/1/480.jpg')).body), [480, 320]);
  });

  await t.test('a kill takes it away in every shape', async () => {
    const square = '/media/1/square-0-500-500-500/400.jpg';
    assert.equal((await server.get(square)).status, 200);
    for (const id of ids) await paper.does('kill', id);
    assert.equal((await server.get(square)).status, 410);
    assert.equal((await server.get(old)).status, 410, 'nor does an old address lead anywhere');
    assert.match((await paper.does('check')).out, /0 problems/);
  });
});
