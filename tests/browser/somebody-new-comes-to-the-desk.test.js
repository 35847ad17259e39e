// The newsroom in a browser: from the first link on, with script off, every page of it fits, pleases
// axe and is valid.  Which templates there are says the theme: each must have been looked at.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, desktop, phone, picture, visit } from '../lib/browser.js';
import { firstLink, password, totp } from '../lib/desk.js';
import { instrumented, root, samplePaper, temporaryFolder } from '../lib/paper.js';

const require = createRequire(import.meta.url);
const axe = await fs.readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

const nu = (folder) => new Promise((resolve) => {
  execFile('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--also-check-css', '--also-check-svg', '--exit-zero-always', folder],
           { maxBuffer: 64 << 20 }, (error, out, err) => resolve(JSON.parse(err || out).messages));
});

/** The desk's own templates, each with an element that says on a page that it is there. */
async function signedTheme(folder) {
  const names = (await fs.readdir(path.join(root, 'theme/desk'))).filter((name) => name.endsWith('.html'));
  await fs.cp(path.join(root, 'theme'), folder, { recursive: true });
  for (const name of names) {
    const text = await fs.readFile(path.join(root, 'theme/desk', name), 'utf8'), sign = `<template data-drawn="${name}"></template>\n`;
    const signed = text.startsWith('{{<') ? text.replace('{{$main}}', `{{$main}}\n${sign}`) : text.startsWith('<!doctype') ? text.replace('</body>', `${sign}</body>`) : sign + text;
    assert.ok(signed.includes(sign), name);
    await fs.writeFile(path.join(folder, 'desk', name), signed);
  }
  return names;
}

