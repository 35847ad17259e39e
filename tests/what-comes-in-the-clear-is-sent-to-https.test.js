import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { raw } from './lib/http.js';
import { emptyPaper } from './lib/paper.js';
import { ask, certificate, words } from './lib/tls.js';

test('what comes in the clear is sent to https', async (t) => {
  const paper = await emptyPaper(t);
  const folder = path.join(paper.folder, 'acme');
  await fs.mkdir(folder);
  const cert = certificate(paper.folder, 'paper', ['paper.example']);
  const server = await paper.serve('--quiet', '--acme', folder, ...words(cert));

  await t.test('every address, with its query, whatever the method', async () => {
    const there = (host) => `https://${host}:${server.securePort}`;
    for (const [method, where, body] of [['GET', '/'], ['HEAD', '/news/2026/11/29/x'], ['GET', '/search?q=a%20b&page=2'], ['GET', '/no//such//'], ['POST', '/desk/sign-in', 'email=a']]) {
      const got = await server.get(where, { method, body, headers: { host: 'Paper.Example:8080' } });
      assert.equal(got.status, 308, where);
      assert.equal(got.headers.location, there('paper.example') + where);
      assert.equal(got.headers['set-cookie'], undefined);
      assert.equal(got.headers['strict-transport-security'], undefined, 'not for one who is in the clear');
      assert.equal(got.body.length, 0);
    }
    const six = await server.get('/', { headers: { host: '[::1]:80' } });
    assert.equal(six.headers.location, `${there('[::1]')}/`);
  });

  await t.test('nothing that a stranger sends ends a line, and no host is no place', async () => {
    const split = await raw(server.port, 'GET /x%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: paper\r\n\r\n');
    assert.doesNotMatch(split.bytes.toString(), /^Set-Cookie/m);
    const nowhere = await raw(server.port, 'GET / HTTP/1.0\r\n\r\n');
    assert.match(nowhere.bytes.toString(), /^HTTP\/1\.1 400 /);
  });

  await t.test('over TLS browsers are told to keep to it', async () => {
    for (const where of ['/', '/no-such-page', '/robots.txt'])
      assert.match((await ask(server, where)).headers['strict-transport-security'], /^max-age=31536000/);
  });

  await t.test('who speaks in the clear where TLS is spoken is told', async () => {
    const got = await raw(server.securePort, 'GET / HTTP/1.1\r\nHost: paper\r\n\r\n');
    assert.match(got.bytes.toString(), /^HTTP\/1\.1 400 [^]*This port speaks https\.\n$/);
    assert.ok(got.closed);
    const junk = await raw(server.securePort, Buffer.from('\x16\x03\x01\x00\x05hello', 'latin1'));
    assert.ok(junk.closed);
  });

  await t.test('a challenge of an authority is answered from the folder, in the clear and over TLS', async () => {
    const base = '/.well-known/acme-challenge/';
    const answer = 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA.9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI';
    await fs.writeFile(path.join(folder, 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA'), answer);
    await fs.writeFile(path.join(folder, 'long'), 'x'.repeat(2000));
    await fs.writeFile(path.join(folder, 'with.dot'), 'no');
    await fs.writeFile(path.join(paper.folder, 'outside'), 'no');
    await fs.symlink(path.join(paper.folder, 'outside'), path.join(folder, 'link'));
    await fs.mkdir(path.join(folder, 'sub'));
    const got = await server.get(`${base}evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA`);
    assert.deepEqual([got.status, got.text], [200, answer]);
    assert.match(got.headers['cache-control'], /no-store/);
    assert.equal((await ask(server, `${base}evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA`)).text, answer);
    for (const token of ['none', 'long', 'with.dot', 'link', 'sub', '..%2foutside', '%2e%2e', 'a%00', 'x'.repeat(200), 'ü'])
      assert.ok([400, 404].includes((await server.get(base + encodeURI(token).replace(/%25/g, '%'))).status), token);
  });

  await t.test('half a handshake keeps nobody waiting', async () => {
    const idle = Array.from({ length: 50 }, () => net.connect({ host: '127.0.0.1', port: server.securePort }));
    await Promise.all(idle.map((s) => new Promise((done) => s.once('connect', () => s.write('\x16\x03\x01', done)))));
    assert.equal((await ask(server, '/robots.txt')).status, 200);
    for (const s of idle) s.destroy();
  });
});
