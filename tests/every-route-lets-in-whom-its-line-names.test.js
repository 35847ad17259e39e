// Every route there is, asked by somebody of every role: nobody gets what the route's line does not
// give, and everybody what it does.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { employ, password, Person, publisher } from './lib/desk.js';
import { emptyPaper, run } from './lib/paper.js';

const roles = {
  contributor: ['write'],
  reporter: ['write', 'wire', 'pictures'],
  editor: ['write', 'edit', 'publish', 'correct', 'wire', 'pictures', 'notices'],
  'night-editor': ['write', 'edit', 'publish', 'correct', 'wire', 'pictures', 'notices', 'front', 'breaking'],
  'photo-desk': ['wire', 'pictures'],
  moderator: ['moderate'],
  publisher: ['write', 'edit', 'publish', 'correct', 'front', 'breaking', 'wire', 'pictures', 'notices', 'moderate', 'settings', 'staff', 'audit'],
  // the paper's own
  'log-reader': ['audit'],
  'staff-office': ['staff', 'write'],
  revisers: ['edit'],
};

// a value for each name in a path: none of them need exist
const values = { section: 'news', slug: 'x', year: '2026', month: '11', day: '29', id: '1', width: '320', ext: 'jpg', crop: 'wide-0-0-1000-1000', fingerprint: 'x',
                 file: 'x.css', kind: 'rss', language: 'en', drawn: '192', entry: '1', gallery: '1', shot: '1', type: 'planning', name: 'x', token: 'x', word: 'log-reader', topics: 'site', event: '1', revision: '1' };
const filled = (path) => path.replace(/\{(\w+)[#*]?\}/g, (_, name) => {
  assert.ok(values[name], `a value for {${name}}`);
  return values[name];
});

/** What the line promises: 'through', 'sign-in', 'denied'. */
function promised(who, may) {
  const [kind, needs] = who.replace(/, proved$/, '').split(' ');
  if (kind === 'anyone') return 'through';
  assert.equal(kind, 'staff', who);
  if (!may) return 'sign-in';
  return needs && !needs.split('|').some((one) => may.includes(one)) ? 'denied' : 'through';
}

const allRoutes = async () => (await run(['routes'])).out.trim().split('\n').map((line) => line.split('\t'));

function came(reply) {
  if (reply.status === 303 && /^\/desk\/sign-in/.test(reply.headers.location)) return 'sign-in';
  return reply.status === 403 ? 'denied' : 'through';
}

test('every route lets in whom its line names', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const routes = await allRoutes();
  assert.ok(routes.every(([, , who]) => /^(anyone|staff( [a-z|]+)?(, proved)?)$/.test(who)), routes.map((r) => r[2]).join());
  assert.ok(routes.filter(([, path]) => path.startsWith('/desk')).length >= 25);

  const people = { nobody: new Person(server), publisher: await publisher(server) };
  for (const [name, may] of [['Log reader', 'audit'], ['Staff office', 'staff write'], ['Revisers', 'edit']]) {
    await people.publisher.get('/desk/roles/new');
    const fields = [['name', name], ...may.split(' ').map((m) => ['may', m])];
    assert.equal((await people.publisher.post('/desk/roles/new', fields)).status, 303);
  }
  for (const role of Object.keys(roles)) people[role] ??= await employ(paper, server, `${role}@paper.example`, role);

  let asked = 0;
  for (const [who, person] of Object.entries(people)) {
    const may = roles[who];
    for (const [method, path, line] of routes) {
      // whoever signs out is out: last of all, below
      if (method === 'OPTIONS' || path === '/desk/sign-out') continue;
      const where = filled(path);
      const reply = method === 'GET' ? await person.get(where)
        : await person.post(where.replace(/\/staff\/1$/, '/staff/99'), { act: 'none' });
      // a page for everybody may itself lead to the sign-in
      const got = line === 'anyone' && came(reply) === 'sign-in' ? 'through' : came(reply);
      // a form of the sign-in pages is for strangers; what a route refuses by itself is no matter of roles
      const wanted = promised(line, may);
      const own = line === 'anyone' && method === 'POST';
      if (!own) assert.equal(got, wanted, `${who}: ${method} ${where} (${line}) gave ${reply.status} ${reply.headers.location ?? ''}`);
      assert.ok(reply.status < 500, `${who}: ${method} ${where} gave ${reply.status}`);
      if (path.startsWith('/desk')) {
        assert.match(reply.headers['cache-control'] ?? '', /no-store/, `${method} ${where}`);
        if (reply.status < 300) assert.match(reply.headers['content-security-policy'], /^default-src 'none';/);
      }
      asked += 1;
    }
  }
  for (const person of Object.values(people).slice(1)) {
    await person.get('/desk');
    assert.equal((await person.post('/desk/sign-out')).headers.location, '/desk/sign-in');
    assert.equal(came(await person.get('/desk')), 'sign-in');
  }
  t.diagnostic(`said: ${routes.length} routes, ${Object.keys(people).length} roles, ${asked} requests`);
});

