// The checklist of a story asks what its copy links to: behind everybody's back, never inside a private
// network, and what does not answer stops nobody.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { newStory, publisher } from './lib/desk.js';
import { emptyPaper, eventually, finallyDo } from './lib/paper.js';

/** Another site, which keeps what it was asked. */
async function elsewhere(t) {
  const asked = [];
  const server = http.createServer((request, reply) => {
    asked.push(`${request.method} ${request.url}`);
    assert.equal(request.headers.cookie, undefined);
    const answers = { '/fine': 200, '/for-people': 403, '/nothing': 404, '/broken': 500, '/round': 302, '/on': 301, '/no-head': request.method === 'HEAD' ? 405 : 200 };
    const status = answers[request.url] ?? 404;
    reply.writeHead(status, { '/round': { Location: '/round' }, '/on': { Location: '/fine' } }[request.url] ?? {});
    reply.end(request.method === 'HEAD' ? '' : 'words');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  finallyDo(t, () => new Promise((done) => { server.closeAllConnections(); server.close(done); }));
  return { asked, at: `http://127.0.0.1:${server.address().port}` };
}

const storyThatLinks = (ada, links) => newStory(ada, {
  headline: 'What it links to',
  blocks: links.map((link, i) => ({ kind: 'paragraph', id: `p${i}`, spans: [{ text: `Word ${i}`, link }] })),
});

/** What the checklist says of links once all have answered: { address: sentence }. */
async function linksOf(ada, id) {
  const list = await eventually('all links have answered', async () => {
    const answer = await ada.json(`/desk/stories/${id}/checklist`);
    return answer.asked === 0 && answer;
  });
  const items = list.items.filter((i) => i.key === 'link');
  assert.ok(items.every((i) => i.state === (i.what ? 'warn' : 'ok')), 'none of them stops anybody');
  return Object.fromEntries(items.map((i) => [i.what ?? 'all', i.about]));
}

test('links in the copy are asked whether they answer', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--ask-inside');
  const ada = await publisher(server);
  const { asked, at } = await elsewhere(t);
  const ferry = await paper.address(await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:one', headline: 'The ferry sails again' })));
  await paper.does('settings', 'set', 'address', 'https://www.paper.example');

  await t.test('of other sites their servers say it', async () => {
    const id = await storyThatLinks(ada, ['/fine', '/for-people', '/on', '/no-head', '/nothing', '/broken', '/round', '/fine'].map((path) => at + path));
    const first = await ada.json(`/desk/stories/${id}/checklist`);
    assert.ok(first.items.length > 0, 'the list is there before they have answered');
    const said = await linksOf(ada, id);
    assert.deepEqual(Object.keys(said).sort(), ['/broken', '/nothing', '/round'].map((path) => at + path));
    assert.match(said[`${at}/nothing`], /nothing is there/);
    assert.match(said[`${at}/broken`], /something is wrong/);
    assert.match(said[`${at}/round`], /on and on/);
    assert.deepEqual(asked.filter((a) => a.endsWith('/no-head')), ['HEAD /no-head', 'GET /no-head']);
    const before = asked.length;
    await linksOf(ada, id);
    assert.equal(asked.length, before, 'what they said is remembered');
    assert.ok(asked.filter((a) => a.endsWith('/round')).length <= 7, 'redirects are counted');
  });

  await t.test('of this paper its own lists say it', async () => {
    const there = ['/', '/news', ferry, `${ferry}.lite`, `${ferry}/history`, 'https://www.paper.example/search', `https://www.paper.example${ferry}#talk`, 'mailto:desk@paper.example'];
    assert.deepEqual(await linksOf(ada, await storyThatLinks(ada, there)), { all: 'They all answer.' });
    const not = ['/nowhere', '/topic/nothing-of-it', '/news/2026/01/01/not-this', 'https://www.paper.example/news/2026/01/01/nor-this'];
    const said = await linksOf(ada, await storyThatLinks(ada, not));
    assert.deepEqual(Object.keys(said).sort(), [...not].sort());
    assert.match(said['/nowhere'], /an address of this paper where nothing is/);
  });

  await t.test('what does not answer stops nobody', async () => {
    const id = await storyThatLinks(ada, [`${at}/nothing`]);
    await linksOf(ada, id);
    await ada.get(`/desk/stories/${id}`);
    assert.equal((await ada.post(`/desk/stories/${id}`, { act: 'publish' })).status, 303);
  });
});

test('no link makes the paper ask inside its own network', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const { asked, at } = await elsewhere(t);
  const inside = [`${at}/fine`, at.replace('127.0.0.1', 'localhost'), 'http://[::1]:9/', 'http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/'];
  const said = await linksOf(ada, await storyThatLinks(ada, inside));
  assert.equal(Object.keys(said).length, inside.length, JSON.stringify(said));
  assert.ok(Object.values(said).every((about) => /private network/.test(about)), JSON.stringify(said));
  assert.deepEqual(asked, []);
});
