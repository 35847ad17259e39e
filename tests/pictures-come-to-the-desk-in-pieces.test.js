// Uploads that go on where they were: after a cut line, after a kill of the server; bound to a person,
// bounded in number; what is hostile is refused and nothing of it stays.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { employ, publisher } from './lib/desk.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';
import { hostile, noise } from './lib/pictures.js';

const begin = (person, name, size) => person.send(`/desk/pictures/upload?name=${encodeURIComponent(name)}&size=${size}`);

/** Send all of it; gives the last answer. */
async function upload(person, name, bytes) {
  const begun = await begin(person, name, bytes.length);
  assert.equal(begun.status, 201, begun.text);
  const { upload: token, chunk } = begun.json;
  let reply;
  for (let at = 0; at < bytes.length; at += chunk)
    reply = await person.send(`/desk/pictures/upload/${token}?offset=${at}`, bytes.subarray(at, at + chunk));
  return { token, ...reply };
}

async function filesBelow(folder) {
  const all = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((f) => f.isFile()).map((f) => f.name);
}

/** Tell of a whole piece, send half of it, and go. */
function sendHalf(person, where, bytes) {
  return new Promise((resolve) => {
    const socket = net.connect(person.server.port, '127.0.0.1');
    const headers = person.headers({ Host: `127.0.0.1:${person.server.port}`, 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length,
                                     Origin: person.server.address, 'X-Desk-Token': person.token });
    socket.on('error', () => {});
    socket.on('close', resolve);
    socket.write(`POST ${where} HTTP/1.1\r\n${Object.entries(headers).map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`);
    socket.write(bytes.subarray(0, bytes.length / 2), () => socket.destroy());
  });
}

