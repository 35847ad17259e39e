import assert from 'node:assert/strict';
import { test } from 'node:test';

import { password, Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

test('a form from elsewhere is not taken', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--proxied');
  const ada = await publisher(server);
  const rename = { act: 'name', name: 'Eve' };

  for (const more of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { Origin: `${server.address}0` },
                      { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: '' }]) {
    await ada.get('/desk/account');
    assert.equal((await ada.post('/desk/account', rename, more)).status, 403, JSON.stringify(more));
  }
  assert.equal((await ada.post('/desk/account', { ...rename, token: '' })).status, 403);
  assert.equal((await ada.post('/desk/account', { ...rename, token: '0'.repeat(32) })).status, 403);
  const other = new Person(server);
  await other.get('/desk/sign-in');
  assert.equal((await ada.post('/desk/account', { ...rename, token: other.token })).status, 403, 'somebody else’s token');
  assert.equal((await ada.post('/desk/account', rename, { 'Content-Type': 'text/plain' })).status, 400);
  assert.match((await ada.get('/desk')).text, /Ada Quill/);
  assert.equal((await ada.post('/desk/account', { ...rename, name: 'Ada Q.' }, { 'Sec-Fetch-Site': 'same-origin' })).status, 303);
  assert.match((await ada.get('/desk')).text, /Ada Q\./);

  // signing somebody in as somebody else is no way in either
  const eve = new Person(server);
  assert.equal((await eve.post('/desk/sign-in', { email: 'ada@paper.example', password })).status, 403, 'no page before it');
});

test('the newsroom is open by https, or on the machine itself', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--proxied');
  const plain = await server.get('/desk/sign-in', { headers: { 'X-Forwarded-For': '192.0.2.7' } });
  assert.equal(plain.status, 403);
  assert.match(plain.text, /https only/);

  const secure = await server.get('/desk/sign-in', { headers: { 'X-Forwarded-For': '192.0.2.7', 'X-Forwarded-Proto': 'https' } });
  assert.equal(secure.status, 200);
  const [cookie] = [secure.headers['set-cookie']].flat();
  assert.match(cookie, /^__Host-desk-form=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.match(secure.headers['x-robots-tag'], /noindex/);
  assert.match(secure.headers['content-security-policy'], /frame-ancestors 'none'/);
});

test('a proxy that the server was not told of opens nothing', async (t) => {
  const server = await (await emptyPaper(t)).serve('--quiet');
  assert.equal((await server.get('/desk/sign-in')).status, 200);
  for (const name of ['X-Forwarded-For', 'Forwarded'])
    assert.equal((await server.get('/desk/sign-in', { headers: { [name]: 'for=192.0.2.7' } })).status, 403, name);
  assert.equal((await server.get('/', { headers: { 'X-Forwarded-For': '192.0.2.7' } })).status, 200, 'readers are not asked');
});
