// kill -9 before the n-th thing that an act does to the disk, every second time when half of it is
// written: by count (tests/tools/cut.c).  What the paper knows is then what it knew before the act or
// after it (or after one of its transactions, in their order), and what was acknowledged is there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { chance } from '../lib/chance.js';
import { newsml, newsmlKill } from '../lib/copy.js';
import { Cut } from '../lib/cut.js';
import { publisher } from '../lib/desk.js';
import { emptyPaper, eventually, finallyDo, instrumented, root, run } from '../lib/paper.js';
import { request } from '../lib/http.js';
import { noise } from '../lib/pictures.js';
import { Device, pushService } from '../lib/push.js';

const APPLICATION_ID = 0x42736874;  // of store/inside.h
// of each act; when it has no more, all.  POINTS=50: so many; POINTS=all: every one there is
const POINTS = process.env.POINTS === 'all' ? Infinity : Number(process.env.POINTS ?? 14);
const skip = instrumented && 'the library must come first';
const guid = (name) => `urn:newsml:cut.example:${name}`;
const item = (name, more) => newsml({ guid: guid(name), headline: name, ...more });
const sqlite = (data, words, ...options) =>
  execFileSync('sqlite3', [...options, path.join(data, 'paper.db'), words], { encoding: 'utf8', maxBuffer: 64 << 20 });

/** All that the store holds, row by row, but moments and what is random. */
const known = (data) => sqlite(data, '.dump', '-readonly')
  .replace(/\b1[6-9]\d{14}\b/g, 'NOW').replace(/\b20\d\d-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, 'NOW')
  .replace(/\b[0-9a-f]{32,}\b/gi, 'BYTES').split('\n').sort().join('\n');

async function anew(from, to) {
  await fs.rm(to, { recursive: true, force: true });
  await fs.cp(from, to, { recursive: true });
}

async function isSound(data, where) {
  const { code, out, err } = await run(['check', '--data', data]);
  assert.equal(code, 0, `${where}: ${out}${err}`);
}

/** All of them when they are few, else as many spread evenly, each shifted within its part by chance. */
function pointsOf(all, number, most = POINTS) {
  if (all <= most) return Array.from({ length: all }, (_, i) => i + 1);
  const part = all / most;
  return Array.from({ length: most }, (_, i) => 1 + Math.floor(i * part) + number(Math.max(1, Math.floor(part))));
}

/** What was seen at one point after the other: never one that had been left. */
function inOrder(seen, most, what) {
  const states = seen.filter((s, i) => i === 0 || s !== seen[i - 1]);
  assert.equal(new Set(states).size, states.length, `${what}: back to what was before`);
  assert.ok(states.length <= most, `${what}: ${states.length} states, not ${most}`);
  return states.length;
}

