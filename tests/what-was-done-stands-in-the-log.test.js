import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const deeds = (html) => [...html.matchAll(/<li>\s*<p class="deed-when">(.*?)<\/li>/gs)].map(([, one]) => one.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim());

test('what was done stands in the log: who, what, before and after', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const story = await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:log', headline: 'The pier is open' }));
  await paper.does('correct', '--reason', 'It is the east pier.', '--headline', 'The east pier is open', story);
  await paper.does('withdraw', '--reason', 'A letter came.', story);
  await paper.does('publish', story);
  await paper.does('label', story, 'origin', 'agency');
  await paper.does('kill', '--reason', 'Never again.', story);
  await paper.does('settings', 'set', 'motto', 'By the sea');
  const notice = await paper.copy('n.md', '# Road closed\n\nFrom Monday.\n');
  await paper.does('notice', '--type', 'roads', '--issuer', 'Council', 'add', notice);
  assert.equal((await paper.command('kill', 4711)).code, 1);

  const all = deeds((await ada.get('/desk/audit')).text);
  const me = os.userInfo().username;
  const line = (pattern) => assert.ok(all.some((d) => pattern.test(d)), `${pattern} in\n${all.join('\n')}`);
  line(new RegExp(`Corrected a story The pier is open .*Version: 1 2 .*Headline: The pier is open The east pier is open .*It is the east pier\\. ${me}`));
  line(/Withdrew a story The east pier is open State: live withdrawn .*Reason: A letter came\./);
  line(/Published a story .*State: withdrawn live/);
  line(/Labelled a story .*Field: origin Value: agency/);
  line(/Killed a story .*State: live killed .*Never again/);
  line(/Changed a setting motto Value: .*By the sea/);
  line(/Published a notice Road closed/);
  line(/Joined .*ada@paper\.example .*127\.0\.0\.1 Firefox on Linux/);
  assert.ok(!all.some((d) => /4711/.test(d)), 'what was not done does not stand there');

  // filters and paging
  const killed = deeds((await ada.get('/desk/audit?act=story_killed')).text);
  assert.equal(killed.length, 1);
  const hers = deeds((await ada.get('/desk/audit?who=1')).text);
  assert.ok(hers.length >= 2 && hers.every((d) => /Ada Quill/.test(d)));
  assert.equal(deeds((await ada.get('/desk/audit?to=2001-01-01')).text).length, 0);
  for (let i = 0; i < 60; i++) await paper.does('settings', 'set', 'motto', `By the sea ${i}`);
  const first = (await ada.get('/desk/audit?act=setting_changed')).text;
  assert.equal(deeds(first).length, 50);
  const older = /href="([^"]+)" rel="next"/.exec(first)[1].replace(/&amp;/g, '&');
  assert.equal(deeds((await ada.get(older)).text).length, 11);

  // of one story, from its page: not what was done to a setting or a person of the same number
  assert.ok(all.length > 0 && story === 1, 'there are others of this number');
  assert.match((await ada.get(`/desk/stories/${story}`)).text, new RegExp(`href="/desk/audit\\?story=${story}">What was done to it`));
  const page = (await ada.get(`/desk/audit?story=${story}`)).text;
  assert.match(page, new RegExp(`Of one story:\\s*<a href="/desk/stories/${story}"><bdi>The east pier is open`));
  assert.match(page, /name="story" value="1"/, 'it stays when it is narrowed down further');
  const its = deeds(page);
  assert.ok(its.length >= 5 && its.every((d) => /pier is open/.test(d)), its.join('\n'));
  assert.equal(deeds((await ada.get(`/desk/audit?story=${story}&act=story_killed`)).text).length, 1);
  assert.equal(deeds((await ada.get('/desk/audit?story=99')).text).length, 0);

  // nobody changes it, not even with the database in hand
  const db = path.join(paper.data, 'paper.db');
  for (const sql of ['UPDATE audit SET who = \'nobody\'', 'DELETE FROM audit', 'DELETE FROM audit WHERE id = 1'])
    assert.throws(() => execFileSync('sqlite3', ['-cmd', '.timeout 10000', db, sql], { stdio: 'pipe' }), /only added to/, sql);
});
