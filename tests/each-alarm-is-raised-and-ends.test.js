// Each alarm of docs/operations.md is brought about, stands on the page, in `top`, in the metrics and in the log, and ends.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { Cut } from './lib/cut.js';
import { publisher } from './lib/desk.js';
import { outside, ways } from './lib/outside.js';
import { emptyPaper, eventually, finallyDo, patience } from './lib/paper.js';
import { certificate, words } from './lib/tls.js';

const token = 'kittiwake-kittiwake-kittiwake';
const HOUR = 3600;
const within = { within: 90_000 * patience }; // one of load stands for a minute
const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/&#39;/g, "'").replace(/\s+/g, ' ');
const item = (name, more = {}) => newsml({ guid: `urn:newsml:tests.example:20261130:${name}`, headline: `The story of ${name}`, ...more });

const said = {
  disk: 'The disk is nearly full.',
  save: 'Nothing can be saved.',
  certificate: 'A certificate ends within fourteen days, or has ended.',
  late: 'What is due is not done.',
  clock: 'The clock of this machine is behind what has happened already.',
  mail: 'Mail does not go.',
  webhook: 'A machine elsewhere is not told what it should be.',
  push: "Readers' devices are not told.",
  follower: 'What happened is not followed up.',
  load: 'More is asked than can be answered.',
  lite: 'Every page is its lite edition, by itself.',
  connections: 'Nearly all connections are taken.',
  streams: 'Nearly as many read along as can be told at once.',
};

/** A paper on which each of them can be waited for; `desk`: somebody looks at the page, too. */
async function watched(t, { files, desk = true, env = {} }, ...options) {
  const paper = await emptyPaper(t);
  paper.files = files;
  const server = await paper.serveWith(env, '--quiet', '--ask-inside', ...options);
  const ada = desk && await publisher(server);
  const health = async () => plain((await ada.get('/desk/health')).text);
  const stands = async (name, is) => {
    const { out } = await paper.does('top', '--once');
    assert.equal(out.split('\n').some((line) => line.startsWith(`! ${said[name]}`)), is, `${name} in the terminal: ${out}`);
    if (ada) assert.equal((await health()).includes(said[name]), is, `${name} on the page`);
  };
  const times = (name) => ['begins', 'ends'].map((what) => server.err.match(new RegExp(`event=alarm_${what} alarm=${name}\\b`, 'g'))?.length ?? 0);
  const rings = (name) => { const [begins, ends] = times(name); return begins > ends; };

  const raised = async (act, ...names) => {
    await act();
    for (const name of names) {
      await eventually(`${name} is in the log`, () => rings(name), within);
      await stands(name, true);
    }
  };
  const ended = async (act, ...names) => {
    await act();
    for (const name of names) {
      await eventually(`${name} is over in the log`, () => times(name)[1] > 0 && !rings(name), within);
      await stands(name, false);
    }
  };
  const rang = () => [...new Set([...server.err.matchAll(/event=alarm_begins alarm=(\w+)/g)].map((m) => m[1]))];
  return { paper, server, health, raised, ended, rang };
}

