// One picture's page: what is said of it is changed by form, with script off; readers have it where a story
// says nothing else; who may not, cannot.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { employ, Person, publisher } from './lib/desk.js';
import { request } from './lib/http.js';
import { samplePaper } from './lib/paper.js';
import { hostile, noise } from './lib/pictures.js';

const field = (text, name) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1];

/** A form with files, as a browser sends it. */
async function sendForm(person, parts) {
  const body = [];
  for (const [name, file, bytes] of [['token', undefined, person.token], ...parts])
    body.push(Buffer.from(`--b42\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\nContent-Type: image/png`}\r\n\r\n`),
              Buffer.from(bytes), Buffer.from('\r\n'));
  body.push(Buffer.from('--b42--\r\n'));
  return person.keep(await request(person.server.port, '/desk/pictures', {
    method: 'POST', body: Buffer.concat(body),
    headers: person.headers({ 'Content-Type': 'multipart/form-data; boundary=b42', Origin: person.server.address }),
  }));
}

test('the words of a picture are changed at the desk', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const pat = await employ(paper, server, 'pat@paper.example', 'photo-desk');
  const con = await employ(paper, server, 'con@paper.example', 'contributor');

  await t.test('a form takes files in, with script off', async () => {
    await pat.get('/desk/pictures');
    const one = await sendForm(pat, [['file', 'C:\\sea\\one.png', noise(400, 300, 3)]]);
    assert.match(one.headers.location, /^\/desk\/pictures\/\d+$/);
    assert.match((await pat.get(one.headers.location)).text, /one\.png/);
    const two = await sendForm(pat, [['file', 'two.png', noise(400, 300, 4)], ['file', 'three.png', noise(400, 300, 5)]]);
    assert.equal(two.headers.location, '/desk/pictures');
    const mixed = await sendForm(pat, [['file', 'four.png', noise(400, 300, 6)], ['file', 'script.png', hostile['script.jpg']]]);
    assert.equal(mixed.status, 422);
    assert.match(mixed.text, /<bdi>script\.png<\/bdi>: [A-Z]/);
    assert.match(mixed.text, /four\.png/, 'the good one is in');
    assert.equal((await sendForm(pat, [['file', '', '']])).status, 422);
    await con.get('/desk');
    assert.equal((await sendForm(con, [['file', 'x.png', noise(400, 300, 8)]])).status, 403);
    await pat.get('/desk');
    pat.token = 'wrong';
    assert.equal((await sendForm(pat, [['file', 'x.png', noise(400, 300, 8)]])).status, 403);
    await pat.get('/desk');
    const { pictures } = await pat.json('/desk/pictures/list');
    assert.deepEqual(pictures.slice(0, 4).map((p) => p.file), ['four.png', 'three.png', 'two.png', 'one.png']);
  });

  // a picture that leads a story on the front, whose alt text is the library's
  const front = (await server.get('/')).text;
  const [, id] = /class="card-picture">\s*<picture>[\s\S]*?src="\/media\/(\d+)\//.exec(front);
  const where = `/desk/pictures/${id}`;
  const fields = (page, more) => ({ seen: field(page, 'seen'), headline: field(page, 'headline') ?? '', caption: 'Boats', byline: '', credit: 'Pat', copyright: '',
                                    alt: '', keywords: 'one\r\n two \r\n\r\none more', focus_x: '20', focus_y: '70', ...more });

  await t.test('who may not change it sees it', async () => {
    const page = (await con.get(where)).text;
    assert.doesNotMatch(page, /id="picture"/);
    assert.equal((await con.post(where, fields(page))).status, 403);
    assert.match((await ada.get(where)).text, /<h2 class="label" id="shown">[\s\S]*?href="\/desk\/stories\/\d+"/);
    assert.doesNotMatch((await pat.get(where)).text, /id="shown"/, 'the photo desk may not edit stories');
    assert.equal((await new Person(server).get(where)).status, 303);
  });

  await t.test('what is changed is there, readers crop it at its focal point, the log has both', async () => {
    const page = (await pat.get(where)).text;
    const saved = await pat.post(where, fields(page, { headline: 'Zwölf Möwen', alt: 'Twelve <gulls>' }));
    assert.equal(saved.headers.location, where);
    const now = (await pat.get(where)).text;
    assert.match(now, /name="alt"[^>]*>Twelve &lt;gulls&gt;</);
    assert.match(now, /name="keywords"[^>]*>one\ntwo\none more</);
    assert.equal(field(now, 'focus_x'), '20');
    assert.deepEqual((await pat.json('/desk/pictures/list?q=mowen+zwolf')).pictures.map((p) => [p.id, ...p.focus]), [[Number(id), 20, 70]]);
    assert.match((await server.get('/')).text, new RegExp(`<img class="fx2 fy7" src="/media/${id}/`));
    const log = (await ada.get('/desk/audit?act=picture_changed')).text;
    assert.match(log, /Zwölf Möwen/);
    assert.match(log, /Twelve &lt;gulls&gt;/);
    // the same page sent again: somebody has been there since
    const late = await pat.post(where, fields(page, { headline: 'Late' }));
    assert.equal(late.status, 409);
    assert.match(late.text, /value="Late"/);
    assert.equal((await pat.post(where, fields(late.text, { headline: 'Late' }))).status, 303, 'knowing that, it may be saved');
  });

  await t.test('what is no focal point is refused', async () => {
    const page = (await pat.get(where)).text;
    for (const wrong of ['101', '-1', 'x', '']) {
      const refused = await pat.post(where, fields(page, { focus_x: wrong, headline: 'Kept' }));
      assert.equal(refused.status, 422);
      assert.match(refused.text, /value="Kept"/);
    }
    assert.equal((await pat.get('/desk/pictures/99999')).status, 404);
    assert.match((await paper.does('check')).out, /0 problems/);
  });
});
