// How full the queue may be is what decides here: a short one has no place for what goes first,
// however fast the machine is (src/http/load.h; load_test.c and server_test.c have the waiting).
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import parse from 'parse-prometheus-text-format';

import { employ, Person, publisher } from './lib/desk.js';
import { polite } from './lib/frames.js';
import { request } from './lib/http.js';
import { emptyPaper, eventually, finallyDo, patience, run } from './lib/paper.js';
import { ask, certificate, words } from './lib/tls.js';

const token = 'kittiwake-kittiwake-kittiwake';
const isLite = (reply) => reply.text.includes('lite/lite.css');

test('what cannot be answered is refused in order', async (t) => {
  const paper = await emptyPaper(t);
  const number = await paper.publish('ferry.txt', 'The ferry is late\n\nThe ferry waits for the tide at the quay. It will leave in the evening, the harbour master said.\n\nNobody knows more. The tide comes when it comes.\n');
  const other = await paper.publish('gull.txt', 'A gull has come\n\nIt sits on the roof of the town hall, where the mayor has seen it. It does not want to go away.\n\nThe mayor waits.\n');
  const [story, second] = [await paper.address(number), await paper.address(other)];
  const section = story.slice(0, story.indexOf('/', 1));
  const first = await paper.serve();
  const ada = await publisher(first), bo = await employ(paper, first, 'bo@paper.example', 'reporter');
  const file = path.join(paper.data, 'metrics-token');
  await fs.writeFile(file, `${token}\n`, { mode: 0o600 });
  await paper.does('settings', 'set', 'metrics_token_file', file);
  await first.stop();

  const value = async (server, name, labels = {}) => Number(parse((await server.get('/metrics', { headers: { Authorization: `Bearer ${token}` } })).text)
    .find((f) => f.name === `broadsheet_${name}`).metrics.find((m) => Object.entries(labels).every(([k, v]) => m.labels?.[k] === v)).value);
  const as = (person, server) => { const one = new Person(server); one.cookies = person.cookies; return one; };
  const isRefused = (reply, what) => {
    assert.equal(reply.status, 503, what);
    assert.ok(Number(reply.headers['retry-after']) >= 2, `${what} may come again in ${reply.headers['retry-after']} s`);
    assert.ok(reply.text.length > 0 && reply.text.length < 200, what);
    assert.match(reply.headers['cache-control'], /no-store/, what);
  };
  const isAnswered = (reply, what) => assert.equal(reply.status, 200, what);

  await t.test('first what is extra: over HTTP/1.1 and HTTP/2', async (t) => {
    const server = await paper.serve('--queue', '4', ...words(certificate(paper.folder, 'paper', ['localhost'])));
    const reader = await polite(server);
    finallyDo(t, () => reader.close());
    const people = { 'HTTP/1.1': (where) => ask(server, where), 'HTTP/2': async (where) => { const got = await reader.ask(where); return { ...got, text: got.body.toString() }; } };
    for (const [way, get] of Object.entries(people)) {
      for (const where of ['/search?q=ferry', '/search.lite?q=ferry', '/api/v1/stories', '/oembed?url=x']) isRefused(await get(where), `${where} over ${way}`);
      for (const where of ['/latest', '/feed.rss', section, '/', story]) isAnswered(await get(where), `${where} over ${way}`);
    }
    await server.stop();
  });

  await t.test('then lists; and when that goes on, the paper is lite by itself, and goes back', async (t) => {
    await paper.does('settings', 'set', 'lite_after', '1');
    const server = await paper.serve('--queue', '2');
    const desk = as(ada, server);
    isRefused(await server.get('/search?q=ferry'), 'search');
    for (const where of ['/latest', '/archive', '/feed.rss', '/live/site']) isRefused(await server.get(where), where);
    for (const where of [section, '/', story]) isAnswered(await server.get(where), where);
    assert.equal(await value(server, 'shed_total', { rank: 'extra' }), 1);
    assert.ok(await value(server, 'shed_total', { rank: 'list' }) >= 4);
    assert.equal(await value(server, 'shed_total', { rank: 'front' }), 0);
    assert.equal(await value(server, 'shed_total', { rank: 'story' }), 0);

    const full = await server.get(story);
    assert.ok(!isLite(full));
    await eventually('the story is lite', async () => {
      isRefused(await server.get('/archive'), 'the archive');
      const now = await server.get(story);
      isAnswered(now, 'a story is always there');
      return isLite(now);
    });
    // for as long as somebody looks, others are refused
    let seen = false;
    const asking = eventually('it was looked at', async () => { isRefused(await server.get('/archive'), 'the archive'); return seen; }, { within: 60_000 * patience, every: 100 });
    finallyDo(t, () => { seen = true; return asking; });
    assert.ok(isLite(await server.get(second)), 'so is one that nobody has read');
    assert.ok(isLite(await server.get(`${story}.lite`)));
    assert.equal(await value(server, 'lite_by_itself'), 1);
    await eventually('the log says so', () => /event=lite_begins refused=\d+/.test(server.err));
    assert.match((await desk.get('/desk/health')).text, /Every page is its lite edition, by itself\./);
    await eventually('the desk says so', async () => /every page became its lite edition by itself/.test((await desk.get('/desk')).text));
    const { out } = await run(['top', '--data', paper.data, '--once']);
    assert.match(out, /! Every page is its lite edition, by itself\./);
    assert.match(out, /Lists, archive, feeds, live +\d+/);
    for (const line of out.split('\n')) assert.ok([...line].length <= 80 || line.includes('/'), line);
    assert.match((await server.get(story)).text, /<a href="\/">/, 'addresses stay as they are');
    seen = true;
    await asking;

    await eventually('it is full again', async () => !isLite(await server.get(story)));
    assert.equal((await server.get(story)).headers.etag, full.headers.etag, 'the page from before, which nobody had to draw');
    assert.ok(!isLite(await server.get(second)));
    assert.equal(await value(server, 'lite_by_itself'), 0);
    await eventually('the log says so', () => /event=lite_ends/.test(server.err));

    await paper.does('settings', 'set', 'lite_after', '0');
    await server.stop();
  });

  await t.test('then fronts; stories and what somebody sends stay', async () => {
    const server = await paper.serve('--queue', '1');
    for (const where of ['/search?q=ferry', '/latest', '/', section]) isRefused(await server.get(where), where);
    isAnswered(await server.get(story), story);
    isAnswered(await server.get(`${second}?fbclid=1`), second);
    isAnswered(await as(ada, server).get('/desk'), 'the desk');
    const desk = as(ada, server), copyAt = `/desk/stories/${number}/copy`;
    const { text } = await desk.get(`/desk/stories/${number}/edit`);
    const { revision, copy } = JSON.parse(/<script type="application\/json" id="copy-data">(.*?)<\/script>/s.exec(text)[1]);
    isRefused(await desk.get(`${copyAt}?since=${revision}&editor=ada&here=`), 'what an open editor asks again and again');
    isAnswered(await desk.send(copyAt, { base: revision, editor: 'ada', here: '', kind: 'auto', copy: { ...copy, headline: 'The ferry is later' } }), 'what it saves');
    const sent = await new Person(server).signIn('nobody@paper.example');
    assert.notEqual(sent.status, 503, 'whoever signs in is heard');
    await server.stop();
  });

  await t.test('an address has an allowance of work, and a school reads on', async (t) => {
    await paper.does('settings', 'set', 'allowance', '30');
    const server = await paper.serve('--proxied', '--quiet');
    const from = (address, where, more = {}) => server.get(where, { headers: { 'X-Forwarded-For': address }, ...more });
    const spend = async (address) => {
      for (let i = 0; i < 40; i++) {
        const reply = await from(address, `/search?q=tide${i}`);
        if (reply.status !== 200) return reply;
      }
      return assert.fail(`${address} may ask as much as it likes`);
    };
    await eventually('the allowance is in force', async () => (await spend('198.51.100.1')).status === 429);
    const school = '192.0.2.7';
    isAnswered(await from(school, story), 'it is drawn once');
    const over = await spend(school);
    assert.equal(over.status, 429);
    assert.ok(Number(over.headers['retry-after']) >= 1);
    assert.match(over.headers['cache-control'], /no-store/);
    assert.ok(await value(server, 'over_allowance_total') >= 1);

    const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
    finallyDo(t, () => agent.destroy());
    const pupils = Array.from({ length: 1000 }, () => from(school, story, { agent }));
    for (const pupil of await Promise.all(pupils)) isAnswered(pupil, 'a pupil');
    isAnswered(await from('192.0.2.8', '/search?q=tide'), 'who lives next door');

    await eventually('bad news is paid for', async () => (await from('192.0.2.9', '/media/999999/640.jpg')).status === 429, { every: 0 });
    assert.equal((await spend('2001:db8:1:1::1')).status, 429);
    assert.equal((await from('2001:db8:1:1:ffff::2', '/search?q=tide')).status, 429, 'one house is one /64');
    isAnswered(await from('2001:db8:1:2::1', '/search?q=tide'), 'another house');
    for (let i = 0; i < 20; i++) isAnswered(await server.get('/search?q=tide'), 'the machine itself pays nothing');

    const [desk, next] = [as(ada, server), as(bo, server)];
    await eventually('Ada has asked for too much', async () => (await desk.get('/desk')).status === 429);
    isAnswered(await next.get('/desk'), 'whoever works here pays by account, and Bo has not');
  });
});