test('what a command does', { skip }, async (t) => {
  const number = chance(t);
  const paper = await emptyPaper(t);
  const draft = await paper.copy('draft.xml', item('draft', { subjects: [{ code: '20000213', name: 'fishing' }] }));
  await paper.publish('live.xml', item('live', { byline: 'By Ann Quill' }));
  await paper.publish('second.xml', item('second'));
  await paper.does('ingest', draft);
  await paper.does('live', 'add', 2, '--headline', 'The first entry');
  const notice = await paper.copy('notice.md', '# Mill Lane is closed\n\nUntil Monday.\n');
  for (const name of ['a', 'b', 'c']) await paper.copy(`several/${name}.xml`, item(name));
  const picture = await paper.copy('picture.png', noise(64, 48));
  const update = await paper.copy('update.xml', item('live', { version: 2, headline: 'All boats are back' }));
  const kill = await paper.copy('kill.xml', newsmlKill({ guid: guid('live'), version: 2 }));

  const acts = {  // [the words, its transactions]
    publish: [['publish', 3]],
    schedule: [['publish', '--at', new Date(Date.now() + 86_400_000).toISOString(), 3]],
    correct: [['correct', '--reason', 'It was nine boats.', '--headline', 'Nine boats are back', 1]],
    withdraw: [['withdraw', '--reason', 'a mistake', 1]],
    kill: [['kill', 1]],
    'ingest of several': [['ingest', '--publish', path.join(paper.folder, 'copy/several')], 3],
    'ingest of a picture': [['ingest', picture]],
    'an update over the wire': [['ingest', '--publish', update]],
    'a kill over the wire': [['ingest', '--publish', kill]],
    settings: [['settings', 'set', 'name', 'The Cut Times']],
    'a pin on the front': [['front', 'pin', '1', 2]],
    'an entry': [['live', 'add', 1, '--headline', 'The harbour is full', '--key']],
    'an entry changed': [['live', 'edit', 2, 1, '--headline', 'The harbour is empty']],
    breaking: [['breaking', '--story', 1, 'All boats are back']],
    'a notice': [['notice', 'add', notice, '--type', 'roads', '--issuer', 'The council']],
  };
  const before = known(paper.data);
  let points = 0, halves = 0, many = 0;
  const cutOff = async (lane, name, words, steps = 1) => {
    const [verb, ...rest] = words, data = path.join(lane.folder, 'data');
    const attempt = (how) => run([verb, '--data', data, ...rest.map(String)], { env: lane.cut.arm(how) });
    await anew(paper.data, data);
    const whole = await attempt();
    assert.equal(whole.code, 0, `${name}: ${whole.err}${whole.out}`);
    const all = lane.cut.done(), after = known(data), seen = [before];
    assert.notEqual(after, before, name);
    assert.ok(all > 10, `${name}: ${all} acts`);
    many += all;

    for (const [i, n] of pointsOf(all, number).entries()) {
      const where = `${name}: killed before act ${n} of ${all}`;
      await anew(paper.data, data);
      const { code, signal, out } = await attempt({ kill: n, torn: i % 2 === 1 });
      assert.equal(signal, 'SIGKILL', `${where}: it ended with ${code}`);
      await isSound(data, where);
      seen.push(known(data));
      if (out.trim() !== '' && steps === 1) assert.equal(seen.at(-1), after, `${where}: it was acknowledged`);
      points++;
      halves += i % 2;
    }
    inOrder([...seen, after], steps + 1, name);

    // what was cut off at the last can be done again, or is there
    const again = await attempt();
    assert.ok(again.code === 0 || seen.at(-1) === after, `${name}: ${again.err}`);
  };
  const waiting = Object.entries(acts);
  await Promise.all(['one', 'two'].map(async (lane) => {
    const folder = path.join(paper.folder, lane);
    await fs.mkdir(folder);
    const cut = await Cut.make(folder);
    for (let next; (next = waiting.shift());) await cutOff({ folder, cut }, next[0], ...next[1]);
  }));
  t.diagnostic(`said: ${points} of ${many} kill points of ${Object.keys(acts).length} commands, at ${halves} of them half written; each whole or not at all`);
});