for (const language of ['en-GB', 'ar'])
  test(`somebody new comes to the desk (${language})`, async (t) => {
    const paper = await samplePaper(t);
    await paper.does('settings', 'set', 'language', language);
    const folder = await temporaryFolder(t), theme = await temporaryFolder(t), drawn = new Set();
    const templates = await signedTheme(theme);
    const server = await paper.serve('--quiet', '--theme', theme);
    const b = await browser(t);
    const { page, complain } = await visit(b, server, { javaScriptEnabled: true, reducedMotion: 'reduce' });
    page.expects = [403, 404, 410, 422];

    /** Look at the page in both faces and in the dark. */
    async function look(name) {
      for (const template of await page.evaluate(() => [...document.querySelectorAll('[data-drawn]')].map((e) => e.dataset.drawn))) drawn.add(template);
      try {
        await fs.writeFile(path.join(folder, `${name}.html`), await (await page.context().request.get(page.url())).text());
        for (const [face, { viewport }] of Object.entries({ phone, desktop })) {
          await page.setViewportSize(viewport);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is too wide on a ${face}`);
        }
        if (!instrumented) {
          if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
          for (const colorScheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations);
            assert.deepEqual(found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`), [], `${name}, ${colorScheme}`);
          }
        }
        complain();
      } catch (e) {
        await picture(page, `desk-${name}-${language}`);
        throw e;
      }
    }
    const press = (selector = 'main button') => Promise.all([page.waitForNavigation(), page.click(selector)]);

    await page.goto('/desk');
    assert.match(page.url(), /\/desk\/sign-in$/);
    await look('sign-in');
    await page.goto(firstLink(server));
    await page.fill('#name', 'Ada Quill');
    await page.fill('#email', 'ada@paper.example');
    await page.fill('#password', 'password2026!');
    await press();
    assert.equal(await page.locator('[role=alert]').count(), 1);
    await look('welcome');
    await page.goto(firstLink(server));
    await page.fill('#name', 'Ada Quill');
    await page.fill('#email', 'ada@paper.example');
    // by keyboard alone from here to the desk
    await page.focus('#password');
    await page.keyboard.type(password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(page.url(), /\/desk$/);
    await look('home');
    await page.click('.desk-menu summary');
    await look('menu');

    // the second factor
    await page.goto('/desk/account/second');
    await look('second');
    await press();
    const secret = (await page.textContent('.secret')).trim();
    assert.ok(await page.evaluate(() => document.querySelector('.code-picture img').naturalWidth > 0));
    await fs.writeFile(path.join(folder, 'code.svg'), await (await page.context().request.get('/desk/account/second.svg')).body());
    await look('second-offered');
    await page.fill('#code', totp(secret));
    await press();
    const codes = await page.locator('.codes code').allTextContents();
    assert.equal(codes.length, 10);
    await look('codes');
    await press('a.button');
    await look('account');
    await page.goto('/desk/account/password');
    await look('password');
    await page.goto('/desk/account/passkeys');
    await look('passkeys');

    await paper.does('webhook', 'add', '--kinds', 'killed', 'https://machine.example/');
    const covered = /^(\d+)\t/m.exec((await paper.does('live')).out)[1];

    // others
    await page.goto('/desk/staff/invite');
    await look('invite');
    await page.fill('#name', 'Bo Ek');
    await page.fill('#email', 'bo@paper.example');
    await page.selectOption('#role', 'editor');
    await press();
    const invitation = (await page.textContent('.secret')).trim();
    await look('invited');

    // work: what stands on the board, is wished for, was written twice, is corrected, could not be read
    const send = (where, fields, isForm = true) => page.evaluate(async ([at, body, form]) => {
      const token = document.querySelector('meta[name=desk-token]').content;
      const reply = await fetch(at, { method: 'POST', ...(form ? { body: new URLSearchParams({ token, ...body }) }
        : { headers: { 'X-Desk-Token': token, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }) });
      return { status: reply.status, url: reply.url };
    }, [where, fields, isForm]);
    const [, out] = /^(\d+)\tlive/m.exec((await paper.does('list')).out);
    let work;
    for (let i = 0; i < 13; i++) { // more than the first page lists
      [, work] = /\/stories\/(\d+)\/edit$/.exec((await send('/desk/stories', {})).url);
      assert.equal((await send(`/desk/stories/${work}/plan`, { stage: 'draft', who: '1', wish: '2026-07-01T08:00' })).status, 200);
    }
    for (const headline of ['The tide comes', 'The tide goes']) {
      const { revision, copy } = await (await page.context().request.get(`/desk/stories/${work}/copy?since=0`)).json();
      assert.equal((await send(`/desk/stories/${work}/copy`, { base: revision, editor: 'x', here: '', kind: 'named', name: headline, copy: { ...copy, headline } }, false)).status, 200);
    }
    assert.equal((await send(`/desk/stories/${work}/notes`, { words: 'Ask the harbour, @Ada Quill' })).status, 200);
    assert.equal((await send(`/desk/stories/${out}/correct`, { kind: 'correction', reason: 'It was not so.', why: 'A slip.', headline: 'Another headline' })).status, 200);
    await fs.writeFile(path.join(paper.folder, 'broken.xml'), '<newsItem>\n<contentSet>');
    await paper.command('ingest', path.join(paper.folder, 'broken.xml'));

    for (const where of ['staff', 'staff/2', 'roles', 'audit', 'health', 'staff/99', 'stories', 'stories?words=nothing', 'stories/5', 'stories/5/kill', 'stories/5/edit', 'stories/5/revisions', 'stories/5/revisions/1', 'stories/5/compare?from=1&to=1', 'wire', 'wire/1', 'wire/99?state=waiting', 'wire/quarantine', 'pictures', 'pictures?words=nothing', 'pictures/14', 'pictures/50', 'front', 'front/place?slot=1&place=1', 'front/preview', 'settings', 'settings/sections', 'settings/sections/2', 'settings/menus', 'settings/pages', 'settings/pages/about', 'settings/subjects', 'settings/subjects/topic/storm-hesper', 'settings/webhooks', 'settings/webhooks/1', 'breaking', `stories/${covered}/live`, 'notices', 'notices/new', 'stories/5/look', 'board', 'calendar',
                         '', `stories/${work}`, `stories/${work}/revisions`, `stories/${work}/compare?from=1&to=3`, `stories/${out}`, `stories/${out}/revisions?of=versions`, `stories/${out}/compare?of=versions&from=1&to=2`, 'calendar?week=2026-07-01', `stories/${covered}/live/1`]) {
      await page.goto(`/desk/${where}`);
      await page.evaluate(() => document.querySelectorAll('main details').forEach((d) => { d.open = true; }));
      await look(where.replace(/\W/g, '-'));
    }
    for (const [list, one] of [['wire/quarantine', 'quarantined'], ['notices', 'notice']]) {
      await page.goto(`/desk/${list}`);
      await press('main .row-title a');
      await look(one);
    }
    await page.goto('/desk/roles/new');
    await page.fill('#name', 'Wire desk');
    await page.check('[value=wire]');
    await look('role');
    await press();
    assert.match(page.url(), /\/desk\/roles$/);
    await page.goto('/desk/roles/wire-desk');
    assert.equal(await page.isChecked('[value=wire]'), true);

    // somebody else, with script off, on a telephone
    const bo = await visit(b, server, { ...phone, javaScriptEnabled: false });
    await bo.page.goto(invitation);
    await bo.page.fill('#password', 'nine brown owls at dusk');
    await bo.page.click('main button');
    await bo.page.waitForURL(/\/desk$/);
    await bo.page.goto('/desk');
    assert.equal(await bo.page.locator('.desk-menu li').count(), 7, 'an editor has the desk, the stories, the board, the calendar, the wire, the pictures and the notices');

    // out, and in again with a code; a code is worth nothing twice
    await press('.desk-out button');
    await page.fill('#email', 'ada@paper.example');
    await page.fill('#password', password);
    await press();
    assert.match(page.url(), /\/desk\/second$/);
    await page.goto('/desk/staff');
    assert.match(page.url(), /\/desk\/second$/, 'half in opens nothing');
    await look('second-asked');
    await page.fill('#code', codes[0]);
    await press();
    assert.match(page.url(), /\/desk$/);
    await page.goto('/desk/prove');
    await look('prove');
    await press('.desk-out button');
    await page.fill('#email', 'ada@paper.example');
    await page.fill('#password', password);
    await press();
    await page.fill('#code', codes[0]);
    await press();
    assert.equal(await page.locator('[role=alert]').count(), 1);
    await page.fill('#code', totp(secret, 1));
    await press();
    assert.match(page.url(), /\/desk$/);

    drawn.add('passkey.html'); // a-passkey-opens-the-desk
    assert.deepEqual(templates.filter((name) => !drawn.has(name)), [], 'looked at by nobody');
    if (instrumented || language !== 'en-GB') return;
    const said = [...new Set((await nu(folder)).map((m) => `${path.basename(m.url ?? '')}:${m.lastLine}: ${m.subType ?? m.type}: ${m.message} ${m.extract ?? ''}`))];
    assert.deepEqual(said, []);
  });