test('what is dangerous wants the password given not long ago', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const ada = await publisher(server);
  const proved = (await allRoutes()).filter(([, , who]) => / proved$/.test(who)).map(([method, where]) => `${method} ${where}`);
  // here each one by name, so that none is forgotten where the routes stand
  assert.deepEqual(proved.sort(), [
    ...['/desk/account/passkeys', '/desk/account/password', '/desk/account/second', '/desk/roles/{word}', '/desk/settings/webhooks', '/desk/settings/webhooks/{id#}',
      '/desk/staff/invite', '/desk/stories/{id#}/kill'].flatMap((where) => [`GET ${where}`, `POST ${where}`]),
    'GET /desk/account/second.svg', 'POST /desk/staff/{id#}',
  ].sort());

  await ada.get('/desk');
  const age = () => execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(paper.data, 'paper.db'), 'UPDATE staff_session SET proved_at = proved_at - 700000000']);
  age();
  for (const one of proved) {
    const [method, where] = filled(one).split(' ');
    const reply = method === 'GET' ? await ada.get(where) : await ada.post(where, { act: 'suspend', sure: 'yes', reason: 'x', name: 'x' });
    assert.equal(reply.status, 303, one);
    assert.match(reply.headers.location, /^\/desk\/prove(\?|$)/, one);
  }

  await t.test('so do the settings that open the newsroom, or say where mail leads', async () => {
    const settings = async () => (await ada.get('/desk/settings')).text;
    const aged = await settings();
    assert.match(aged, /<a [^>]*href="(\/desk\/prove\?to=%2Fdesk%2Fsettings%23server)"/);
    assert.doesNotMatch(aged, /name="second_factor"/);
    const reply = await ada.post('/desk/settings', { group: 'server', second_factor: 'everybody' });
    assert.match(reply.headers.location, /^\/desk\/prove\?/);
    assert.doesNotMatch((await paper.does('settings', 'get', 'second_factor')).out, /everybody/);
    await ada.get(reply.headers.location);
    assert.equal((await ada.post('/desk/prove', { password, to: '/desk/settings#server' })).headers.location, '/desk/settings#server');
    assert.match(await settings(), /name="second_factor"/);
    assert.equal((await ada.get('/desk/settings/webhooks')).status, 200, 'given once, it opens all');
  });
});

test('no form of the newsroom is taken from elsewhere, nor without its token', async (t) => {
  const server = await (await emptyPaper(t)).serve('--quiet');
  const ada = await publisher(server);
  const forms = (await allRoutes()).filter(([method, where]) => method === 'POST' && where.startsWith('/desk')).map(([, where]) => filled(where));
  assert.ok(forms.length >= 40);
  await ada.get('/desk');
  const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
  for (const where of forms) {
    const evil = { Origin: 'https://evil.example' };
    assert.equal((await ada.post(where, { act: 'none' }, evil)).status, 403, `${where} from elsewhere`);
    assert.equal((await ada.post(where, { act: 'none', token: '' })).status, 403, `${where} without its token`);
    assert.equal((await ada.send(where, {}, { ...json, ...evil })).status, 403, `${where} of a script elsewhere`);
    assert.equal((await ada.send(where, {}, { ...json, 'X-Desk-Token': '0'.repeat(32) })).status, 403, `${where} of a script without its token`);
  }
  assert.equal((await ada.get('/desk')).status, 200, 'nobody was signed out by it');
});