async function machine(t) {
  const cut = await Cut.make((await emptyPaper(t)).folder);
  const env = { ...cut.arm(), ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0:exitcode=99` };
  const { paper, server, health, raised, ended, rang } = await watched(t, { env, files: { soft: 64, hard: 256 } });
  const most = Number(/event=serve_files files=256 connections=(\d+)/.exec(server.err)[1]);
  const open = [];
  finallyDo(t, () => { for (const s of open) s.destroy(); });
  const close = () => { for (const s of open.splice(0)) s.destroy(); };

  await t.test('disk', async () => {
    await raised(() => cut.arm({ free: 900 }), 'disk');
    await ended(() => cut.arm(), 'disk');
  });

  await t.test('connections', async () => {
    const connect = () => new Promise((done) => {
      const s = net.connect({ host: '127.0.0.1', port: server.port }, done);
      s.on('error', () => {});
      open.push(s);
    });
    await raised(async () => { for (let i = 0; i < most * 0.95; i++) await connect(); }, 'connections');
    await ended(close, 'connections');
  });

  await t.test('streams: who reads along leaves room for who reads', async () => {
    const listen = () => new Promise((done, fail) => {
      const asked = http.get({ host: '127.0.0.1', port: server.port, path: '/live/site', agent: false }, (got) => { got.on('error', () => {}).resume(); done(got.statusCode); });
      asked.on('error', (e) => asked.destroyed || fail(e));
      open.push(asked);
    });
    const least = most - Math.floor(most / 6);
    await raised(async () => { for (let i = 0; i < least; i++) assert.equal(await listen(), 200); }, 'streams');
    assert.equal(await listen(), 503, 'one too many comes later');
    assert.equal((await server.get('/')).status, 200);
    await ended(close, 'streams');
  });

  await t.test('follower: a cache in front that does not answer', async () => {
    const cache = http.createServer((asked, reply) => { asked.resume().on('end', () => reply.writeHead(200).end()); });
    const listens = (port) => new Promise((done) => cache.listen(port, '127.0.0.1', () => done(cache.address().port)));
    const port = await listens(0);
    await new Promise((done) => cache.close(done));
    finallyDo(t, () => { cache.closeAllConnections(); cache.close(); });
    await paper.does('settings', 'set', 'purge_url', `http://127.0.0.1:${port}/`);
    await raised(() => paper.publish('one.xml', item('one')), 'follower');
    assert.match(await health(), /is not followed up\.( \S+)* purge\b/, 'and who it is');
    assert.match(server.err, /event=errand_failed errand=purge/);
    await ended(() => listens(port), 'follower');
  });

  await t.test('mail, webhook, push: who does not take anything for a quarter of an hour', async () => {
    const others = await outside(t, paper, server);
    for (const way of ways) assert.ok(!(await health()).includes(said[way]), 'not yet');
    await raised(() => cut.arm({ clock: HOUR / 3 }), ...ways);
    await others.open();
    await ended(() => cut.arm({ clock: HOUR * 2 / 3 }), ...ways); // and they are tried at once
    await others.taken();
  });

  await t.test('late, save: what is due while the disk is full', async () => {
    const story = await paper.publish('due.xml', item('due', { embargo: new Date(Date.now() + HOUR * 900) }));
    await raised(() => cut.arm({ full: 1, clock: HOUR }), 'late', 'save');
    await eventually('the log says why', () => server.err.includes('event=due_failed'), within);
    assert.equal((await server.get(await paper.address(story))).status, 200, 'readers have it all the same');
    await ended(() => cut.arm({ clock: HOUR }), 'late', 'save');
    assert.match((await paper.does('list')).out, new RegExp(`^\\s*${story}\\s+live`, 'm'));
  });

  await t.test('clock', async () => {
    await raised(() => cut.arm(), 'clock');
    await ended(() => cut.arm({ clock: HOUR }), 'clock');
  });
  return rang();
}

async function time(t) {
  const { folder } = await emptyPaper(t), make = (days) => certificate(folder, 'paper', ['localhost'], '-days', days);
  const { server, raised, ended, rang } = await watched(t, { desk: false }, ...words(make(30)));
  await raised(() => make(13), 'certificate');
  await eventually('the log says which', () => server.err.includes('event=tls_ends'), within);
  await ended(() => make(30), 'certificate');
  return rang();
}

async function load(t) {
  const { paper, server, raised, ended, rang } = await watched(t, {}, '--queue', '2');
  const ask = async () => assert.equal((await server.get('/latest')).status, 503);
  const metric = async () => Number(/^broadsheet_alarms (\d+)$/m.exec((await server.get('/metrics', { headers: { Authorization: `Bearer ${token}` } })).text)[1]);
  const file = path.join(paper.data, 'metrics-token');
  await fs.writeFile(file, `${token}\n`, { mode: 0o600 });
  await paper.does('settings', 'set', 'metrics_token_file', file);
  await raised(ask, 'load');
  assert.equal(await metric(), 1);
  await paper.does('settings', 'set', 'lite_after', '1');
  let enough = false;
  const asking = eventually('enough', async () => { await ask(); return enough; }, { ...within, every: 200 });
  const looking = raised(() => {}, 'lite').then(async () => assert.equal(await metric(), 2)).finally(() => { enough = true; });
  await Promise.all([asking, looking]);
  await ended(() => paper.does('settings', 'set', 'lite_after', '0'), 'lite');
  await ended(() => {}, 'load');
  assert.equal(await metric(), 0);
  return rang();
}

test('each alarm is raised and ends', { concurrency: true }, async (t) => {
  const rang = [];
  const lane = (name, what) => t.test(name, async (t) => { rang.push(...await what(t)); });
  await Promise.all([lane('of the machine and of others', machine), lane('of time', time), lane('of load', load)]);
  assert.deepEqual(rang.sort(), Object.keys(said).sort(), 'each, and nothing else');
});
