// The paper is started anew again and again while readers, open pages, the desk and an upload go on.
// By hand, for longer: RESTARTS=100 STREAMS=5000 HASTE=1 APART_MS=9000 READERS=8 PAUSE_MS=10 node --test tests/the-next-program-….test.js
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { publisher } from './lib/desk.js';
import { polite } from './lib/frames.js';
import { request } from './lib/http.js';
import { Listener } from './lib/listener.js';
import { binary, emptyPaper, eventually, finallyDo, instrumented } from './lib/paper.js';
import { noise } from './lib/pictures.js';
import { certificate, words } from './lib/tls.js';

const many = (name, usual) => Number(process.env[name] ?? usual);
const restarts = many('RESTARTS', instrumented ? 4 : 10), streams = many('STREAMS', 48), readers = many('READERS', 6);

const pause = many('PAUSE_MS', 20), apart = many('APART_MS', 0);

const publish = (paper, n) => paper.publish(`${n}.xml`, newsml({ guid: `urn:newsml:tests.example:20261101:gull-${n}`, headline: `Gull number ${n}` }));

/** Ask again and again until told to end; what went wrong is in `wrong`. */
function busy(ask) {
  const it = { done: 0, wrong: [] };
  const all = (async () => {
    while (!it.ending) {
      try {
        await ask(it);
        it.done++;
      } catch (e) {
        it.wrong.push(`${e.code ?? ''} ${e.message}`);
      }
      await new Promise((done) => setTimeout(done, pause));  // steady, and no more than that
    }
  })();
  it.end = async () => { it.ending = true; await all; return it; };
  return it;
}

const whole = (reply, where) => {
  assert.equal(reply.status, 200, `${where}: ${reply.status} ${reply.text.slice(0, 200)}`);
  assert.equal(reply.body.length, Number(reply.headers['content-length'] ?? reply.body.length), where);
};

test('the next program takes over with no request lost', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await paper.does('settings', 'set', 'allowance', '0'); // it is one address that asks for everybody
  const ada = await publisher(server);
  const story = await paper.address(await publish(paper, 0));

  // readers on connections that stay, readers that come anew each time, somebody at the desk
  const pages = ['/', story, '/', `${story}.lite`, '/robots.txt', '/search?q=gull'];
  const agent = new http.Agent({ keepAlive: true, maxSockets: readers, scheduling: 'fifo' });
  const going = Array.from({ length: readers }, (_, i) => busy(async (it) => {
    const where = pages[(it.done + i) % pages.length];
    whole(await server.get(where, { agent }), where);
  }));
  going.push(busy(async () => whole(await server.get(story), story)));
  going.push(busy(async () => whole(await ada.get('/desk/stories'), '/desk/stories')));

  // pictures that come in pieces
  const pictures = [];
  going.push(busy(async (it) => {
    const bytes = noise(400, 300, ++it.seed || (it.seed = 1)), piece = 8 * 1024;
    const begun = await ada.send(`/desk/pictures/upload?name=gull-${it.seed}.png&size=${bytes.length}`);
    assert.equal(begun.status, 201, begun.text);
    let reply;
    for (let at = 0; at < bytes.length; at += piece) {
      reply = await ada.send(`/desk/pictures/upload/${begun.json.upload}?offset=${at}`, bytes.subarray(at, at + piece));
      assert.ok([200, 201].includes(reply.status), `piece at ${at}: ${reply.status} ${reply.text}`);
    }
    pictures.push(reply.json);
  }));

  // open pages
  const open = Array.from({ length: streams }, () => new Listener(server.port, 'latest', { haste: many('HASTE', 10) }));
  finallyDo(t, () => { for (const one of open) one.close(); agent.destroy(); });
  await eventually('the pages are open', () => open.every((one) => one.isOpen && one.last));
  for (const one of open) one.failed.length = 0; // so many at once may have been told to come again

  const began = Date.now();
  const told = [];
  for (let i = 1; i <= restarts; i++) {
    told.push(publish(paper, i));  // somewhere near the hand-over
    await server.handOver();
    await told[i - 1];
    await eventually('the program before has ended', () => server.err.match(/event=serve_end/g)?.length === i);
    if (apart > 0) await new Promise((done) => setTimeout(done, apart)); // by hand: pages come back within 8.5 s
  }
  const took = (Date.now() - began) / 1000;
  const last = await publish(paper, restarts + 1);
  assert.ok(last > restarts);
  await eventually('every page has heard of the last story', () => open.every((one) => one.told.some((e) => e.data.includes(`Gull number ${restarts + 1}"`))));
  const ended = await Promise.all(going.map((g) => g.end()));

  const wrong = [...ended.flatMap((g) => g.wrong), ...open.flatMap((one) => one.failed)];
  const requests = ended.reduce((n, g) => n + g.done, 0);
  t.diagnostic(`said: ${restarts} restarts in ${took.toFixed(1)} s under ${Math.round(requests / took)} requests/s (${requests} in all, ${pictures.length} pictures in pieces) ` +
               `and ${streams} streams opened ${open.reduce((n, one) => n + one.opened, 0)} times: ${wrong.length} failed`);
  assert.deepEqual(wrong, []);
  for (const g of ended) assert.ok(g.done > 0);
  for (const one of open) {
    const heard = one.told.filter((e) => e.id).map((e) => e.id);
    assert.deepEqual(heard, [...new Set(heard)].sort((a, b) => a - b), 'none twice, and in their order');
    const gulls = one.told.map((e) => /Gull number (\d+)"/.exec(e.data)?.[1]).filter(Boolean).map(Number);
    assert.deepEqual([...new Set(gulls)], Array.from({ length: restarts + 1 }, (_, i) => i + 1), 'none missed');
  }
  const retries = open.flatMap((one) => one.retries);
  assert.ok(Math.max(...retries) <= 8500 && new Set(retries).size > streams / 4, 'they come back at many moments');
  assert.doesNotMatch(server.err, /level=error/);
  assert.equal((await server.stop()).code, 0);
});

