// Passkeys in a real browser with a virtual device: added, used alone, as second factor and as
// proof; what is refused; and that nothing of it is needed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { browser, visit } from '../lib/browser.js';
import { firstLink, password } from '../lib/desk.js';
import { emptyPaper, instrumented } from '../lib/paper.js';

const axe = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe has nothing to say against the page as it stands. */
async function pleases(page) {
  if (instrumented) return;
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations);
  assert.deepEqual(found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`), [], page.url());
}

/** A device that knows its owner. */
async function device(page, more = {}) {
  const talk = await page.context().newCDPSession(page);
  await talk.send('WebAuthn.enable');
  const { authenticatorId } = await talk.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true, ...more } });
  return {
    credentials: async () => (await talk.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    add: (credential) => talk.send('WebAuthn.addCredential', { authenticatorId, credential }),
    clear: () => talk.send('WebAuthn.clearCredentials', { authenticatorId }),
    verify: (isUserVerified) => talk.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    remove: () => talk.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  };
}

const localhost = (server) => ({ ...server, address: server.address.replace('127.0.0.1', 'localhost'), port: server.port, out: server.out });

async function newsroom(t) {
  const paper = await emptyPaper(t);
  const server = localhost(await paper.serve('--quiet'));
  const { page, complain } = await visit(await browser(t), server);
  page.expects = [403, 422];
  await page.goto(firstLink(server).replace('127.0.0.1', 'localhost'));
  for (const [name, value] of [['name', 'Ada Quill'], ['email', 'ada@paper.example'], ['password', password]]) await page.fill(`#${name}`, value);
  const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
  await press('main button');
  const add = async (name) => {
    await page.goto('/desk/account/passkeys');
    await page.fill('#passkey-name', name);
    await press('[data-passkey=add] button');
  };
  const out = async () => { await page.goto('/desk'); await press('.desk-out button'); };
  const withPassword = async () => {
    await page.goto('/desk/sign-in');
    await page.fill('#email', 'ada@paper.example');
    await page.fill('#password', password);
    await press('main form:not([data-passkey]) button');
  };
  return { paper, server, page, complain, press, add, out, withPassword };
}

test('a passkey opens the desk: alone, as second factor, as proof', async (t) => {
  const { paper, page, complain, press, add, out, withPassword } = await newsroom(t);
  const own = await device(page);
  // what would be mailed waits: nobody listens there
  for (const [name, value] of [['address', 'https://www.paper.example'], ['mail_from', 'desk@paper.example'], ['mail_server', 'smtp://127.0.0.1:1']])
    await paper.does('settings', 'set', name, value);
  const mailed = () => execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(paper.data, 'paper.db'), 'SELECT group_concat(subject) FROM outbox'], { encoding: 'utf8' });

  await page.goto('/desk/account');
  assert.match(await page.textContent('main'), /Add a passkey/);
  await add('telephone');
  const codes = await page.locator('.codes code').allTextContents();
  assert.equal(codes.length, 10, 'who has a second factor has recovery codes');
  assert.equal((await own.credentials()).length, 1);
  assert.match(mailed(), /a passkey was added/);
  await page.goto('/desk/account/passkeys');
  assert.match(await page.textContent('.rows'), /telephone[^]*never used/);
  await pleases(page);
  await page.fill('#passkey-name', 'again');
  await page.click('[data-passkey=add] button');
  await page.locator('.passkey-failed').waitFor({ state: 'visible' }); // one is enough for a device
  complain();

  // alone
  await out();
  assert.match(page.url(), /\/desk\/sign-in$/);
  await page.goto('/desk/account');
  assert.match(page.url(), /\/desk\/sign-in\?to=/);
  await pleases(page);
  await press('[data-passkey=sign-in] button');
  assert.match(page.url(), /\/desk\/account$/, 'in, and where she wanted to go');
  await page.goto('/desk/account/passkeys');
  assert.match(await page.textContent('.rows'), /telephone[^]*last used/, 'it proves too');

  // after the password: it alone is not enough any more
  await out();
  await withPassword();
  assert.match(page.url(), /\/desk\/second$/);
  await page.goto('/desk/account');
  assert.match(page.url(), /\/desk\/second$/, 'half in opens nothing');
  await press('[data-passkey=second] button');
  assert.match(page.url(), /\/desk$/);
  await out();
  await withPassword();
  await page.fill('#code', codes[0]);
  await press('main form:not([data-passkey]) button');
  assert.match(page.url(), /\/desk$/, 'a recovery code stands for it');

  // the proof, once ten minutes are over
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(paper.data, 'paper.db'), 'UPDATE staff_session SET proved_at = 1']);
  await page.goto('/desk/account/passkeys');
  assert.match(page.url(), /\/desk\/prove\?to=/);
  await press('[data-passkey=prove] button');
  assert.match(page.url(), /\/desk\/account\/passkeys$/);

  // taken away: it opens nothing, and the password alone does again
  await press('.rows [value=drop]');
  assert.match(await page.textContent('.said'), /taken away/);
  assert.match(mailed(), /a passkey was taken away/);
  await out();
  await press('[data-passkey=sign-in] button');
  assert.match(await page.textContent('[role=alert]:not([hidden])'), /does not open this account/);
  await withPassword();
  assert.match(page.url(), /\/desk$/);
  await page.goto('/desk/audit');
  for (const one of ['Added a passkey', 'Took a passkey away']) assert.match(await page.textContent('main'), new RegExp(one));
  complain();
});

