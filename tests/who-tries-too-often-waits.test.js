import assert from 'node:assert/strict';
import { test } from 'node:test';

import { password, Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

test('who tries too often waits, and the owner on a known device does not', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);

  const stranger = new Person(server);
  for (let i = 0; i < 5; i++) assert.equal((await stranger.signIn('ada@paper.example', { secret: `wrong ${i}` })).status, 403);
  const refused = await stranger.signIn('ada@paper.example', { secret: password });
  assert.equal(refused.status, 429, 'not even the right one');
  assert.ok(Number(refused.headers['retry-after']) >= 1);
  assert.match(refused.text, /Too many wrong tries/);
  assert.equal((await stranger.signIn('nobody@paper.example', { secret: 'x' })).status, 403, 'another account has its own count');

  // her own device is counted by itself
  await ada.get('/desk');
  await ada.post('/desk/sign-out');
  assert.equal((await ada.signIn('ada@paper.example')).status, 303);
  assert.equal((await ada.get('/desk')).status, 200);

  const log = (await ada.get('/desk/audit?act=sign_in_failed')).text;
  assert.equal(log.match(/class="deed-what"/g).length, 5, 'each wrong password of an account stands in the log');
});
