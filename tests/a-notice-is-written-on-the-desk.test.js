import assert from 'node:assert/strict';
import { test } from 'node:test';

import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const day = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);

test('a notice is written on the desk', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'editor');
  const text = { title: 'Quay Road is closed', issuer: 'Roads Office', type: 'roads', reference: 'RO/1', text: 'From **seven** on.', from: day(-1), until: day(3) };

  await bo.get('/desk/notices/new');
  const without = await bo.post('/desk/notices/new', { ...text, issuer: '', act: 'save' });
  assert.equal(without.status, 422);
  assert.match(without.text, /value="Quay Road is closed"/, 'what was typed is still there');
  assert.equal((await bo.post('/desk/notices/new', { ...text, until: day(-3), act: 'save' })).status, 422);
  assert.match((await bo.post('/desk/notices/new', { ...text, act: 'preview' })).text, /<strong>seven<\/strong>/);
  assert.match((await server.get('/notices')).text, /class="empty"|no notices/i);

  const made = await bo.post('/desk/notices/new', { ...text, act: 'save' });
  assert.equal(made.status, 303, plain(made.text));
  const where = made.headers.location, address = where.replace('/desk', '');
  assert.match((await server.get('/notices')).text, /Quay Road is closed/);
  assert.match((await server.get(address)).text, /From <strong>seven<\/strong> on/);
  assert.match(plain((await bo.get('/desk/notices')).text), /Quay Road is closed Roads and traffic Roads Office .*Runs/);

  const edit = await bo.get(where);
  assert.match(edit.text, new RegExp(`name="until" value="${day(3)}"`));
  assert.match(edit.text, /From \*\*seven\*\* on\./);
  await bo.post(where, { ...text, title: 'Quay Road is open', act: 'save' });
  assert.match((await server.get(address)).text, /Quay Road is open/);

  await bo.post(where, { act: 'withdraw', reason: 'A mistake.' });
  assert.equal((await server.get(address)).status, 410);
  assert.match(plain((await bo.get(where)).text), /It was withdrawn/);
  await bo.post(where, { act: 'publish' });
  assert.equal((await server.get(address)).status, 200);

  const log = plain((await ada.get('/desk/audit')).text);
  assert.match(log, /Withdrew a notice Quay Road is open.*A mistake\./);
  assert.match(log, /Published a notice/);
  const cy = await employ(paper, server, 'cy@paper.example', 'moderator');
  assert.equal((await cy.get('/desk/notices')).status, 403);
  assert.equal((await cy.post(where, { act: 'withdraw' })).status, 403);
});