test('a log that is torn at its end', { skip }, async (t) => {
  const number = chance(t);
  const paper = await emptyPaper(t);
  const cut = await Cut.make(paper.folder);
  await paper.publish('live.xml', item('live'));
  for (let i = 0; i < 6; i++) await paper.copy(`several/${i}.xml`, item(`s${i}`, { body: `<p>${'Words of it. '.repeat(900)}</p>` }));
  const data = path.join(paper.folder, 'cut-data'), torn = path.join(paper.folder, 'torn-data');
  const log = path.join(torn, 'paper.db-wal');
  const attempt = (how) => run(['ingest', '--data', data, '--publish', path.join(paper.folder, 'copy/several')], { env: cut.arm(how) });
  await anew(paper.data, data);
  assert.equal((await attempt()).code, 0);
  const all = cut.done(), after = known(data), before = known(paper.data);
  const database = await fs.readFile(path.join(paper.data, 'paper.db'));

  // the last moment at which nothing but the log has been written: there all of it is in the log
  let last = 0;
  for (let low = 1, high = all; low <= high;) {
    const n = (low + high) >> 1;
    await anew(paper.data, data);
    await attempt({ kill: n });
    const untouched = (await fs.readFile(path.join(data, 'paper.db'))).equals(database);
    if (untouched) [last, low] = [n, n + 1];
    else high = n - 1;
  }
  await anew(paper.data, data);
  await attempt({ kill: last });
  const whole = await fs.readFile(path.join(data, 'paper.db-wal'));
  assert.ok(whole.length > 20_000, `${whole.length} bytes of log`);

  const tears = {
    'cut short': (bytes, at) => bytes.subarray(0, at),
    'full of noughts': (bytes, at) => bytes.fill(0, at),
    'full of something': (bytes, at) => { for (let i = at; i < bytes.length; i++) bytes[i] = number(256); return bytes; },
    'with one bit turned': (bytes, at) => { if (at < bytes.length) bytes[at] ^= 1 << number(8); return bytes; },
    'with more behind it': (bytes) => Buffer.concat([bytes, Buffer.from(Array.from({ length: number(9000) }, () => number(256)))]),
  };
  const states = new Set();
  let n = 0;
  for (const [name, tear] of Object.entries(tears))
    for (let i = 0; i < 6; i++, n++) {
      const at = whole.length - (i < 3 ? 1 + number(5000) : number(whole.length));
      await anew(data, torn);
      await fs.rm(path.join(torn, 'paper.db-shm'), { force: true });
      await fs.writeFile(log, tear(Buffer.from(whole), at));
      await isSound(torn, `${name} from ${at} of ${whole.length}`);
      const state = known(torn);
      assert.ok(state === before || state === after, `half of it: ${name} from ${at} of ${whole.length}`);
      states.add(state);
      if (name === 'with more behind it') assert.equal(state, after, name);
      // and it goes on from there
      if (i === 0) assert.equal((await run(['publish', '--data', torn, '1'])).code, 1, 'it is live already');
    }
  assert.equal(states.size, 2, 'torn where it did no harm, or always where it did');
  t.diagnostic(`said: ${n} torn logs of ${whole.length} bytes: as before the act or as after it`);
});

test('a schema that is brought up to date', { skip }, async (t) => {
  const number = chance(t);
  const folder = path.join(root, 'src/store/migrations');
  const paper = await emptyPaper(t);
  const cut = await Cut.make(paper.folder);
  const data = path.join(paper.folder, 'cut-data');
  const files = (await fs.readdir(folder)).sort();

  // a paper as a program had it that knew only the first of them
  const old = files.slice(0, 20);
  await fs.mkdir(paper.data, { mode: 0o700 });
  let sql = 'PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF;\n';
  for (const [i, name] of old.entries())
    sql += `BEGIN;\n${await fs.readFile(path.join(folder, name), 'utf8')}\nINSERT INTO migration VALUES (${i + 1}, '${name}', 0);\nCOMMIT;\n`;
  sql += `INSERT INTO setting (name, value) VALUES ('motto', 'Older than the rest') ON CONFLICT DO UPDATE SET value = excluded.value;
    PRAGMA user_version = ${old.length}; PRAGMA application_id = ${APPLICATION_ID};\n`;
  execFileSync('sqlite3', ['-bail', path.join(paper.data, 'paper.db')], { input: sql });
  const version = (at) => Number(sqlite(at, 'PRAGMA user_version', '-readonly'));
  assert.equal(version(paper.data), old.length);

  const attempt = (how) => run(['list', '--data', data], { env: cut.arm(how) });
  await anew(paper.data, data);
  const whole = await attempt();
  assert.equal(whole.code, 0, whole.err);
  const all = cut.done(), before = known(paper.data), after = known(data);
  assert.equal(version(data), files.length);
  assert.match(after, /Older than the rest/);

  const seen = [before];
  for (const [i, n] of pointsOf(all, number, POINTS + 6).entries()) {
    const where = `killed before act ${n} of ${all}`;
    await anew(paper.data, data);
    assert.equal((await attempt({ kill: n, torn: i % 2 === 1 })).signal, 'SIGKILL', where);
    // looked at without the program, which would go on with it
    const { length } = sqlite(data, 'PRAGMA integrity_check').split('\n').filter((line) => !/^(ok)?$/.test(line));
    assert.equal(length, 0, where);
    seen.push(known(data));
    const backup = path.join(data, `backup-before-00${old.length + 1}.db`);
    if (seen.at(-1) === after)
      assert.equal(Number(execFileSync('sqlite3', ['-readonly', backup, 'PRAGMA user_version'])), old.length, 'the backup came first');
    if (i % 4 === 0) {
      assert.equal((await run(['list', '--data', data])).code, 0, where);
      assert.equal(known(data), after, `${where}: the next start ends it`);
    }
    await isSound(data, where);
  }
  assert.equal(inOrder([...seen, after], 2, 'migrate'), 2);
  t.diagnostic(`said: ${seen.length - 1} of ${all} kill points while ${files.length - old.length} schema changes are made: all of them or none`);
});