test('who had a connection before is answered, then told to close', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  finallyDo(t, () => agent.destroy());
  const first = await server.get('/robots.txt', { agent });
  assert.equal(first.headers.connection, undefined);
  // half a request, sent before
  const socket = net.connect({ host: '127.0.0.1', port: server.port });
  let came = '';
  const closed = new Promise((done) => socket.setEncoding('latin1').on('data', (s) => { came += s; }).on('close', done));
  await new Promise((done) => socket.write('GET /robots.txt HTTP/1.1\r\nHost: loc', done));
  await server.get('/robots.txt');

  await server.handOver();
  await eventually('the first retires', () => /event=serve_stop/.test(server.err));
  socket.write('alhost\r\n\r\n');
  await closed;
  assert.match(came, /^HTTP\/1\.1 200 [^]*\r\nConnection: close\r\n/i);
  const again = await server.get('/robots.txt', { agent });
  assert.equal(again.status, 200);
  assert.equal(again.headers.connection, 'close', 'on the connection that was there');
  await eventually('the first has ended', () => /event=serve_end/.test(server.err));
  assert.equal((await server.get('/robots.txt', { agent })).headers.connection, undefined);
});

test('a program that retires ends soon when it is told to', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const first = await server.inCharge();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  finallyDo(t, () => agent.destroy());
  await server.get('/robots.txt', { agent });  // the first waits for what else it might ask
  const [waits] = Object.values(agent.freeSockets).flat();

  await server.handOver();
  await eventually('the first retires', () => /event=serve_stop/.test(server.err));
  process.kill(first, 'SIGTERM');
  await eventually('it waits no longer', () => waits.destroyed);
  await eventually('the first has ended', () => /event=serve_end/.test(server.err));
  assert.equal((await server.get('/robots.txt')).status, 200);
  assert.equal((await server.stop()).code, 0);
});

test('over TLS and HTTP/2 likewise', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', ...words(certificate(paper.folder, 'paper', ['localhost'])));
  const number = await publish(paper, 1), story = await paper.address(number);
  let reader = await polite(server);
  const going = busy(async () => {
    if (reader.session.closed || reader.session.destroyed) reader = await polite(server);
    whole(await reader.ask(story), story);
  });
  for (let i = 1; i <= 2; i++) {
    const done = going.done;
    await server.handOver();
    await eventually('more is read', () => going.done > done + 20);
    await eventually('the program before has ended', () => server.err.match(/event=serve_end/g)?.length === i);
  }
  const { wrong } = await going.end();
  assert.deepEqual(wrong.filter((w) => !/no reply: 7|NGHTTP2_REFUSED_STREAM|GOAWAY|ERR_HTTP2_(GOAWAY|INVALID)_SESSION/.test(w)), [], 'never begun is not cut');
  reader.close();
});