test('pictures come to the desk in pieces', async (t) => {
  const paper = await emptyPaper(t);
  let server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const pat = await employ(paper, server, 'pat@paper.example', 'photo-desk');
  const con = await employ(paper, server, 'con@paper.example', 'contributor');
  const mo = await employ(paper, server, 'mo@paper.example', 'moderator');
  const people = [ada, pat, con, mo];
  const uploads = path.join(paper.data, 'uploads'), media = path.join(paper.data, 'media');
  const picture = noise(1700, 1500);
  assert.ok(picture.length > 2.4 * 1024 * 1024);

  let token;
  await t.test('after a cut, and after a kill of the server, it goes on where it was', async () => {
    const begun = await begin(pat, 'Fischkutter im Nebel.png', picture.length);
    assert.equal(begun.status, 201, begun.text);
    token = begun.json.upload;
    const { chunk } = begun.json;
    assert.deepEqual(begun.json, { upload: token, offset: 0, chunk: 1048576 });
    assert.ok(token.length >= 40);
    const where = `/desk/pictures/upload/${token}`;

    const first = await pat.send(`${where}?offset=0`, picture.subarray(0, chunk));
    assert.deepEqual([first.status, first.json], [200, { offset: chunk }]);
    await sendHalf(pat, `${where}?offset=${chunk}`, picture.subarray(chunk, 2 * chunk));
    assert.deepEqual(await pat.json(where), { offset: chunk });

    for (const wrong of [0, 1, chunk - 1, chunk + 1, picture.length]) {
      const refused = await pat.send(`${where}?offset=${wrong}`, Buffer.alloc(10));
      assert.equal(refused.status, 409);
      assert.equal(refused.json.offset, chunk);
    }
    assert.equal((await pat.send(`${where}?offset=none`, Buffer.alloc(10))).status, 400);
    assert.equal((await pat.send(`${where}?offset=${chunk}`, Buffer.alloc(chunk + 1))).status, 413);

    server.child.kill('SIGKILL');
    await server.ended;
    server = await paper.serve('--quiet');
    for (const person of people) person.server = server;
    assert.deepEqual(await pat.json(where), { offset: chunk }, 'what was acknowledged is there');

    const second = await pat.send(`${where}?offset=${chunk}`, picture.subarray(chunk, 2 * chunk));
    assert.deepEqual([second.status, second.json], [200, { offset: 2 * chunk }]);
    assert.equal((await pat.send(`${where}?offset=${2 * chunk}`, picture.subarray(2 * chunk - 1))).status, 422, 'more than was said');
    const last = await pat.send(`${where}?offset=${2 * chunk}`, picture.subarray(2 * chunk));
    assert.equal(last.status, 201, last.text);
    assert.equal(last.json.picture.file, 'Fischkutter im Nebel.png');
    assert.deepEqual([last.json.picture.width, last.json.picture.height], [1700, 1500]);
    // whoever missed the answer has it again
    assert.deepEqual((await pat.json(where)).picture.id, last.json.picture.id);
    assert.equal((await pat.send(`${where}?offset=${picture.length}`)).json.picture.id, last.json.picture.id);
    assert.deepEqual(await filesBelow(uploads), []);
  });

  await t.test('staff see it, nobody else does', async () => {
    const { pictures } = await con.json('/desk/pictures/list');
    assert.equal(pictures.length, 1);
    const [one] = pictures;
    for (const address of [one.thumb, one.src]) {
      const got = await con.get(address);
      assert.equal(got.status, 200, address);
      assert.match(got.headers['content-type'], /^image\//);
      assert.match(got.headers['cache-control'], /private/);
      assert.equal((await server.get(address)).status, 303);
      assert.equal((await mo.get(address)).status, 403);
      assert.equal((await server.get(address.replace('/desk', ''))).status, 404, 'the public gate stays shut');
    }
    assert.equal((await con.get(`/desk/media/${one.id}/321.jpg`)).status, 404);
    assert.equal((await con.get('/desk/media/99/320.jpg')).status, 404);
  });

  await t.test('an upload is its person’s own', async () => {
    const begun = await begin(pat, 'a.png', 1000);
    const where = `/desk/pictures/upload/${begun.json.upload}`;
    assert.equal((await ada.get(where)).status, 404);
    assert.equal((await ada.send(`${where}?offset=0`, Buffer.alloc(10))).status, 404);
    assert.equal((await server.get(where)).status, 303);
    assert.equal((await begin(con, 'a.png', 10)).status, 403);
    assert.equal((await con.send(`${where}?offset=0`, Buffer.alloc(10))).status, 403);
    assert.equal((await pat.send(`${where}?offset=0`, Buffer.alloc(10), { 'X-Desk-Token': con.token })).status, 403);
    assert.equal((await pat.send(`${where}?offset=0`, Buffer.alloc(10), { Origin: 'http://elsewhere.example' })).status, 403);
    assert.deepEqual(await pat.json(where), { offset: 0 });
  });

  await t.test('what is hostile is refused, and nothing of it stays', async () => {
    const before = await eventually('the widths are made', async () => {
      const files = await filesBelow(media);
      return files.includes('w1600.avif') && files;
    }, { within: 60_000 * patience });
    for (const [name, bytes] of Object.entries(hostile)) {
      const refused = await upload(pat, name, bytes);
      assert.equal(refused.status, 422, `${name}: ${refused.text}`);
      assert.match(refused.json.error, /^[A-Z].{20,}\.$/);
      assert.ok(refused.json.why.length > 8);
      assert.equal((await pat.get(`/desk/pictures/upload/${refused.token}`)).status, 404);
    }
    assert.deepEqual(await filesBelow(uploads), []);
    assert.deepEqual((await filesBelow(media)).sort(), before.sort());
    assert.equal((await pat.json('/desk/pictures/list')).pictures.length, 1);
    assert.match((await paper.does('check')).out, /0 problems/);
  });

  await t.test('the same picture is kept once; one that was sent is found by its words', async () => {
    const again = await upload(pat, 'other.png', picture);
    assert.equal(again.status, 201);
    const other = await upload(pat, 'Harbour, morning.png', noise(400, 300, 7));
    assert.equal(other.status, 201);
    const found = async (q, more = '') => (await con.json(`/desk/pictures/list?q=${encodeURIComponent(q)}${more}`)).pictures.map((p) => p.file);
    assert.deepEqual(await found(''), ['Harbour, morning.png', 'Fischkutter im Nebel.png']);
    assert.deepEqual(await found('nebel fisch'), ['Fischkutter im Nebel.png']);
    assert.deepEqual(await found('HARB'), ['Harbour, morning.png']);
    assert.deepEqual(await found('harbour nebel'), []);
    assert.deepEqual(await found('" OR * NEAR( harbour'), []);
    assert.deepEqual(await found('"(*)'), ['Harbour, morning.png', 'Fischkutter im Nebel.png']);
    assert.deepEqual(await found('', '&kind=image'), ['Harbour, morning.png', 'Fischkutter im Nebel.png']);
    assert.deepEqual(await found('', '&kind=video'), []);
    assert.deepEqual(await found('', `&before=${other.json.picture.id}`), ['Fischkutter im Nebel.png']);
  });

  await t.test('there are bounds, and a line in the log', async () => {
    assert.equal((await begin(pat, '', 10)).status, 422);
    assert.equal((await begin(pat, 'a.png', 0)).status, 422);
    assert.equal((await begin(pat, 'a.png', -5)).status, 422);
    assert.equal((await begin(pat, 'a.png', 'many')).status, 400);
    assert.equal((await begin(pat, 'film.mp4', 257 << 20)).status, 422);
    let begun = 0, reply;
    while ((reply = await begin(pat, `${begun}.png`, 10)).status === 201 && begun < 40) begun++;
    assert.equal(reply.status, 503);
    assert.equal(begun, 19, 'twenty, with the one from before');
    assert.equal((await begin(ada, 'a.png', 10)).status, 201, 'others are not kept waiting');
    const log = (await ada.get('/desk/audit')).text;
    assert.equal(log.match(/Took a picture in/g).length - 1, 2, 'one for each that is new, and the name in the filter');
  });
});
