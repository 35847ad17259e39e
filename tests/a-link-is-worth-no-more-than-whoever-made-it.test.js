import assert from 'node:assert/strict';
import { test } from 'node:test';

import { employ, Person, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

test('a link is worth no more than whoever made it', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  await ada.get('/desk/roles/new');
  assert.equal((await ada.post('/desk/roles/new', [['name', 'Staff office'], ['may', 'staff'], ['may', 'write']])).status, 303);
  const bo = await employ(paper, server, 'bo@paper.example', 'staff-office');

  /** Invite somebody from the desk: { link, id }. */
  async function invite(who, name, role) {
    await who.get('/desk/staff/invite');
    const { text } = await who.post('/desk/staff/invite', { name, email: `${name}@paper.example`, role });
    const link = new URL(/<code dir="ltr">([^<]+)</.exec(text)[1]).pathname;
    const id = new RegExp(`href="/desk/staff/(\\d+)">${name}<`).exec((await ada.get('/desk/staff')).text)[1];
    return { link, id };
  }
  const status = async (link) => (await new Person(server).get(link)).status;
  const act = async (id, fields) => {
    await ada.get(`/desk/staff/${id}`);
    assert.equal((await ada.post(`/desk/staff/${id}`, fields)).status, 303);
  };

  // who is invited by bo and then gets more than bo may give
  const cy = await invite(bo, 'cy', 'contributor');
  assert.equal(await status(cy.link), 200);
  await act(cy.id, { act: 'role', role: 'publisher' });
  assert.equal(await status(cy.link), 410, 'bo knows the link, and may not give that role');
  await act(cy.id, { act: 'role', role: 'contributor' });

  // what the publisher has made stays, as she may give any role
  const dee = await invite(ada, 'dee', 'contributor');
  await act(dee.id, { act: 'role', role: 'editor' });
  assert.equal(await status(dee.link), 200);

  // a maker who is suspended, and restored
  const eve = await invite(bo, 'eve', 'contributor');
  const list = (await paper.does('user', 'list')).out;
  const boId = /^(\d+)\t.*bo@paper\.example/m.exec(list)[1];
  assert.equal(await status(eve.link), 200);
  await act(boId, { act: 'suspend' });
  assert.equal(await status(eve.link), 410);
  await act(boId, { act: 'restore' });
  assert.equal(await status(eve.link), 410, 'it does not come back');

  // a maker who may look after the staff no more
  await bo.signIn('bo@paper.example');
  const fay = await invite(bo, 'fay', 'contributor');
  await act(boId, { act: 'role', role: 'contributor' });
  assert.equal(await status(fay.link), 410);
});

test('links go by the setting address, or as the page was asked for where there is none', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const linkOf = async (name) => {
    await ada.get('/desk/staff/invite');
    const { text } = await ada.post('/desk/staff/invite', { name, email: `${name}@paper.example`, role: 'reporter' });
    return /<code dir="ltr">([^<]+)</.exec(text)[1];
  };
  assert.match(await linkOf('bo'), new RegExp(`^${server.address}/desk/welcome/`));
  await paper.does('settings', 'set', 'address', 'https://www.paper.example');
  assert.match(await linkOf('cy'), /^https:\/\/www\.paper\.example\/desk\/welcome\//);
});
