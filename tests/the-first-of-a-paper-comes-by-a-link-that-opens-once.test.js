import assert from 'node:assert/strict';
import { test } from 'node:test';

import { employ, firstLink, password, Person, publisher } from './lib/desk.js';
import { request } from './lib/http.js';
import { emptyPaper } from './lib/paper.js';

test('the first of a paper comes by a link that opens once', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve();
  const link = firstLink(server);

  const stranger = new Person(server);
  assert.match((await stranger.get('/desk/sign-in')).text, /Nobody works here yet/);
  assert.equal((await stranger.signIn('ada@paper.example')).status, 403);

  const ada = new Person(server);
  const { pathname } = new URL(link);
  await ada.get(pathname);
  for (const [method, where, status] of [['GET', `${pathname}/`, 301], ['GET', `/${pathname}`, 301], ['PUT', pathname, 405]])
    assert.equal((await request(server.port, where, { method })).status, status, 'not quite the link');
  for (const bad of ['short', 'password2026!', 'ada.quill2026'])
    assert.equal((await ada.post(pathname, { name: 'Ada Quill', email: 'ada@paper.example', password: bad })).status, 422, bad);
  assert.equal((await ada.post(pathname, { name: 'Ada Quill', email: 'nothing', password })).status, 422);
  await ada.join(link, { email: 'Ada@Paper.Example' });
  assert.match((await ada.get('/desk')).text, /Good to see you, Ada Quill/);
  assert.equal((await new Person(server).get(pathname)).status, 410);

  // the next server prints none
  await server.stop();
  assert.match(server.err, /event=request .*path="\/desk\/welcome\/\{token\}" status=303/);
  assert.ok(!server.err.includes(link.split('/').at(-1)), 'the log does not have the token');
  const next = await paper.serve('--quiet');
  assert.doesNotMatch(next.out, /welcome/);
  const { out } = await paper.does('user', 'list');
  assert.match(out, /^1\tactive\tpublisher\tada@paper\.example\tAda Quill\t-\t20/m);
});

test('people are invited, suspended, restored and given new passwords from the command line', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  assert.equal((await bo.get('/desk/staff')).status, 403);

  await paper.does('user', 'role', 'bo@paper.example', 'publisher');
  assert.equal((await bo.get('/desk/staff')).status, 200, 'at once');
  await paper.does('user', 'suspend', 'bo@paper.example');
  assert.equal((await bo.get('/desk')).status, 303);
  assert.equal((await new Person(server).signIn('bo@paper.example')).status, 403);
  await paper.does('user', 'restore', 'bo@paper.example');
  assert.equal((await bo.signIn('bo@paper.example')).status, 303);

  const { out } = await paper.does('user', 'reset', 'bo@paper.example');
  const link = new URL(/http\S+/.exec(out)[0]).pathname;
  const other = new Person(server);
  assert.match((await other.get(link)).text, /bo@paper\.example/);
  assert.equal((await other.post(link, { password: 'nine brown owls at dusk' })).status, 303);
  assert.equal((await bo.get('/desk')).status, 303, 'signed out by the new password');
  assert.equal((await bo.signIn('bo@paper.example')).status, 403);
  assert.equal((await bo.signIn('bo@paper.example', { secret: 'nine brown owls at dusk' })).status, 303);

  const last = await paper.command('user', 'suspend', 'nobody@paper.example');
  assert.equal(last.code, 1);
  assert.match(last.err, /nobody here has the e-mail/);
  assert.equal((await paper.command('user', '--role', 'nonesuch', 'add', 'x@paper.example')).code, 1);
  assert.equal((await paper.command('user', 'dance')).code, 2);
});
