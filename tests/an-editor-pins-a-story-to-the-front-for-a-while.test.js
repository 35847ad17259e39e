import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';

const story = (n) => newsml({ guid: `urn:newsml:tests.example:${n}`, headline: `Story ${n}` });
const lead = async (server) => /<h2><a href="[^"]+">([^<]*)</.exec((await server.get('/')).text)?.[1];
const all = async (server) => [...(await server.get('/')).text.matchAll(/<a href="(\/news\/\d{4}\/[^"]+)"/g)].map((m) => m[1]);

test('an editor pins a story to the front for a while', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ids = [];
  for (let n = 8; n >= 1; n--) ids[n - 1] = await paper.publish(`${n}.xml`, story(n));
  assert.equal(await lead(server), 'Story 1');

  await paper.does('front', 'pin', '1', ids[6]);
  assert.equal(await lead(server), 'Story 7');
  await paper.does('front', 'headline', '1.1', 'Seven & counting');
  await paper.does('front', 'kicker', '1.1', 'Numbers');
  assert.equal(await lead(server), 'Seven &amp; counting');
  const shown = await all(server);
  assert.equal(new Set(shown).size, shown.length, 'no story twice');
  assert.equal(shown.length, 8, 'and each once');
  assert.match((await server.get(await paper.address(ids[6]))).text, /<h1>Story 7<\/h1>/, 'the story keeps its own headline');
  assert.match((await paper.does('front', 'list')).out, new RegExp(`1\\.1\\t${ids[6]}\\tSeven & counting  \\(pinned\\)`));

  await paper.does('kill', ids[6]);
  assert.equal(await lead(server), 'Story 1', 'what is killed stands nowhere, pinned or not');
  await paper.does('front', 'unpin', '1');
  assert.equal((await paper.command('front', 'unpin', '1')).code, 1);

  await paper.does('front', 'pin', '1', ids[4], '--until', new Date(Date.now() + 2500 * patience).toISOString());
  assert.equal(await lead(server), 'Story 5');
  await eventually('the pin ends by itself', async () => await lead(server) === 'Story 1');
});

test('a section has a front of its own when it is given one', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  for (let n = 1; n <= 20; n++) await paper.publish(`${n}.xml`, story(n));
  assert.doesNotMatch((await server.get('/news')).text, /lead-card/);
  await paper.does('front', '--section', 'news', 'make');
  const { text } = await server.get('/news');
  assert.match(text, /lead-card/);
  assert.match(text, /<h1>News<\/h1>/);
  for (let n = 1; n <= 20; n++) assert.equal(text.split(`>Story ${n}<`).length, 2, `Story ${n} stands once`);
  await paper.does('front', '--section', 'news', 'unmake');
  assert.doesNotMatch((await server.get('/news')).text, /lead-card/);
});
