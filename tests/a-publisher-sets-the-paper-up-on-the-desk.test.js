// Settings, sections, menus, the paper's own pages, topics: by plain requests, as a browser with script off would.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { employ, publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const group = (text, key) => text.split(/<form /).find((f) => f.includes(`name="group" value="${key}"`));
const seenOf = (text, key) => /name="seen" value="([^"]+)"/.exec(group(text, key))[1];

test('a publisher sets the paper up on the desk', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('one.xml', newsml({ guid: 'urn:newsml:tests.example:one', headline: 'The pier is open', subjects: [{ code: '20000213', name: 'commercial fishing' }] }));
  const ada = await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'publisher');
  const settings = '/desk/settings';
  const save = async (who, key, fields, seen) =>
    who.post(settings, { group: key, seen: seen ?? seenOf((await who.get(settings)).text, key), ...fields });
  const menu = async () => [...(await server.get('/')).text.matchAll(/<nav[^>]*menu[\s\S]*?<\/nav>/g)].join('');

  await t.test('a setting is changed, and the next reader has it', async () => {
    await server.get('/');
    assert.equal((await save(ada, 'identity', { name: 'The Morning Gull', motto: 'Loud, early' })).status, 303);
    const { text } = await server.get('/');
    assert.match(text, /The Morning Gull/);
    assert.match(text, /Loud, early/);
    assert.match((await paper.does('settings', 'get', 'time_zone')).out, /\S/, 'what was not sent stays');
  });

  await t.test('what will not do is said at its field, and nothing that was typed is lost', async () => {
    const reply = await save(ada, 'identity', { name: 'Another', time_zone: 'Middle/Earth', language: 'en' });
    assert.equal(reply.status, 422);
    assert.match(reply.text, /id="time_zone"[^>]*value="Middle\/Earth"[^>]*aria-invalid="true"/);
    assert.match(plain(reply.text), /Please give a time zone like Europe\/London\./);
    const where = await save(ada, 'server', { address: 'ftp://x' });
    assert.equal(where.status, 422);
    assert.match(plain(where.text), /Please give an address like/);
    assert.match(reply.text, /value="Another"/);
    assert.match((await server.get('/')).text, /The Morning Gull/, 'and nothing was saved');
    assert.equal((await save(ada, 'look', { accent: '#ffee00' })).status, 422, 'a colour that cannot be read');
  });

  await t.test('who saves over what a colleague has saved is asked first', async () => {
    const seen = seenOf((await ada.get(settings)).text, 'contact');
    assert.equal((await save(bo, 'contact', { phone: '+44 1632 960871' })).status, 303);
    const late = await save(ada, 'contact', { phone: '+44 1632 960000' }, seen);
    assert.equal(late.status, 409);
    assert.match(late.text, /id="phone"[^>]*value="\+44 1632 960000"/);
    assert.match((await paper.does('settings', 'get', 'phone')).out, /960871/);
    assert.equal((await save(ada, 'contact', { phone: '+44 1632 960000' }, seenOf(late.text, 'contact'))).status, 303);
    assert.match((await paper.does('settings', 'get', 'phone')).out, /960000/);
  });

  await t.test('the password of the mail server is not for the desk, nor where it is sent', async () => {
    await paper.does('settings', 'set', 'mail_server', 'smtp://127.0.0.1:1');
    await paper.does('settings', 'set', 'mail_user', 'gull');
    const page = (await ada.get(settings)).text;
    assert.doesNotMatch(page, /mail_password_file/);
    assert.match(page, /name="mail_server" value="smtp:\/\/127.0.0.1:1" readonly/);
    assert.match(page, /name="mail_user" value="gull" readonly/);
    const reply = await save(ada, 'server', { mail_password_file: '/etc/passwd', mail_server: 'smtps://thief.example', mail_user: 'thief', mail_from: 'desk@paper.example' });
    assert.equal(reply.status, 303, 'the rest of the form is kept');
    assert.equal((await save(ada, 'server', { mail_server: 'nonsense' })).status, 303, 'what is not taken is no fault');
    const kept = async (name) => (await paper.does('settings', 'get', name)).out.trim();
    assert.deepEqual(await Promise.all(['mail_password_file', 'mail_server', 'mail_user', 'mail_from'].map(kept)), ['', 'smtp://127.0.0.1:1', 'gull', 'desk@paper.example']);
    for (const name of ['mail_server', 'mail_user', 'mail_from']) await paper.does('settings', 'set', name, '');
  });

  await t.test('the stages of the work are set here, and those that cannot be are not', async () => {
    assert.equal((await save(ada, 'server', { stages: 'one' })).status, 422);
    assert.equal((await save(ada, 'server', { stages: 'pitch, draft, print' })).status, 303);
    assert.match((await ada.get('/desk/board')).text, /data-stage="print"/);
    assert.equal((await save(ada, 'server', { stages: '' })).status, 303);
  });

  let sport;
  await t.test('a section is made, and copy of its topics goes there', async () => {
    await ada.get(`${settings}/sections`);
    const reply = await ada.post(`${settings}/sections`, { name: 'Sport & games', slug: '', description: 'All of it', topics: '15000000\n', act: 'make' });
    assert.equal(reply.status, 303, plain(reply.text));
    assert.match(await menu(), /\/sport-games"[^>]*>Sport &amp; games/);
    const { text } = await ada.get(`${settings}/sections`);
    sport = /href="(\/desk\/settings\/sections\/\d+)">Sport/.exec(text)[1];
    await paper.publish('two.xml', newsml({ guid: 'urn:newsml:tests.example:two', headline: 'A goal at last', subjects: [{ code: '15000000', name: 'sport' }] }));
    assert.match((await server.get('/sport-games')).text, /A goal at last/);
    for (const slug of ['news', 'search', 'No Slug'])
      assert.equal((await ada.post(`${settings}/sections`, { name: 'Taken', slug, act: 'make' })).status, 422, slug);
    assert.equal((await ada.post(`${settings}/sections`, { name: 'Codes', slug: 'codes', topics: 'sport', act: 'make' })).status, 422);
  });

  await t.test('renamed, its old address leads on, its feeds too, and stories stay where they are', async () => {
    const [address] = /\/sport-games\/\d{4}\/[^"]+/.exec((await server.get('/sport-games')).text);
    await ada.get(sport);
    assert.equal((await ada.post(sport, { name: 'Sport', slug: 'sport', topics: '15000000', act: 'save' })).status, 303);
    const old = await server.get('/sport-games');
    assert.deepEqual([old.status, old.headers.location], [301, '/sport']);
    assert.equal((await server.get('/sport-games/feed.rss')).headers.location, '/sport/feed.rss');
    assert.equal((await server.get('/sport-games.lite')).headers.location, '/sport.lite');
    assert.match((await server.get('/sport')).text, /A goal at last/);
    assert.equal((await server.get(address)).status, 200);
    assert.equal((await ada.post(`${settings}/sections`, { name: 'Games', slug: 'sport-games', act: 'make' })).status, 422, 'it leads on');
  });

  await t.test('only an empty section is taken away', async () => {
    await ada.get(sport);
    assert.equal((await ada.post(sport, { act: 'drop' })).status, 422);
    await ada.post(`${settings}/sections`, { name: 'Empty', act: 'make' });
    const one = /href="(\/desk\/settings\/sections\/\d+)">Empty/.exec((await ada.get(`${settings}/sections`)).text)[1];
    assert.equal((await ada.post(one, { act: 'drop' })).status, 303);
    assert.equal((await server.get('/empty')).status, 404);
  });

  await t.test('the menu is ordered and sections are hidden in it', async () => {
    const key = /\d+$/.exec(sport)[0];
    const first = async () => /<a href="\/(\w+)"/.exec(await menu())[1];
    assert.equal(await first(), 'news');
    await ada.get(`${settings}/menus`);
    assert.equal((await ada.post(`${settings}/menus`, { of: 'menu', key, act: 'up' })).status, 303);
    assert.equal(await first(), 'sport');
    await ada.post(`${settings}/menus`, { of: 'menu', key, act: 'hide' });
    assert.doesNotMatch(await menu(), /"\/sport"/);
    assert.equal((await server.get('/sport')).status, 200, 'it is still there');
    await ada.post(`${settings}/menus`, { of: 'menu', key, act: 'show' });
    assert.match(await menu(), /"\/sport"/);
  });

  await t.test('the paper writes a page about itself, with a preview before', async () => {
    const where = `${settings}/pages/new`;
    await ada.get(where);
    const page = { title: 'About us', slug: 'about', text: 'We are **loud**.\r\n\r\n## Where\r\n\r\n- here\r\n- <b>there</b>' };
    const preview = await ada.post(where, { ...page, act: 'preview' });
    assert.match(preview.text, /<strong>loud<\/strong>/);
    assert.match(preview.text, /&lt;b&gt;there/);
    assert.equal((await server.get('/about')).status, 404);
    assert.equal((await ada.post(where, { ...page, act: 'save' })).status, 303);
    assert.match((await server.get('/about')).text, /We are <strong>loud<\/strong>/);
    assert.match((await server.get('/')).text, /href="\/about"[^>]*>About us/);
    assert.equal((await ada.post(where, { ...page, act: 'save' })).status, 422, 'there is one');

    const edit = await ada.get(`${settings}/pages/about`);
    const text = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(edit.text)[1];
    assert.match(text, /We are \*\*loud\*\*\.\n\n## Where\n\n- here/);
    await ada.post(`${settings}/pages/about`, { title: 'About', text: 'Quiet now.', act: 'save' });
    assert.match((await server.get('/about')).text, /Quiet now\./);
    await ada.get(`${settings}/menus`);
    await ada.post(`${settings}/menus`, { of: 'foot', key: 'about', act: 'hide' });
    assert.doesNotMatch((await server.get('/')).text, /href="\/about"/);
    await ada.post(`${settings}/pages/about`, { act: 'drop' });
    assert.equal((await server.get('/about')).status, 404);
  });

  await t.test('a topic is written about', async () => {
    const list = await ada.get(`${settings}/subjects?kind=topic&words=FISHING`);
    const [, where] = /href="(\/desk\/settings\/subjects\/topic\/[^"]+)"/.exec(list.text);
    await ada.get(where);
    const bad = await ada.post(where, { name: 'Fishing', summary: 'x'.repeat(601), text: 'Boats.', act: 'save' });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /x{601}/);
    const saved = await ada.post(where, { name: 'Fishing', summary: 'Nets and boats.', text: 'All about *boats*.', act: 'save' });
    assert.equal(saved.status, 303, plain(saved.text));
    assert.match((await server.get(where.replace('/desk/settings/subjects', ''))).text, /All about <em>boats<\/em>/);
  });

  await t.test('the log has it, before and after', async () => {
    const log = plain((await ada.get('/desk/audit')).text);
    for (const one of [/Changed a setting phone.*960871.*960000/, /Changed a section Sport.*sport-games.*sport/, /Changed the menu or the foot/, /Changed a page of information about.*Quiet now/, /Changed a topic, an author or a place.*Nets and boats/])
      assert.match(log, one);
  });

  await t.test('who may not is not let in', async () => {
    const cy = await employ(paper, server, 'cy@paper.example', 'night-editor');
    for (const where of ['', '/sections', '/menus', '/pages', '/pages/new', '/subjects']) assert.equal((await cy.get(settings + where)).status, 403);
    assert.equal((await cy.post(settings, { group: 'identity', name: 'Mine' })).status, 403);
    assert.doesNotMatch((await cy.get('/desk')).text, /\/desk\/settings/);
    assert.ok(story);
  });
});
