import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';

import { publisher } from './lib/desk.js';
import { emptyPaper } from './lib/paper.js';

const hasV6 = Object.values(os.networkInterfaces()).flat().some((one) => one.family === 'IPv6');

test('an IPv4 address is one on every listener', { skip: hasV6 ? false : 'this machine has no IPv6' }, async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet', '--proxied', '--listen', '[::]:0');
  server.address = `http://127.0.0.1:${server.port}`;
  const ada = await publisher(server); // 127.0.0.1 is this machine, also as ::ffff:127.0.0.1
  const account = await ada.get('/desk/account');
  assert.match(account.text, /<bdi>127\.0\.0\.1<\/bdi>/);
  assert.doesNotMatch(account.text, /::ffff/i);

  const proxied = { 'X-Forwarded-For': '::FFFF:192.0.2.7', 'X-Forwarded-Proto': 'https' };
  const { status, headers } = await server.get('/desk/sign-in', { headers: proxied });
  assert.equal(status, 200);
  const [cookie] = [headers['set-cookie']].flat();
  assert.match(cookie, /^__Host-desk-form/);
});
