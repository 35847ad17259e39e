import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import parse from 'parse-prometheus-text-format';

import { employ, publisher } from './lib/desk.js';
import { binary, emptyPaper, eventually, run } from './lib/paper.js';

const token = 'kittiwake-kittiwake-kittiwake';

/** Listen to what happens until the test ends it. */
function listener(port) {
  return new Promise((resolve, reject) => {
    const asked = http.get({ host: '127.0.0.1', port, path: '/live/site', agent: false }, (got) => { got.resume(); got.on('error', () => {}); resolve(asked); });
    asked.on('error', (e) => asked.destroyed || reject(e));
  });
}

test('what the paper is doing is told', async (t) => {
  const paper = await emptyPaper(t);
  await paper.publish('ferry.txt', 'The ferry is late\n\nThe ferry waits for the tide at the quay. It will leave in the evening, the harbour master said.\n\nNobody knows more. The tide comes when it comes.\n');
  const file = path.join(paper.data, 'metrics-token');
  await fs.writeFile(file, `${token}\n`, { mode: 0o600 });
  const server = await paper.serve();
  const ada = await publisher(server);
  const asked = (given) => server.get('/metrics', given === undefined ? {} : { headers: { Authorization: given } });
  const families = async () => new Map(parse((await asked(`Bearer ${token}`)).text).map((f) => [f.name, f]));
  const value = async (name, labels = {}) => Number((await families()).get(`broadsheet_${name}`)?.metrics
    .find((m) => Object.entries(labels).every(([k, v]) => m.labels?.[k] === v))?.value ?? 0);

  await t.test('/metrics is there for who has the token alone', async () => {
    const missing = await server.get('/none-such');
    for (const given of [undefined, `Bearer ${token}`, 'Bearer ']) assert.equal((await asked(given)).status, 404, `not set, ${given}`);
    await paper.does('settings', 'set', 'metrics_token_file', file);
    for (const given of [undefined, 'Bearer ', 'Bearer kittiwake', `Bearer ${token}x`, `Basic ${token}`]) {
      const reply = await asked(given);
      assert.equal(reply.status, 404, given);
      assert.equal(reply.headers['content-type'], missing.headers['content-type']);
    }
    const reply = await asked(`Bearer ${token}`);
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    assert.match(reply.headers['cache-control'], /no-store/);
    await fs.chmod(file, 0o604);
    assert.equal((await asked(`Bearer ${token}`)).status, 404, 'a token that anybody may read is none');
    await fs.chmod(file, 0o600);
  });

  await t.test('another reader of the format understands it', async () => {
    const all = await families();
    for (const [name, type] of Object.entries({ replies_total: 'COUNTER', reply_from_memory_seconds: 'HISTOGRAM', reply_drawn_seconds: 'HISTOGRAM', connections: 'GAUGE', draw_queue: 'GAUGE', follower_behind: 'GAUGE', disk_free_bytes: 'GAUGE' }))
      assert.equal(all.get(`broadsheet_${name}`)?.type, type, name);
    for (const f of all.values()) assert.ok(f.help, `${f.name} says what it is`);
    assert.ok(await value('disk_free_bytes') > 0);
    assert.ok(await value('memory_bytes') > 1 << 20);
    assert.ok(await value('database_bytes') > 4096);
    assert.equal(await value('alarms'), 0);
  });

  await t.test('replies are counted by kind, status and where they came from', async () => {
    const story = await paper.address(1);
    const stories = { kind: 'story', status: '2xx' };
    const [before, warm, gone] = [await value('replies_total', stories), await value('replies_from_memory_total', { kind: 'story' }), await value('replies_total', { kind: 'front', status: '4xx' })];
    for (let i = 0; i < 5; i++) assert.equal((await server.get(story)).status, 200);
    assert.equal((await server.get('/none-such')).status, 404);
    assert.equal(await value('replies_total', stories), before + 5);
    assert.equal(await value('replies_from_memory_total', { kind: 'story' }), warm + 4);
    assert.equal(await value('replies_total', { kind: 'front', status: '4xx' }), gone + 1);
    const [spans] = (await families()).get('broadsheet_reply_from_memory_seconds').metrics;
    const counts = Object.values(spans.buckets).map(Number);
    assert.ok(counts.at(-1) >= 4 && counts.length === 17);
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b), 'buckets add up');
  });

  await t.test('events, followers and live readers are seen', async () => {
    assert.ok(await value('events_total', { kind: 'settings_changed' }) >= 1);
    for (const follower of ['shelf', 'pages', 'live'])
      await eventually(`${follower} has followed`, async () => (await families()).get('broadsheet_follower_behind').metrics.find((m) => m.labels.follower === follower)?.value === '0');
    const readers = [await listener(server.port), await listener(server.port)];
    await eventually('two read along', async () => await value('live_readers') === 2);
    for (const one of readers) one.destroy();
    await eventually('nobody reads along', async () => await value('live_readers') === 0);
  });

  await t.test('the desk shows it to who looks after the settings', async () => {
    const page = await ada.get('/desk/health');
    assert.equal(page.status, 200);
    assert.match(page.text, /Nothing is wrong\./);
    assert.match(page.text, /Room left on the disk/);
    assert.match(page.text, /settings_changed/);
    assert.match(page.text, new RegExp(`<bdi>${await paper.address(1)}</bdi>`), 'the story was drawn, and it took some time');
    assert.match((await ada.get('/desk/settings')).text, /href="\/desk\/health"/);
    const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
    assert.equal((await bo.get('/desk/health')).status, 403);
  });

  await t.test('a mail that does not go is an alarm', async () => {
    for (const [name, to] of [['address', 'https://paper.example'], ['mail_server', 'smtp://127.0.0.1:1'], ['mail_from', 'desk@paper.example']]) await paper.does('settings', 'set', name, to);
    await paper.does('user', '--role', 'reporter', '--name', 'cy', 'add', 'cy@paper.example');
    await eventually('it waits', async () => await value('mail_queue') >= 1);
  });

  await t.test('the terminal shows one picture, or a new one each second', async () => {
    const once = await run(['top', '--data', paper.data, '--once']);
    assert.equal(once.code, 0, once.err);
    assert.match(once.out, /^Broadsheet {2}\d{4}-/);
    assert.match(once.out, /story +\d+ +\d+ %/);
    assert.ok(!once.out.includes('\x1b'), 'for scripts: no escapes');
    for (const line of once.out.split('\n')) assert.ok([...line].length <= 80 || line.includes('/'), line);
    assert.equal((await fs.stat(path.join(paper.data, 'top.sock'))).mode & 0o777, 0o600);

    const child = spawn(binary, ['top', '--data', paper.data]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (s) => { out += s; });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    await eventually('a second picture', () => out.split('\x1b[2J').length > 2);
    child.kill('SIGINT');
    await ended;
  });

  await t.test('when nobody serves it, the terminal says so', async () => {
    await server.stop();
    const { code, err } = await run(['top', '--data', paper.data, '--once']);
    assert.equal(code, 1);
    assert.match(err, /no server answers/);
    assert.equal((await run(['top', '--twice'])).code, 2);
  });
});
