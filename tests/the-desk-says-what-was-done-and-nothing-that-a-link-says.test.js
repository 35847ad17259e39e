import assert from 'node:assert/strict';
import { test } from 'node:test';

import { publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const said = (reply) => /<p class="said" role="status">([^<]*)/.exec(reply.text)?.[1].trim();

test('the desk says once what was done, and nothing that a link says', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  for (const link of ['/desk?done=killed&ms=3', '/desk/account?done=password', '/desk/sign-in?done=out'])
    assert.equal(said(await ada.get(link)), undefined, link);

  await ada.get('/desk/account');
  const reply = await ada.post('/desk/account', { act: 'name', name: 'Ada Q.' });
  assert.equal(reply.headers.location, '/desk/account');
  assert.equal(said(await ada.get('/desk/account')), 'Saved.');
  assert.equal(said(await ada.get('/desk/account')), undefined, 'once');

  for (const word of ['nonsense', 'saved.-1', '.', 'saved.99999999999999999999', '%00']) {
    ada.cookies.set('desk-said', word);
    const page = await ada.get('/desk');
    assert.equal(page.status, 200);
    assert.ok([undefined, 'Saved.'].includes(said(page)), word);
  }
  assert.equal((await ada.post('/desk/sign-out')).headers.location, '/desk/sign-in');
  assert.equal(said(await ada.get('/desk/sign-in')), 'You are signed out.');
});
