// The paper's mail, taken by a real mail server: who gets what, and what becomes of it when that
// server is away, refuses it, or the paper dies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { employ, password, Person, publisher, totp } from './lib/desk.js';
import { mailServer } from './lib/mail.js';
import { emptyPaper, eventually, finallyDo } from './lib/paper.js';

async function paperThatMails(t, port) {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  for (const [name, value] of [['name', 'The Fathom'], ['address', 'https://www.fathom.example'], ['mail_from', 'desk@fathom.example'], ['mail_server', `smtp://127.0.0.1:${port}`]])
    await paper.does('settings', 'set', name, value);
  return { paper, server };
}

const got = (box, subject) => eventually(`a mail "${subject}"`, () => box.find((m) => m.subject.includes(subject)));
const ask = (paper, sql) => execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(paper.data, 'paper.db'), sql], { encoding: 'utf8' }).trim();

test('mail goes to whom it concerns', async (t) => {
  const box = await mailServer(t);
  const { paper, server } = await paperThatMails(t, box.port);
  const ada = await publisher(server);

  // an invitation, from the desk: shown and mailed
  await ada.get('/desk/staff/invite');
  const shown = await ada.post('/desk/staff/invite', { name: 'Bö "Ek" <x>', email: 'bo@paper.example', role: 'reporter' });
  const link = /<code dir="ltr">([^<]+)</.exec(shown.text)[1];
  assert.match(shown.text, /on its way to bo@paper\.example by mail/);
  const invitation = await got(box, 'an invitation');
  assert.equal(invitation.subject, 'The Fathom: an invitation to the newsroom');
  assert.deepEqual(invitation.from.value, [{ address: 'desk@fathom.example', name: 'The Fathom' }]);
  assert.deepEqual(invitation.to.value, [{ address: 'bo@paper.example', name: 'Bö "Ek" <x>' }]);
  assert.ok(invitation.text.includes(`\n${link}\n`), invitation.text);
  assert.match(link, /^https:\/\/www\.fathom\.example\//);
  assert.match(invitation.text, /Ada Quill has invited you to the newsroom of The Fathom/);
  assert.match(invitation.messageId, /^<[\w-]{20,}@fathom\.example>$/);
  assert.ok(Math.abs(invitation.date - Date.now()) < 3600e3);
  assert.equal(invitation.headers.get('auto-submitted'), 'auto-generated');
  assert.ok(invitation.raw.split('\r\n').every((line) => line.length <= 78 && /^[\t\x20-\x7e]*$/.test(line)));

  // whoever comes by it is not told of the device; signing in from another one is
  const bo = await new Person(server).join(`${server.address}${new URL(link).pathname}`, { name: 'Bo Ek' });
  assert.ok(!box.some((m) => m.subject.includes('new device')));
  await bo.get('/desk');
  await bo.post('/desk/sign-out');
  await bo.signIn('bo@paper.example');
  const thief = new Person(server);
  thief.headers = (more) => ({ ...Person.prototype.headers.call(thief, more), 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0' });
  await thief.signIn('bo@paper.example');
  const device = await got(box, 'new device');
  assert.equal(box.filter((m) => m.subject.includes('new device')).length, 1, 'of the known one nobody is told');
  assert.deepEqual(device.to.value.map((v) => v.address), ['bo@paper.example']);
  assert.match(device.text, /Hello Bo Ek,[^]*When: \d+ \w+ \d{4}, \d\d:\d\d\nFrom where: 127\.0\.0\.1\nOn what: Chrome on Windows\n[^]*https:\/\/www\.fathom\.example\/desk\/account/);

  // what was done to the account
  await bo.get('/desk/account/password');
  await bo.post('/desk/account/password', { password: 'nine brown owls at dusk' });
  assert.match((await got(box, 'your password was changed')).text, /was changed\.[^]*127\.0\.0\.1/);
  await bo.get('/desk/account/second');
  await bo.post('/desk/account/second', { act: 'offer' });
  const secret = /class="secret"><code[^>]*>([A-Z2-7 ]+)</.exec((await bo.get('/desk/account/second')).text)[1];
  await bo.post('/desk/account/second', { act: 'take', code: totp(secret) });
  await got(box, 'a second factor was set up');
  await bo.get('/desk/account/second');
  await bo.post('/desk/account/second', { act: 'codes' });
  await got(box, 'new recovery codes');
  await bo.post('/desk/account/second', { act: 'drop' });
  await got(box, 'your second factor was taken away');

  // the command line's links are mailed as well
  const { out } = await paper.does('user', 'reset', 'bo@paper.example');
  assert.match(out, /^mailed; a link for a new password/);
  const reset = await got(box, 'a new password');
  assert.ok(reset.text.includes(/https:\S+/.exec(out)[0]));
  await eventually('nothing waits', () => ask(paper, 'SELECT count(*) FROM outbox') === '0');
  assert.equal(new Set(box.map((m) => m.messageId)).size, box.length, 'nothing was sent twice');
});

test('mail is written in the language of the paper', async (t) => {
  const box = await mailServer(t);
  const { paper } = await paperThatMails(t, box.port);
  await paper.does('settings', 'set', 'language', 'ar');
  await paper.does('settings', 'set', 'name', 'جريدة المرفأ اليومية المستقلة للأخبار والآراء');
  await paper.does('user', '--name', 'ليلى', 'add', 'layla@paper.example');
  const mail = await eventually('a mail', () => box[0]);
  assert.match(mail.subject, /^جريدة المرفأ اليومية المستقلة للأخبار والآراء: \S/);
  assert.doesNotMatch(mail.subject, /invitation/);
  assert.equal(mail.from.value[0].name, 'جريدة المرفأ اليومية المستقلة للأخبار والآراء');
  assert.equal(mail.to.value[0].name, 'ليلى');
  assert.match(mail.text, /ليلى[^]*\nhttps:\/\/www\.fathom\.example\/desk\/welcome\//);
  assert.equal(mail.headers.get('content-language'), 'ar');
  assert.ok(mail.raw.split('\r\n').every((line) => line.length <= 78 && /^[\t\x20-\x7e]*$/.test(line)), 'ASCII throughout');
});

test('a mail server that is away gets the mail when it is back, once', async (t) => {
  const gone = await mailServer(t);
  const { port } = gone;
  await gone.close();
  const { paper, ...first } = await paperThatMails(t, port);
  let { server } = first;
  await paper.does('user', '--name', 'Bo', 'add', 'bo@paper.example');
  await eventually('the log says so', () => /event=mail_failed mail=1 /.test(server.err));
  assert.equal(ask(paper, 'SELECT count(*) FROM outbox WHERE tries > 0'), '1');

  // killed in between: it is not forgotten
  server.child.kill('SIGKILL');
  await server.ended;
  const box = await mailServer(t, { port });
  server = await paper.serve('--quiet');
  const mail = await got(box, 'an invitation');
  await eventually('nothing waits', () => ask(paper, 'SELECT count(*) FROM outbox') === '0');

  // killed while the server has it and has not said so: it comes again, as the same
  let hold;
  box.answer = () => { hold = true; server.child.kill('SIGKILL'); return null; };
  await paper.does('user', '--name', 'Cy', 'add', 'cy@paper.example');
  await eventually('the mail server has it', () => hold);
  await server.ended;
  box.answer = undefined;
  const waits = ask(paper, 'SELECT message_id FROM outbox');
  await paper.serve('--quiet');
  await eventually('nothing waits', () => ask(paper, 'SELECT count(*) FROM outbox') === '0');
  const his = box.filter((m) => m.raw.includes('cy@paper.example'));
  if (waits) assert.ok(his.length === 2 && his[0].messageId === his[1].messageId && his[0].messageId === `<${waits}>`, JSON.stringify(his.map((m) => m.messageId)));
  else assert.equal(his.length, 1, 'it had been taken out already');
  assert.equal(box.filter((m) => m.messageId === mail.messageId).length, 1);
  assert.equal((await paper.command('check')).code, 0);
});

test('what is refused for good is given up, and check and the desk say so', async (t) => {
  const box = await mailServer(t, { refuse: (address) => address.startsWith('gone@') });
  const { paper, server } = await paperThatMails(t, box.port);
  const ada = await publisher(server);
  await paper.does('user', '--name', 'Gone', 'add', 'gone@paper.example');
  await paper.does('user', '--name', 'Here', 'add', 'here@paper.example');
  await eventually('the log says so', () => /event=mail_given_up mail=1 /.test(server.err));
  await eventually('the other one is there', () => box.some((m) => m.raw.includes('here@paper.example')));
  const check = await paper.command('check');
  assert.equal(check.code, 1);
  assert.match(check.out, /mail 1 to gone@paper\.example: given up after 1 tries: .*550/);
  assert.equal(ask(paper, 'SELECT body FROM outbox'), '', 'its link is not kept');
  const told = /1 mail could not be sent and was given up\.<\/a> <bdi>[^<]*550/;
  assert.match((await ada.get('/desk')).text, told);
  const bo = await employ(paper, server, 'bo@paper.example', 'night-editor');
  assert.doesNotMatch((await bo.get('/desk')).text, /could not be sent/, 'who can do nothing about it is not told');
});

test('the password for the mail server is in a file that nobody else reads', async (t) => {
  const box = await mailServer(t, {
    authOptional: false, allowInsecureAuth: true,
    onAuth: ({ username, password: given }, session, done) => (username === 'fathom' && given === 'sesame 12' ? done(null, { user: username }) : done(new Error('no'))),
  });
  const { paper, server } = await paperThatMails(t, box.port);
  const file = path.join(paper.data, 'mail-password'); // what the paper may read, wherever a temporary folder lies
  await fs.writeFile(file, 'sesame 12\n', { mode: 0o644 });
  await paper.does('settings', 'set', 'mail_user', 'fathom');
  await paper.does('settings', 'set', 'mail_password_file', file);
  await paper.does('user', '--name', 'Bo', 'add', 'bo@paper.example');
  await eventually('it is not used', () => /anybody may read/.test(server.err));
  assert.equal(box.length, 0);
  await fs.chmod(file, 0o600);
  await paper.does('settings', 'set', 'mail_user', 'fathom'); // tried at once
  assert.equal((await got(box, 'an invitation')).user, 'fathom');
  assert.ok(!execFileSync('sqlite3', [path.join(paper.data, 'paper.db'), '.dump']).includes('sesame'));
  for (const [name, value] of [['mail_server', 'mail.example.org'], ['mail_server', 'smtp://u:p@mail.example.org'], ['mail_password_file', 'secret'], ['mail_from', 'nobody']])
    assert.equal((await paper.command('settings', 'set', name, value)).code, 1, value);
});

test('a paper without a mail server writes none, and says what to do with the link', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  await publisher(server);
  const bo = await employ(paper, server, 'bo@paper.example', 'reporter');
  await new Person(server).signIn('bo@paper.example', { secret: password });
  assert.equal((await bo.get('/desk')).status, 200);
  assert.equal(ask(paper, 'SELECT count(*) FROM outbox'), '0');
});
