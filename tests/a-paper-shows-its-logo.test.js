// A picture of the library stands for the paper's name, at once, until it is killed; a ground of its own is under it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { newsml, newsmlKill } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { emptyPaper, root } from './lib/paper.js';
import { noise } from './lib/pictures.js';

const graph = (text) => JSON.parse(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(text)[1])['@graph'];
const told = (text) => graph(text).find((n) => n['@type'] === 'NewsMediaOrganization').logo.url;
const name = (text) => /<(\w+) class="name">([\s\S]*?)<\/\1>/.exec(text);

/** A paper with a story, and a picture that no story shows: its number, and the name it came by. */
async function paperWithPicture(t) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await paper.does('settings', 'set', 'name', 'The “Sounding” & Sons');
  const story = await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:one', headline: 'The pier is open' }));
  const { out } = await paper.does('ingest', '--publish', await paper.copy('logo.png', noise(600, 150)));
  return { paper, server, story: await paper.address(story), sent: /(urn:picture:\S+)/.exec(out)[1], id: 1 };
}

test('a paper shows its logo', async (t) => {
  const { paper, server, story, sent, id } = await paperWithPicture(t);
  const set = (...words) => paper.does('settings', 'set', ...words);
  const plain = (await server.get('/')).text;
  assert.match(name(plain)[2], /^<a href="\/">The “Sounding” &amp; Sons<\/a>$/);
  assert.match(told(plain), /\/card\/paper\.png$/);
  assert.equal((await server.get(`/media/${id}/600.jpg`)).status, 404, 'no story shows it');

  await t.test('it stands where the name stood, and says it', async () => {
    await set('logo', id);
    for (const [where, element] of [['/', 'h1'], [story, 'p'], ['/latest', 'p']]) {
      const [, is, inside] = name((await server.get(where)).text);
      assert.equal(is, element, where);
      const img = /<img [^>]+>/.exec(inside)[0];
      assert.match(img, /alt="The “Sounding” &amp; Sons"/);
      assert.match(img, /width="600" height="150"/, 'nothing moves when it comes');
      assert.equal((await server.get(/src="([^"]+)"/.exec(img)[1])).status, 200, 'though no story shows it');
      assert.equal(inside.replace(/<[^>]+>/g, '').trim(), '', 'and the name is not said twice');
    }
    const front = (await server.get('/')).text;
    assert.match(told(front), new RegExp(`^http.*/media/${id}/\\d+\\.jpg$`));
    const css = (await server.get(/href="(\/colours\/[^"]+)"/.exec(front)[1])).text;
    assert.match(css, /\.name img\{[^}]*height:/);
    const lite = (await server.get('/.lite')).text;
    assert.doesNotMatch(lite, /<img/, 'the lite edition has its name in letters');
    assert.match(lite, /The “Sounding” &amp; Sons/);
  });

  await t.test('what is no picture is refused', async () => {
    await paper.does('ingest', '--publish', await paper.copy('film.webm', await readFile(`${root}/sample/films/storm-hesper.webm`)));
    for (const [value, why] of [['2', /number 2 is a film or a sound, not a picture/], ['99', /there is no picture 99, or it was killed/], ['one', /not the number of a picture/]]) {
      const done = await paper.command('settings', 'set', 'logo', value);
      assert.equal(done.code, 1, value);
      assert.match(done.err, why);
    }
    assert.equal((await paper.does('settings', 'get', 'logo')).out, `${id}\n`);
  });

  await t.test('the desk shows which it is, and says what will not do', async () => {
    const ada = await publisher(server);
    const page = async () => (await ada.get('/desk/settings')).text;
    const seen = async () => /name="seen" value="([^"]+)"/.exec((await page()).split(/<form /).find((f) => f.includes('value="look"')))[1];
    const shown = /class="logo-shown" src="([^"]+)"/.exec(await page())[1];
    assert.equal((await ada.get(shown)).status, 200);
    const wrong = await ada.post('/desk/settings', { group: 'look', seen: await seen(), accent: '#1d4f76', masthead: 'blue', logo: '99' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="99"[^>]*aria-invalid="true"[\s\S]*There is no such picture, or it was killed\./);
    assert.match(wrong.text, /value="blue"[^>]*aria-invalid="true"[\s\S]*Please give a colour like #1d4f76\./);
    assert.equal((await ada.post('/desk/settings', { group: 'look', seen: await seen(), logo: '' })).status, 303);
    assert.equal((await server.get('/')).text.includes('<img'), false, 'letters again');
    assert.equal((await server.get(`/media/${id}/600.jpg`)).status, 404, 'and the picture is not public any more');
    assert.equal((await ada.post('/desk/settings', { group: 'look', seen: await seen(), logo: String(id) })).status, 303);
    assert.match(name((await server.get(story)).text)[2], /<img/);
  });

  await t.test('killed, it is gone at the next request, and the name is there in letters', async () => {
    await paper.does('ingest', '--publish', await paper.copy('kill.xml', newsmlKill({ guid: sent, version: 2 })));
    for (const where of ['/', story]) {
      const { text } = await server.get(where);
      assert.match(name(text)[2], /^<a href="\/">The “Sounding” &amp; Sons<\/a>$/);
      assert.doesNotMatch(text, new RegExp(`/media/${id}/`));
      assert.match(told(text), /\/card\/paper\.png$/);
    }
    assert.equal((await server.get(`/media/${id}/600.jpg`)).status, 410);
    assert.match((await paper.command('settings', 'set', 'logo', id)).err, /or it was killed/);
    await set('logo', '');
    assert.equal((await server.get('/')).text.includes('<img'), false);
  });
});

test('a masthead has a ground of its own, with an ink that is read on it', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const css = async () => (await server.get(/href="(\/colours\/[^"]+)"/.exec((await server.get('/')).text)[1])).text;
  assert.doesNotMatch(await css(), /masthead|\.name/, 'what is not set costs nothing');
  for (const [ground, ink] of [['#1D4F76', '#ffffff'], ['#FFD400', '#000000']]) {
    await paper.does('settings', 'set', 'masthead', ground);
    assert.match(await css(), new RegExp(`\\.masthead\\{--paper:${ground.toLowerCase()};--ink:${ink};`));
  }
  const done = await paper.command('settings', 'set', 'masthead', 'red;}body{display:none');
  assert.equal(done.code, 1);
  assert.match(done.err, /not a colour like/);
  await paper.does('settings', 'set', 'masthead', '');
  assert.doesNotMatch(await css(), /masthead/);
});
