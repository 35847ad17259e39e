// Webhooks: a receiver of its own on this machine, which checks each signature with the reference
// implementation of Standard Webhooks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';

import { Webhook } from 'standardwebhooks';

import { newsml } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { emptyPaper, eventually, finallyDo, patience } from './lib/paper.js';

const within = { within: 30_000 * patience };
const secret = `whsec_${Buffer.from('a key of twenty-four bytes or more').toString('base64')}`;

/** Keeps what it is told; `answer` may be changed on the way. */
class Receiver {
  told = [];
  status = 204;

  constructor(t) { finallyDo(t, () => this.close()); }

  async open(port = 0) {
    this.server = http.createServer((asked, reply) => {
      let body = '';
      asked.setEncoding('utf8').on('data', (s) => { body += s; }).on('end', () => {
        this.told.push({ path: asked.url, headers: asked.headers, body, ...JSON.parse(body) });
        reply.writeHead(this.status, this.status === 307 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}/told`;
    return this;
  }

  async close() {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server?.listening ? this.server.close(done) : done()));
  }

  hears(what, claim) { return eventually(what, () => this.told.find(claim), within); }
}

const piece = (n) => newsml({ guid: `urn:newsml:tests.example:20261129:hook-${n}`, headline: `Piece ${n} of the day`, body: `<p>Secret of number ${n}.</p>` });
const db = (paper, sql) => execFileSync('sqlite3', ['-cmd', '.timeout 20000', path.join(paper.data, 'paper.db'), sql], { encoding: 'utf8' }).trim();

test('machines elsewhere are told what happens', async (t) => {
  const there = await new Receiver(t).open();
  const paper = await emptyPaper(t);
  const before = await paper.publish('before.xml', piece(0));
  await paper.does('settings', 'set', 'address', 'https://news.example');
  let server = await paper.serve('--quiet', '--ask-inside');
  const ada = await publisher(server);
  const { out } = await paper.does('webhook', '--secret', secret, 'add', there.url);
  assert.equal(out, `webhook 1: done\nsecret ${secret}\n`);
  let first;

  await t.test('each thing that happens is told, signed', async () => {
    const story = await paper.publish('one.xml', piece(1));
    const told = first = await there.hears('what was published', (x) => x.type === 'published');
    assert.equal(told.path, '/told');
    assert.equal(told.headers['content-type'], 'application/json');
    assert.deepEqual([told.data.kind, told.data.story, told.data.headline, told.data.version], ['published', story, 'Piece 1 of the day', 1]);
    assert.equal(told.ninjs, `https://news.example/api/v1/stories/${story}`);
    assert.equal(told.paper, 'https://news.example');
    assert.equal(told.timestamp, told.data.at);
    assert.match(told.headers['webhook-id'], new RegExp(`^event-${told.data.event}-\\d{16}$`));
    assert.doesNotMatch(told.body, /Secret of number/);
    assert.ok(!there.told.some((x) => x.data.story === before), 'it begins where it was set up');
    const wh = new Webhook(secret);
    assert.deepEqual(wh.verify(told.body, told.headers), JSON.parse(told.body));
    assert.throws(() => wh.verify(told.body.replace('Piece', 'Niece'), told.headers));
    assert.equal((await server.get(told.data.path)).status, 200);

    await paper.does('breaking', '--story', String(story), 'It breaks');
    assert.equal((await there.hears('breaking news', (x) => x.type === 'breaking')).data.words, 'It breaks');
    await paper.does('kill', story, '--reason', 'wrong');
    const killed = await there.hears('the kill', (x) => x.type === 'killed');
    assert.deepEqual([killed.data.story, killed.data.headline, killed.ninjs], [story, undefined, undefined]);
  });

  await t.test('one that is away is told when it is back, what may still be told', async () => {
    await there.close();
    there.told = [];
    const two = await paper.publish('two.xml', piece(2));
    const three = await paper.publish('three.xml', piece(3));
    await eventually('the log says so', () => /event=webhook_failed webhook=\d+ tries=1 again_s=1 error=io .*does not answer/.test(server.err), within);
    await paper.does('kill', two, '--reason', 'wrong');
    assert.equal((await server.stop()).code, 0);
    await there.open(there.port);
    server = await paper.serve('--quiet', '--ask-inside');
    ada.server = server;
    await there.hears('what stands', (x) => x.type === 'published' && x.data.story === three);
    await there.hears('the kill', (x) => x.type === 'killed' && x.data.story === two);
    assert.ok(!there.told.some((x) => x.body.includes('Piece 2')), 'not a word of what was killed meanwhile');
    const ids = there.told.map((x) => x.headers['webhook-id']);
    assert.equal(new Set(ids).size, ids.length, 'nothing twice');
  });

  const where = '/desk/settings/webhooks/1', alarm = /A machine elsewhere is not told what it should be/;
  const row = async (pattern) => (await ada.get(where)).text.split('<li>').find((x) => pattern.test(x));

  await t.test('the desk says what was told and what was not, and sends it again', async () => {
    await eventually('it is noted', async () => /Not told: readers may not have it any more/.test((await ada.get(where)).text), within);
    await eventually('the kill is told', async () => /answer 204[^]*Told</.test(await row(/A story is killed/)), within);
    there.told = [];
    await ada.get(where);
    assert.equal((await ada.post(where, { act: 'again', event: first.data.event })).status, 303);
    await eventually('its story was killed since', async () => /Not told/.test(await row(new RegExp(`event ${first.data.event}<`))), within);
    assert.equal(there.told.length, 0, 'it is not told as published any more');

    const from = Number(db(paper, 'SELECT min(event) FROM outbox WHERE kind = 1'));
    assert.equal((await ada.post(where, { act: 'replay', event: from })).status, 303);
    await there.hears('three again', (x) => x.data.headline === 'Piece 3 of the day');
    there.told = [];
    await paper.does('webhook', '--from', '1', 'replay', '1');
    await there.hears('also from before it was set up', (x) => x.data.story === before && x.type === 'published');
  });

  await t.test('what is refused is tried again, and given up in the end, and both are seen', async () => {
    there.status = 500;
    await paper.publish('four.xml', piece(4));
    await eventually('tried', async () => /answer 500[^]*again [^]*it answered 500[^]*Tried again later/.test(await row(/A story is published/)), within);
    assert.equal(db(paper, 'SELECT count(*) FROM outbox WHERE kind = 1 AND given_up_at IS NOT NULL'), '0');
    for (const page of ['/desk', '/desk/health']) assert.doesNotMatch((await ada.get(page)).text, alarm, 'not yet');
    db(paper, 'UPDATE outbox SET made_at = made_at - 16 * 60000000, next_at = 0 WHERE kind = 1 AND sent_at IS NULL');
    await paper.does('webhook', 'change', '1'); // it looks
    await eventually('stuck', () => /event=webhook_stuck .*it answered 500/.test(server.err), within);
    for (const page of ['/desk', '/desk/health']) assert.match((await ada.get(page)).text, alarm);
    assert.match((await ada.get('/desk')).text, /href="\/desk\/settings\/webhooks\/1"[^]*it answered 500/);
    db(paper, 'UPDATE outbox SET made_at = made_at - 49 * 3600000000, next_at = 0 WHERE kind = 1 AND sent_at IS NULL');
    await paper.does('webhook', 'change', '1'); // it looks
    await eventually('given up', () => /event=webhook_given_up/.test(server.err), within);
    assert.match(await row(/A story is published/), /<strong>Given up<\/strong>/);
    assert.match((await ada.get('/desk/settings/webhooks')).text, /1 was given up/);
    assert.match((await paper.command('check')).out, /event \d+ to webhook 1: given up after \d+ tries: it answered 500/);
    there.status = 410;
    await paper.publish('five.xml', piece(5));
    await eventually('one that is gone is not asked again', () => /it answered 410/.test(server.err) && db(paper, 'SELECT count(*) FROM outbox WHERE kind = 1 AND given_up_at IS NOT NULL') === '2', within);
    there.status = 307;
    await paper.publish('six.xml', piece(6));
    await eventually('a redirect is no answer', () => /it answered 307/.test(server.err), within);
    assert.ok(!there.told.some((x) => x.path !== '/told'));
    assert.match((await ada.get('/desk')).text, alarm, 'also of what was given up');
    there.status = 204;
    await paper.does('webhook', 'change', '1');
    await eventually('all is well once it takes something', async () => !alarm.test((await ada.get('/desk')).text), within);
  });

  await t.test('it is told what it wants to know, and nothing once it is taken away', async () => {
    await ada.get('/desk/settings/webhooks');
    const made = await ada.post('/desk/settings/webhooks', [['address', `${there.url}/kills`], ['kind', 'killed'], ['kind', 'withdrawn']]);
    assert.equal(made.headers.location, '/desk/settings/webhooks/2');
    const own = /whsec_[\w+/=]+/.exec((await ada.get('/desk/settings/webhooks/2')).text)[0];
    there.told = [];
    const seven = await paper.publish('seven.xml', piece(7));
    await paper.does('withdraw', seven, '--reason', 'not ours');
    const told = await there.hears('the withdrawal', (x) => x.path === '/told/kills');
    assert.equal(told.type, 'withdrawn');
    new Webhook(own).verify(told.body, told.headers);
    assert.throws(() => new Webhook(secret).verify(told.body, told.headers), 'each has a secret of its own');
    assert.match((await paper.does('webhook', 'list')).out, /^2\t\S+\/kills\tkilled withdrawn\twaiting 0\t/m);
    await paper.does('webhook', '--kinds', 'killed', 'change', '2');
    await ada.get('/desk/settings/webhooks/2');
    assert.equal((await ada.post('/desk/settings/webhooks/2', { act: 'remove' })).status, 303);
    const lines = (await ada.get('/desk/audit')).text.split('<li').filter((line) => line.includes('/kills'));
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /Kind/, 'the desk and the command line call it the same');
    assert.equal((await ada.get('/desk/settings/webhooks/2')).status, 404);
    assert.equal(db(paper, 'SELECT count(*) FROM outbox WHERE kind = 1 AND target = 2'), '0');
    assert.match((await ada.get('/desk/audit')).text, /Took a webhook away/);
  });

  await t.test('what will not do is refused', async () => {
    for (const address of ['http://hooks.example/x', 'ftp://127.0.0.1/', 'not an address', `https://hooks.example/${'x'.repeat(1000)}`]) {
      await ada.get('/desk/settings/webhooks');
      assert.equal((await ada.post('/desk/settings/webhooks', { address, kind: 'killed' })).status, 422, address);
      assert.equal((await paper.command('webhook', 'add', address)).code, 1, address);
    }
    for (const words of [['--kinds', 'nonsense'], ['--secret', 'whsec_c2hvcnQ='], ['--secret', 'sesame']])
      assert.equal((await paper.command('webhook', ...words, 'add', 'https://hooks.example/')).code, 1, words.join(' '));
    assert.equal((await paper.command('webhook', 'remove', '99')).code, 1);
  });

  await t.test('a paper that may not ask inside does not', async () => {
    assert.equal((await server.stop()).code, 0);
    there.told = [];
    server = await paper.serve('--quiet');
    await paper.publish('eight.xml', piece(8));
    await eventually('the log says so', () => /event=webhook_given_up .*leads into a network that is not public/.test(server.err), within);
    assert.equal(there.told.length, 0);
  });

  await t.test('a paper that comes back from a backup does not tell again what waited then', async () => {
    assert.equal((await server.stop()).code, 0);
    const nine = await paper.publish('nine.xml', piece(9)); // nobody was there to tell it
    db(paper, "UPDATE outbox SET given_up_at = NULL, sent_at = NULL, tries = 0 WHERE id = (SELECT max(id) FROM outbox)"); // and this waits
    const backup = path.join(paper.folder, 'kept');
    await paper.does('backup', backup);
    server = await paper.serve('--quiet', '--ask-inside');
    await paper.publish('lost.xml', piece(12)); // after the backup
    await there.hears('what is lost', (x) => x.data.headline === 'Piece 12 of the day');
    assert.equal((await server.stop()).code, 0);
    const lost = there.told;
    const back = Object.assign(Object.create(Object.getPrototypeOf(paper)), paper, { data: path.join(paper.folder, 'back') });
    await back.does('restore', backup);
    const ten = await back.publish('ten.xml', piece(10)); // after it came back: that goes
    there.told = [];
    let again = await back.serve('--quiet', '--ask-inside');
    const fresh = await there.hears('what is new', (x) => x.data.story === ten);
    const same = lost.find((x) => x.data.event === fresh.data.event);
    assert.ok(same, 'its number was used before');
    assert.notEqual(fresh.headers['webhook-id'], same.headers['webhook-id'], 'but whoever drops what it has takes it');
    assert.match(again.err, /event=restored/);
    assert.match((await back.command('check')).out, /to webhook 1: given up after 0 tries: not sent: the paper was restored from a backup/);
    assert.ok(!there.told.some((x) => x.data.story === nine));
    assert.equal((await again.stop()).code, 0);
    again = await back.serve('--quiet', '--ask-inside');
    await back.publish('eleven.xml', piece(11));
    await there.hears('it goes on', (x) => x.data.headline === 'Piece 11 of the day');
    assert.doesNotMatch(again.err, /event=restored/, 'once');
  });
});
