import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyPaper } from './lib/paper.js';

test('a paper changes its name and colour while it is served', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const colours = async () => /href="(\/colours\/[^"]+)"/.exec((await server.get('/')).text)[1];
  const before = await colours();

  await paper.does('settings', 'set', 'name', 'The “Sounding” & <Sons>');
  await paper.does('settings', 'set', 'accent', '#1D4F76');
  await paper.does('settings', 'set', 'type', 'didone');
  await paper.does('settings', 'set', 'language', 'ar');
  await paper.does('settings', 'set', 'phone', '+44 (1632) 960871');
  await paper.does('settings', 'set', 'mastodon', 'https://social.example/@sounding');

  const front = (await server.get('/')).text;
  assert.match(front, /<h1 class="name"><a href="\/">The “Sounding” &amp; &lt;Sons&gt;<\/a><\/h1>/);
  assert.match(front, /<html lang="ar" dir="rtl" data-type="didone" data-locale="ar-u-nu-latn"/);
  assert.match(front, /href="tel:\+441632960871"/);
  assert.match(front, /rel="me" href="https:\/\/social\.example\/@sounding"/);
  const after = await colours();
  assert.notEqual(after, before, 'the colours have another address');
  const css = await server.get(after);
  assert.match(css.text, /--accent:#1d4f76/);
  assert.match(css.headers['cache-control'], /immutable/);
  const icon = await server.get(/rel="icon" href="([^"]+)"/.exec(front)[1]);
  assert.match(icon.text, /fill="#1d4f76"[\s\S]*>S<\/text>/, 'its first letter in its colour');
  const old = await server.get(before);
  assert.match(old.text, /--accent:#1d4f76/, 'a page of yesterday gets the colours of today');
  assert.doesNotMatch(old.headers['cache-control'], /immutable/);

  await paper.does('settings', 'set', 'phone', '');
  assert.doesNotMatch((await server.get('/')).text, /tel:/);
});

test('the clock of the paper follows its zone', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const days = {};
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {   // 26 hours apart: never the same day
    await paper.does('settings', 'set', 'time_zone', zone);
    days[zone] = /<p class="today"><time datetime="([^"]+)"/.exec((await server.get('/')).text)[1];
  }
  assert.notEqual(days['Pacific/Kiritimati'], days['Etc/GMT+12']);
});

test('a setting that would break the page is refused with the reason', async (t) => {
  const paper = await emptyPaper(t);
  await paper.serve('--quiet');
  for (const [name, value, reason] of [
    ['accent', '#ffee00', /cannot be read on paper: the contrast is 1\.\d:1/],
    ['accent', 'red', /not a colour like/], ['name', '', /cannot do without/], ['language', 'en_GB', /language tag/],
    ['time_zone', 'Europe/Atlantis', /time zone/], ['x', 'javascript:alert(1)', /https:\/\//], ['email', 'nobody', /e-mail/],
  ]) {
    const done = await paper.command('settings', 'set', name, value);
    assert.equal(done.code, 1, `${name} ${value}`);
    assert.match(done.err, reason);
  }
  assert.equal((await paper.command('settings', 'set', 'colour', 'x')).code, 2);
  assert.equal((await paper.does('settings', 'get', 'accent')).out, '#8a1c1c\n');
  assert.match((await paper.does('settings', 'list')).out, /^tip_line .*where tips go/m);
});
