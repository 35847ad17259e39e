import assert from 'node:assert/strict';
import { test } from 'node:test';

import { employ, publisher, totp } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

test('a paper asks everybody for a second factor, and leads there before anything else', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  assert.equal((await paper.command('settings', 'set', 'second_factor', 'some')).code, 1);
  await paper.does('settings', 'set', 'second_factor', 'everybody');

  for (const where of ['/desk', '/desk/staff', '/desk/account', '/desk/account/password'])
    assert.equal((await ada.get(where)).headers.location, '/desk/account/second', where);
  const page = await ada.get('/desk/account/second');
  assert.match(page.text, /This paper asks everybody for a second factor/);
  assert.doesNotMatch(page.text, /desk\/staff"/, 'no menu that leads nowhere');
  assert.equal((await ada.post('/desk/account', { act: 'name', name: 'Eve' })).headers.location, '/desk/account/second', 'nothing is done either');

  await ada.get('/desk/account/second');
  await ada.post('/desk/account/second', { act: 'offer' });
  const secret = /class="secret"><code[^>]*>([A-Z2-7 ]+)</.exec((await ada.get('/desk/account/second')).text)[1];
  assert.match((await ada.post('/desk/account/second', { act: 'take', code: totp(secret) })).text, /class="codes"/);
  assert.match((await ada.get('/desk')).text, /Good to see you, Ada Quill/);

  // and whoever takes it away again is led back
  await ada.get('/desk/account/second');
  await ada.post('/desk/account/second', { act: 'drop' });
  assert.equal((await ada.get('/desk')).headers.location, '/desk/account/second');
  assert.equal((await ada.post('/desk/sign-out')).status, 303, 'who does not want to may go');

  await paper.does('settings', 'set', 'second_factor', 'as they like');
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  assert.equal((await bo.get('/desk')).status, 200);
});