test('what a served paper does', { skip }, async (t) => {
  const number = chance(t);
  const paper = await emptyPaper(t);
  const cut = await Cut.make(paper.folder);
  const service = await pushService(t), a = new Device(service, 'a'), b = new Device(service, 'b');
  const asks = (server, device) => request(server.port, '/push/subscribe', {
    method: 'POST', body: JSON.stringify(device.subscription), headers: { 'Content-Type': 'application/json' } });
  const keyOf = async (server) => JSON.parse((await server.get('/push/key')).text).key;
  const words = ['--quiet', '--ask-inside'];
  const begun = await paper.serve(...words);
  const ada = await publisher(begun);
  await paper.does('settings', 'set', 'email', 'desk@cut.example'); // push services want to know it
  for (const name of ['one', 'two', 'three']) await paper.publish(`${name}.xml`, item(name));
  const slot = /data-slot="(\d+)"\s+data-seen="([^"]+)"/.exec((await ada.get('/desk/front')).text);
  const pinned = await ada.post('/desk/front', { section: '', slot: slot[1], 'slot-seen': slot[2], place: 1, story: 1, act: 'pin' });
  assert.equal(pinned.status, 303, pinned.text);
  const bytes = noise(1150, 1000), CHUNK = 1 << 20;
  const draft = /name="seen" value="([^"]+)"/.exec((await ada.get('/desk/front')).text)[1];
  const upload = (await ada.send(`/desk/pictures/upload?name=boat.png&size=${bytes.length}`)).json.upload;
  await begun.stop();
  const due = Date.now() + 5000;
  await paper.publish('due.xml', item('due', { embargo: new Date(due) }));
  assert.match((await paper.does('list')).out, /^\s*4\s+scheduled/m, 'nobody has published it');
  await eventually('the time has come', () => Date.now() > due);

  const pristine = path.join(paper.folder, 'pristine');
  await anew(paper.data, pristine);
  // the same with a device that has asked
  const toTell = path.join(paper.folder, 'to-tell');
  const asked = await paper.serve(...words);
  await keyOf(asked);
  assert.equal((await asks(asked, a)).status, 204);
  await asked.stop();
  await anew(paper.data, toTell);
  const where = `/desk/pictures/upload/${upload}`;
  const address = await paper.address(4);
  const stands = async (...words) => (await paper.does(...words)).out;

  // does: what it gives is what was acknowledged; is: what stands afterwards, or on the way (between)
  const acts = {
    'a front that is launched': {
      does: async () => (await ada.post('/desk/front', { section: '', seen: draft, act: 'launch' })).status === 303,
      is: () => stands('front', 'list'),
    },
    'settings at the desk': {
      does: async () => (await ada.post('/desk/settings/sections', { name: 'Games', act: 'make' })).status === 303,
      is: () => sqlite(paper.data, 'SELECT name FROM section', '-readonly'),
    },
    'a picture in pieces': {
      does: async (said) => {
        for (let at = 0; at < bytes.length; at += CHUNK) {
          const { status, json } = await ada.send(`${where}?offset=${at}`, bytes.subarray(at, at + CHUNK));
          said.offset = json.offset;
          if (status === 201) return true;
        }
        return false;
      },
      is: () => sqlite(paper.data, 'SELECT count(*) FROM media', '-readonly'),
      // whoever sent it goes on where it was, and it is there once
      then: async (said, server) => {
        let { offset, picture } = await ada.json(where);
        assert.ok(picture || offset >= (said.offset ?? 0), `${offset} of ${said.offset} bytes`);
        for (; !picture; ) ({ offset, picture } = (await ada.send(`${where}?offset=${offset}`, bytes.subarray(offset, offset + CHUNK))).json);
        assert.deepEqual([picture.width, picture.height], [1150, 1000]);
        assert.equal((await ada.json('/desk/pictures/list')).pictures.length, 1);
        assert.equal((await ada.get(picture.src)).status, 200, `${server.address}${picture.src}`);
      },
    },
    'a device that asks for news, the first': {
      does: async (said, server) => {
        said.key = await keyOf(server);
        return (await asks(server, b)).status === 204;
      },
      is: () => sqlite(paper.data, 'SELECT count(*) FROM push_device', '-readonly'),
      // its browser has sealed it with the key that it was given
      then: async (said, server) => said.key && assert.equal(await keyOf(server), said.key),
    },
    'news for a device': {
      from: toTell,
      first: () => paper.does('breaking', '--story', 1, 'All boats are back'), // nobody has followed that up
      begins: true,
      does: async (said, server) => {
        await eventually('it is told, and that is written down', () => server.gone || (service.length > 0 && acts['news for a device'].is() === 'told'));
        return !server.gone;
      },
      // followed up, and nothing waits
      is: () => sqlite(paper.data, `SELECT CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE kind = 2) THEN 'waits'
        WHEN f.event >= (SELECT max(id) FROM event WHERE kind = 'breaking_told') THEN 'told' ELSE 'not yet' END
        FROM follower f WHERE name = 'push'`, '-readonly').trim(),
      between: ['waits'],
      holds: (is) => assert.ok(is !== 'told' || service.length > 0, 'told, and it never went'),
      then: () => a.gets('the next start tells it', (m) => m.word.body === 'All boats are back'),
    },
    'what is due when it starts': {
      begins: true,
      does: async (said, server) => {
        // readers have it at its second, whether that is written down or not
        await eventually('it is published', async () => server.gone || /^\s*4\s+live/m.test(await stands('list')));
        return !server.gone;
      },
      is: () => stands('list'),
      then: (said, server) => eventually('the next start publishes it', async () => (await server.get(address)).status === 200),
    },
  };
  const begin = async (act) => {
    await anew(act.from ?? pristine, paper.data);
    await act.first?.();
    service.length = 0;
  };
  const once = async (act, how) => {
    await begin(act);
    const said = {};
    const env = cut.arm(act.begins ? how : {});
    const server = await paper.serveWith(env, ...words, '--threads', '1').catch(() => null);
    if (server) {
      ada.server = server;
      if (!act.begins) cut.arm(how);
      said.done = await act.does(said, server).catch(() => false);
      said.signal = (await server.stop()).signal;
    }
    return said;
  };
  let points = 0, many = 0;
  for (const [name, act] of Object.entries(acts)) {
    await begin(act);
    const before = await act.is();
    assert.ok((await once(act, {})).done, name);
    const all = cut.done(), after = await act.is();
    assert.notEqual(after, before, name);
    many += all;

    const seen = [before];
    for (const [i, n] of pointsOf(all, number, POINTS - 2).entries()) {
      const at = `${name}: killed before act ${n} of ${all}`;
      const said = await once(act, { kill: n, torn: i % 2 === 1 });
      await isSound(paper.data, at);
      seen.push(await act.is());
      assert.ok([before, after, ...(act.between ?? [])].includes(seen.at(-1)), `${at}: ${seen.at(-1)}`);
      act.holds?.(seen.at(-1));
      if (said.done) assert.equal(seen.at(-1), after, `${at}: it was acknowledged`);
      if (act.then && i % 3 === 0) {
        ada.server = await paper.serve(...words);
        await act.then(said, ada.server);
        await ada.server.stop();
      }
      points += said.signal !== null;  // its threads do not always do the same: that there were fewer acts
    }
    assert.ok(seen.includes(after), `${name}: killed only before`);
  }
  assert.ok(points > Math.min(many / 2, POINTS), `killed only ${points} times`);
  t.diagnostic(`said: ${points} of ${many} kill points of ${Object.keys(acts).length} acts of a served paper: what was acknowledged is there`);
});
