// Many devices: all are told, one push service that hangs delays no other, and nothing is lost when
// the program dies on the way.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { emptyPaper, eventually } from './lib/paper.js';
import { Device, pushService, within } from './lib/push.js';

const sql = (paper, line) => execFileSync('sqlite3', ['-cmd', '.timeout 20000', path.join(paper.data, 'paper.db'), line], { encoding: 'utf8' }).trim();
const piece = newsml({ guid: 'urn:newsml:tests.example:20261129:many', headline: 'The wall', body: '<p>It has held.</p>' });

/** As if `many` had asked one after the other; all of them with the keys of one. */
function enter(paper, device, many) {
  const { keys } = device.subscription;
  sql(paper, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
    INSERT INTO push_device (endpoint, p256dh, auth, made_at) SELECT '${device.service.origin}/many/' || i, '${keys.p256dh}', '${keys.auth}', 1 FROM n`);
}
const paths = (service) => new Set(service.map((m) => m.path)).size;

test('a push service that hangs delays no other', async (t) => {
  const [good, bad] = [await pushService(t), await pushService(t)];
  const a = new Device(bad, 'a'), c = new Device(good, 'c');
  const paper = await emptyPaper(t);
  const story = await paper.publish('one.xml', piece);
  const token = path.join(paper.data, 'metrics-token');
  await fs.writeFile(token, 'kittiwake-kittiwake-kittiwake\n', { mode: 0o600 });
  await paper.does('settings', 'set', 'metrics_token_file', token);
  enter(paper, a, 40); // these would come first
  enter(paper, c, 300);
  sql(paper, `UPDATE push_device SET endpoint = '${a.subscription.endpoint}' WHERE id = 40`);
  bad.holds = true;
  good.delay = 20;
  const server = await paper.serve('--quiet', '--ask-inside');
  await server.get('/push/key');
  await paper.does('breaking', '--story', story, 'The wall has held');

  await t.test('all others have it, each once, several at once, with one token', async () => {
    await eventually('all 300', () => paths(good) === 300, within);
    assert.equal(good.length, 300);
    assert.ok(good.most > 1 && good.most <= 8, `${good.most} at once`);
    assert.ok(bad.most <= 2, `${bad.most} at one that has never answered`);
    assert.equal(new Set(good.map((m) => m.headers.authorization)).size, 1);
    assert.equal(new Set(good.map((m) => m.body.toString('hex'))).size, 300, 'each is sealed for itself');
  });

  await t.test('what waits is seen, and an alarm when it waits for long', async () => {
    const metrics = async () => (await server.get('/metrics', { headers: { Authorization: 'Bearer kittiwake-kittiwake-kittiwake' } })).text;
    await eventually('40 wait', async () => /^broadsheet_push_queue 40$/m.test(await metrics()));
    assert.match(await metrics(), /^broadsheet_push_queue_seconds \d/m);
    const ada = await publisher(server);
    assert.match((await ada.get('/desk/health')).text, /News for devices/);
    assert.doesNotMatch((await ada.get('/desk/health')).text, /devices are not told/);
    sql(paper, 'UPDATE outbox SET made_at = made_at - 1200 * 1000000 WHERE kind = 2');
    assert.match((await ada.get('/desk/health')).text, /devices are not told/);
    assert.match((await paper.command('top', '--once')).out, /^! Readers' devices are not told\.$/m);
    sql(paper, 'UPDATE outbox SET made_at = made_at + 1200 * 1000000 WHERE kind = 2');
  });

  await t.test('what still waits is told as it is now, in one message', async () => {
    await paper.does('kill', story, '--reason', 'wrong');
    await eventually('300 are told that it is taken back', () => good.length === 600, within);
    bad.length = 0;
    bad.letGo();
    await eventually('the 40', () => paths(bad) === 40, within);
    await eventually('nothing waits', () => sql(paper, 'SELECT count(*) FROM outbox WHERE kind = 2') === '0', within);
    assert.equal(bad.length, 40);
    assert.match(a.got[0].word.body, /taken this news back/);
    assert.equal(good.length, 600);
  });
});

test('who dies on the way tells the rest afterwards', async (t) => {
  const service = await pushService(t);
  const paper = await emptyPaper(t);
  await paper.publish('one.xml', piece);
  enter(paper, new Device(service, 'a'), 300);
  const server = await paper.serve('--quiet', '--ask-inside');
  await server.get('/push/key');
  await paper.does('breaking', 'The wall has held');
  await eventually('some have it', () => service.length >= 100, { ...within, every: 1 });
  server.child.kill('SIGKILL');
  await server.ended;
  await paper.serve('--quiet', '--ask-inside');
  await eventually('all have it', () => paths(service) === 300, within);
  await eventually('nothing waits', () => sql(paper, 'SELECT count(*) FROM outbox') === '0', within);
  assert.ok(service.length <= 300 + 128 + 32, `${service.length}: what had not been written down comes again, no more`);
});