test('a passkey that was copied, is of somebody else or does not know who is there opens nothing', async (t) => {
  const { page, press, add, out, withPassword } = await newsroom(t);
  const own = await device(page);
  await add('telephone');
  const alert = () => page.textContent('[role=alert]:not([hidden])');

  // a copy that has signed less often
  const [before] = await own.credentials();
  await out();
  await press('[data-passkey=sign-in] button');
  assert.match(page.url(), /\/desk$/);
  await out();
  await own.clear();
  await own.add({ ...before, signCount: 0 });
  await press('[data-passkey=sign-in] button');
  assert.match(await alert(), /does not open/);
  await own.clear();
  await own.add({ ...before, signCount: 1000 });
  await page.goto('/desk/sign-in');
  await press('[data-passkey=sign-in] button');
  assert.match(page.url(), /\/desk$/);
  await page.goto('/desk/audit?act=passkey_failed');
  assert.match(await page.textContent('.deeds'), /Used a passkey that does not hold/);

  // the same name for another person; a key of nobody here
  await out();
  const [now] = await own.credentials();
  for (const bent of [{ userHandle: Buffer.from('somebody else').toString('base64') }, { credentialId: Buffer.from('another credential').toString('base64') }]) {
    await own.clear();
    await own.add({ ...now, ...bent, signCount: 2000 });
    await page.goto('/desk/sign-in');
    await press('[data-passkey=sign-in] button');
    assert.match(await alert(), /does not open/);
  }

  // a device that does not know who is there makes no way in by itself
  await own.clear();
  await own.add({ ...now, signCount: 3000 });
  await own.verify(false);
  await page.goto('/desk/sign-in');
  await page.click('[data-passkey=sign-in] button');
  await page.locator('.passkey-failed').waitFor({ state: 'visible' });
  await withPassword();
  await press('[data-passkey=second] button');
  assert.match(page.url(), /\/desk$/, 'as a second factor it is enough');
});

test('an answer is good once, on its page, for its use', async (t) => {
  const { page, add, out, press } = await newsroom(t);
  await device(page);
  await add('telephone');
  await out();

  /** The fields that the script would send, without sending them. */
  const signed = () => page.evaluate(() => new Promise((done) => {
    const form = document.querySelector('[data-passkey=sign-in]');
    form.submit = () => done(Object.fromEntries(new FormData(form)));
    form.requestSubmit();
  }));
  const send = (fields, where = '/desk/sign-in/passkey') => page.evaluate(async ([to, body]) => {
    const r = await fetch(to, { method: 'POST', body: new URLSearchParams(body), redirect: 'manual' });
    return r.type === 'opaqueredirect' ? 'through' : r.status;
  }, [where, fields]);

  await page.goto('/desk/sign-in');
  let fields = await signed();
  const client = JSON.parse(Buffer.from(fields.client, 'base64url'));
  const bent = (more) => ({ client: Buffer.from(JSON.stringify({ ...client, ...more })).toString('base64url') });
  const refused = async (all) => {
    for (const wrong of all) assert.equal(await send({ ...fields, ...wrong }), 403, JSON.stringify(wrong).slice(0, 80));
    assert.equal(await send(fields), 'through');
  };
  await refused([bent({ origin: 'https://evil.example' }), bent({ challenge: 'A'.repeat(75) }), bent({ crossOrigin: true }), { credential: '' }, { token: '0'.repeat(32) }]);
  await page.context().clearCookies();
  await page.goto('/desk/sign-in');
  fields = await signed();
  await refused([{ signature: fields.signature.slice(0, -4) }, { data: '' }, { client: 'x'.repeat(15000) }, { handle: '' }]);
  // signed in; the same answer from the page before
  await page.context().clearCookies();
  await page.goto('/desk/sign-in');
  const token = await page.inputValue('[data-passkey=sign-in] [name=token]');
  assert.equal(await send({ ...fields, token }), 403, 'of another form');
  const again = await signed();
  const cookies = await page.context().cookies();
  assert.equal(await send(again), 'through');
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  assert.equal(await send(again), 403, 'good once');
  await page.goto('/desk/sign-in');
  await press('[data-passkey=sign-in] button');
  assert.match(page.url(), /\/desk$/);
});

test('without script, and where the address is another, there is the password way', async (t) => {
  const { paper, server, page, add } = await newsroom(t);
  await device(page);
  await paper.does('settings', 'set', 'second_factor', 'everybody');
  await page.goto('/desk');
  assert.match(page.url(), /\/desk\/account\/second$/);
  await page.click('main a[href="/desk/account/passkeys"]');
  await add('telephone');
  await page.goto('/desk');
  assert.match(page.url(), /\/desk$/, 'a passkey is a second factor');

  const plain = await visit(await browser(t), server, { javaScriptEnabled: false });
  await plain.page.goto('/desk/sign-in');
  assert.equal(await plain.page.locator('[data-passkey]:visible').count(), 0);
  assert.equal(await plain.page.locator('#password:visible').count(), 1);

  // at an address that is no name, nothing of it
  const { headers, status } = await fetch(`http://127.0.0.1:${server.port}/desk/passkey?for=sign-in`);
  assert.equal(status, 404);
  assert.match(headers.get('cache-control'), /no-store/);
  assert.doesNotMatch(await (await fetch(`http://127.0.0.1:${server.port}/desk/sign-in`)).text(), /data-passkey/);
});