test('a program that cannot take over changes nothing', async (t) => {
  const paper = await emptyPaper(t);
  paper.program = path.join(paper.folder, 'broadsheet');
  await fs.copyFile(binary, paper.program);
  const server = await paper.serve('--quiet');
  const first = await server.inCharge();
  assert.equal(first, server.child.pid);
  const install = async (file, words) => {
    await fs.writeFile(`${paper.program}.new`, words ?? await fs.readFile(file), { mode: 0o755 });
    await fs.rename(`${paper.program}.new`, paper.program);
  };
  const sql = (line) => execFileSync('sqlite3', ['-cmd', '.timeout 20000', path.join(paper.data, 'paper.db'), line]);
  const fails = async (what) => {
    const before = server.err.length;
    process.kill(await server.inCharge(), 'SIGUSR2');
    await eventually('that is said', () => /level=error event=handover_failed/.test(server.err.slice(before)));
    assert.match(server.err.slice(before), what);
    assert.equal((await server.get('/')).status, 200);
    assert.equal(await server.inCharge(), first);
    assert.equal((await paper.command('top', '--once')).code, 0, 'it answers there as before');
  };

  await t.test('one that is no program', async () => {
    await install(null, 'neither an ELF file nor a script\0');
    await fails(/why="\S+ cannot be run"|it ended with code/);
  });
  await t.test('one that ends', async () => {
    await install(null, '#!/bin/sh\nexit 3\n');
    await fails(/it ended with code 3/);
  });
  await t.test('one that serves and then ends, before it works', async () => {
    // says that it is ready, hears that the charge is its own, and dies
    await install(null, '#!/bin/sh\nexec perl -e \'use Socket; open(my $l, "+<&=4"); send($l, "r", 0); recv($l, my $w, 1, 0); exit 5\'\n');
    await fails(/it ended with code 5/);
  });
  await t.test('one that would change the schema: stop and start it', async () => {
    await install(binary);
    sql('PRAGMA user_version = 1');
    try {
      await fails(/the schema of \S+ is to change \(from 1 to \d+\), and a Broadsheet serves it: end that one first/);
      const { code, err } = await paper.command('list');
      assert.equal(code, 1, 'nor does a command');
      assert.match(err, /is to change/);
    } finally {
      sql(`PRAGMA user_version = ${(await fs.readdir(new URL('../src/store/migrations', import.meta.url))).filter((f) => /^\d{4}_.*sql$/.test(f)).length}`);
    }
  });

  await t.test('what was due meanwhile is done by the one that went on, and then by the next', async () => {
    const due = await publish(paper, 1);
    await server.handOver();
    await eventually('the first has ended', () => /event=serve_end/.test(server.err));
    await paper.does('kill', due);
    assert.equal((await server.get(await paper.address(due) ?? '/nowhere')).status >= 404, true);
    assert.equal((await server.stop()).code, 0);
  });
});

test('what the first gave up nobody gives up twice; top.sock goes over with the charge', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const filters = async () => /^Seccomp_filters:.*$/m.exec(await fs.readFile(`/proc/${await server.inCharge()}/status`, 'utf8'))?.[0];
  const before = await filters();
  for (let i = 1; i <= 2; i++) {
    const told = await paper.does('top', '--once');
    assert.match(told.out, /\bwork\b[^]*\bpush\b/);
    await server.handOver();
    await eventually('the program before has ended', () => server.err.match(/event=serve_end/g)?.length === i);
  }
  await paper.does('top', '--once');  // the one that has ended took nothing away
  assert.equal(await filters(), before);
  assert.equal(server.err.match(/event=confined/g)?.length, 1);
  const health = await ada.get('/desk/health');
  assert.equal(health.status, 200);
  assert.match(health.text, /webhooks/);
});

test('a second server is refused, and the lock says who serves', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const { code, err } = await paper.command('serve', '--listen', '127.0.0.1:0');
  assert.equal(code, 1);
  assert.match(err, /another Broadsheet serves/);
  await server.handOver();
  assert.equal((await paper.command('serve', '--listen', '127.0.0.1:0')).code, 1);
  const both = await Promise.all([request(server.port, '/robots.txt'), server.get('/')]);
  assert.deepEqual(both.map((r) => r.status), [200, 200]);
});
