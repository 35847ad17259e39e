// A disk that is full, not for writing or failing, a database that somebody keeps locked, a clock that is set by an
// hour: readers have what they had, the desk says what is so, and nothing that was acknowledged is lost.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { Cut } from './lib/cut.js';
import { publisher } from './lib/desk.js';
import { outside } from './lib/outside.js';
import { emptyPaper, eventually, finallyDo } from './lib/paper.js';

const HOUR = 3600;
const plain = (html) => html.replace(/<\/?mark>/g, '').replace(/<[^>]+>/g, ' ').replace(/&#39;|’/g, "'").replace(/\s+/g, ' ');
const item = (name, more = {}) => newsml({ guid: `urn:newsml:tests.example:20261101:${name}`, headline: `The story of ${name}`, ...more });

async function begin(t, ...words) {
  const paper = await emptyPaper(t);
  const cut = await Cut.make(paper.folder);
  // what is preloaded comes before a sanitiser's own library
  const server = await paper.serveWith({ ...cut.arm(), ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0:exitcode=99` }, ...words);
  const desk = await publisher(server);
  const story = await paper.publish('one.xml', item('one'));
  return { paper, cut, server, desk, story, address: await paper.address(story) };
}

test('readers have what they had while nothing can be written', async (t) => {
  const { paper, cut, server, desk, address } = await begin(t);
  const health = async () => plain((await desk.get('/desk/health')).text);
  const write = () => desk.post('/desk/stories', { type: 'news', section: 'news' });
  assert.match(await health(), /Nothing is wrong/);

  for (const [error, words] of [['ENOSPC', /The disk is full/], ['EROFS', /The disk (gives errors|cannot be written to)/], ['EIO', /The disk gives errors/]])
    await t.test(error, async () => {
      cut.arm({ full: 1, error });
      const refused = await write();
      assert.equal(refused.status, 503);
      assert.match(plain(refused.text), /This could not be saved/);
      assert.match(plain(refused.text), words);
      assert.ok(refused.headers['retry-after']);
      for (const where of ['/', address, `${address}.lite`, '/feed.rss', '/search?q=one'])
        assert.match(plain((await server.get(where)).text), /The story of one/, where);
      assert.match(await health(), /Nothing can be saved/);
      assert.match((await paper.does('top', '--once')).out, /Nothing can be saved/);

      cut.arm();
      const taken = await eventually('it is saved again', async () => { const r = await write(); return r.status === 303 && r; });
      assert.equal((await desk.get(taken.headers.location)).status, 200);
      assert.doesNotMatch(await health(), /Nothing can be saved/);
    });

  await t.test('what was acknowledged is there after a kill', async () => {
    const taken = [];
    for (let full = 3; full < 60; full += 7) {
      cut.arm({ full });
      for (let i = 0; i < 3; i++) {
        const r = await write();
        if (r.status === 303) taken.push(r.headers.location); else assert.equal(r.status, 503);
      }
      cut.arm();
    }
    assert.ok(taken.length > 3);
    await server.stop('SIGKILL');
    desk.server = await paper.serve('--quiet');
    for (const where of taken) assert.equal((await desk.get(where)).status, 200, where);
    assert.match((await paper.does('check')).out, /: 0 problems/);
  });
});

test('who keeps the database locked is told of', async (t) => {
  const { paper, server, desk, address } = await begin(t);
  const other = spawn('sqlite3', [`${paper.data}/paper.db`], { stdio: ['pipe', 'pipe', 'inherit'] });
  finallyDo(t, () => other.kill());
  other.stdin.write('BEGIN IMMEDIATE;\nSELECT 1;\n');
  await new Promise((done) => other.stdout.once('data', done));
  const refused = await desk.post('/desk/stories', { type: 'news', section: 'news' });
  assert.equal(refused.status, 503);
  assert.match(plain(refused.text), /Another program on this machine keeps the database locked/);
  assert.match((await server.get(address)).text, /The story of one/);
  other.stdin.end('ROLLBACK;\n');
  await eventually('it is saved', async () => (await desk.post('/desk/stories', { type: 'news', section: 'news' })).status === 303);
});

test('a clock that is set hides nothing, and is told of', async (t) => {
  const { paper, cut, server, desk, address } = await begin(t);
  const shows = async (name, where = '/') => plain((await server.get(where)).text).includes(`The story of ${name}`);
  const noticed = (n) => eventually('it is noticed', () => server.err.match(/event=clock_jumped/g)?.length === n);
  const embargo = new Date(Date.now() + HOUR * 500);
  const two = await paper.publish('two.xml', item('two', { embargo }));
  const everywhere = ['/', '/latest', '/feed.rss', '/api/v1/stories', '/search?q=one', address, `${address}.lite`];

  await t.test('back by an hour', async () => {
    cut.arm({ clock: -HOUR });
    await noticed(1);
    assert.match(server.err, /event=clock_jumped by_ms=-(3600|3599)\d{3}/);
    for (const where of everywhere) assert.ok(await shows('one', where), where);
    assert.ok(!await shows('two'));
    const health = plain((await desk.get('/desk/health')).text);
    assert.match(health, /The clock of this machine is behind/);
    assert.match(health, /Serves for \d+ (second|minute)/, 'for as long as it does');
    await eventually('it stands on the first page', async () => /The clock of this machine was moved by 3,?(600|599) seconds/.test(plain((await desk.get('/desk')).text)));
    const begun = await desk.post('/desk/stories', { type: 'news', section: 'news' });
    assert.equal(begun.status, 303, 'work goes on');
  });

  await t.test('on by an hour: what is due is let out, and stays when the clock goes back', async () => {
    cut.arm({ clock: HOUR });
    await eventually('the embargo is over', () => shows('two'));
    await noticed(2);
    await eventually('that is written down', async () => new RegExp(`^\\s*${two}\\s+live`, 'm').test((await paper.does('list')).out));
    cut.arm();
    await noticed(3);
    assert.ok(await shows('two') && await shows('one'));
  });
});

test('what waits to be sent does not wait for a clock that went back', async (t) => {
  const { paper, cut, server } = await begin(t, '--quiet', '--ask-inside');
  const others = await outside(t, paper, server);
  cut.arm({ clock: -HOUR });
  await eventually('it is noticed', () => /event=clock_jumped/.test(server.err));
  await others.open();
  await others.taken();
});
