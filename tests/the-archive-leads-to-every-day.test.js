import assert from 'node:assert/strict';
import { test } from 'node:test';

import { samplePaper } from './lib/paper.js';

const links = (html, pattern) => [...html.matchAll(/<a [^>]*href="(\/[^"]+)"/g)].map((m) => m[1]).filter((l) => pattern.test(l));

test('the archive leads by years, months and days to every story', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const get = async (where) => {
    const reply = await server.get(where);
    assert.equal(reply.status, 200, where);
    return reply.text;
  };
  assert.match(await get('/'), /<a href="\/archive">Archive<\/a>/);
  const years = new Set(links(await get('/archive'), /^\/\d{4}$/));
  assert.ok(years.size > 0);
  const days = new Set(), stories = new Set();
  for (const year of years)
    for (const month of new Set(links(await get(year), /^\/\d{4}\/\d\d$/)))
      for (const day of links(await get(month), /^\/\d{4}\/\d\d\/\d\d$/)) days.add(day);
  for (const day of days) {
    const page = await get(day);
    const found = new Set(links(page, /^\/[a-z]+\/\d{4}\/\d\d\/\d\d\//));
    const [, said] = new RegExp(`href="${day}" aria-current="page".*?class="unseen">(\\d+) stor`).exec(page);
    assert.equal(found.size, Number(said), `${day}: as many as the calendar says`);
    for (const one of found) stories.add(one);
  }
  const { out } = await paper.does('list', '--limit', '1000');
  assert.equal(stories.size, out.split('\n').filter((l) => /\blive\b/.test(l)).length);

  await t.test('a day that a story leaves loses it at once, and its link when it was the last', async () => {
    const day = [...days].sort()[0];
    const [month] = /^\/\d{4}\/\d\d/.exec(day);
    for (const line of (await paper.does('list', '--limit', '1000')).out.split('\n')) {
      const [number, state] = line.split('\t');
      if (state === 'live' && (await paper.address(number)).includes(`${day}/`)) await paper.does('withdraw', number);
    }
    assert.ok(!links(await get(month), /^\/\d{4}\/\d\d\/\d\d$/).includes(day));
    assert.match(await get(day), /Nothing was published on this day/);
    assert.ok(!links(await get([...days].sort()[1]), /./).includes(day), 'nor is it the day before another');
  });

  await t.test('what has nothing is not there', async () => {
    for (const none of ['/1971', '/1971/02', '/9998', '/2026/13', '/2026/00', '/2026/2', '/2026/02/30', '/0026'])
      assert.equal((await server.get(none)).status, 404, none);
  });

  await t.test('corrections stand together, and lead to their stories', async () => {
    const [number] = (await paper.does('list')).out.split('\t');
    assert.ok(!(await get('/corrections')).includes('a herring too many'));
    await paper.does('correct', number, '--reason', 'We counted a herring too many.');
    const page = await get('/corrections');
    assert.match(page, /We counted a herring too many/);
    assert.ok(page.includes(await paper.address(number)));
    await paper.does('withdraw', number);
    assert.ok(!(await get('/corrections')).includes('a herring too many'));
  });
});
