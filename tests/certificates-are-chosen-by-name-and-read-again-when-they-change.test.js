// threads
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';
import tls from 'node:tls';

import { emptyPaper, eventually, run } from './lib/paper.js';
import { ask, certificate, refused, shake, words } from './lib/tls.js';

test('certificates are chosen by name and read again when they change', async (t) => {
  const paper = await emptyPaper(t);
  const first = certificate(paper.folder, 'first', ['paper.example', 'www.paper.example']);
  const second = certificate(paper.folder, 'second', ['other.example', '*.other.example']);
  const server = await paper.serve('--quiet', ...words(first, second));
  const shown = async (servername) => (await shake(server.securePort, { servername })).print;

  await t.test('the one that has the name, else the first', async () => {
    assert.equal(await shown('www.paper.example'), first.print);
    assert.equal(await shown('other.example'), second.print);
    assert.equal(await shown('WWW.Other.example'), second.print);
    assert.equal(await shown('a.b.other.example'), first.print);
    assert.equal(await shown('unknown.example'), first.print);
    assert.equal(await shown(undefined), first.print);
  });

  await t.test('TLS 1.3 and 1.2 with forward secrecy, and nothing older', async () => {
    const best = await shake(server.securePort);
    assert.equal(best.protocol, 'TLSv1.3');
    const older = await shake(server.securePort, { maxVersion: 'TLSv1.2' });
    assert.equal(older.protocol, 'TLSv1.2');
    assert.match(older.cipher, /^ECDHE-.*(GCM|CHACHA20)/);
    await refused(shake(server.securePort, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }), 'TLS 1.1');
    await refused(shake(server.securePort, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }), 'no forward secrecy');
    await refused(shake(server.securePort, { ALPNProtocols: ['smtp'] }), 'a protocol that is not ours');
  });

  await t.test('a ticket saves the second handshake', async () => {
    const socket = tls.connect({ host: '127.0.0.1', port: server.securePort, rejectUnauthorized: false });
    const session = await new Promise((done, failed) => socket.once('session', done).on('error', failed).on('secureConnect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')));
    socket.destroy();
    assert.equal((await shake(server.securePort, { session })).reused, true);
  });

  await t.test('a renewed file is used for who comes from then on', async () => {
    const open = tls.connect({ host: '127.0.0.1', port: server.securePort, rejectUnauthorized: false, servername: 'paper.example' });
    await new Promise((done) => open.once('secureConnect', done));
    const renewed = certificate(paper.folder, 'first', ['paper.example']);
    assert.notEqual(renewed.print, first.print);
    await eventually('the new one is shown', async () => await shown('paper.example') === renewed.print);
    assert.equal(await shown('other.example'), second.print);
    // who was there goes on with what was agreed
    const came = new Promise((done) => open.once('data', (d) => done(d.toString())));
    open.write('GET /robots.txt HTTP/1.1\r\nHost: paper.example\r\n\r\n');
    assert.match(await came, /^HTTP\/1\.1 200 /);
    open.destroy();
  });

  await t.test('SIGHUP reads them too; what is wrong leaves the last good ones', async () => {
    const good = await fs.readFile(second.cert);
    await fs.writeFile(second.cert, 'this is no certificate\n');
    server.child.kill('SIGHUP');
    await eventually('it says so', () => /event=tls_failed why="[^"]*second\.pem is no certificate that can be used/.test(server.err));
    assert.equal(await shown('other.example'), second.print);
    await fs.writeFile(second.cert, good);
    const before = server.err.split('event=tls_loaded').length;
    server.child.kill('SIGHUP');
    await eventually('it reads them', () => server.err.split('event=tls_loaded').length > before);
    assert.equal((await ask(server, '/robots.txt')).status, 200);
  });

  await t.test('what cannot be served with is said at the start', async () => {
    const serve = (...more) => run(['serve', '--data', paper.data, '--listen', '127.0.0.1:0', '--tls-listen', '127.0.0.1:0', ...more]);
    const says = async (pattern, ...more) => {
      const { code, err } = await serve(...more);
      assert.notEqual(code, 0);
      assert.match(err, pattern);
    };
    await says(/each --tls-cert FILE takes a --tls-key FILE/, '--tls-cert', second.cert);
    await says(/cannot read the certificate .*gone\.pem: No such file/, '--tls-cert', `${paper.folder}/gone.pem`, '--tls-key', second.key);
    await says(/first\.key is no private key that goes with .*second\.pem/, '--tls-cert', second.cert, '--tls-key', `${paper.folder}/first.key`);
    await fs.chmod(second.key, 0o644);
    await says(/everybody on this machine may read the private key .*second\.key; `chmod o= /, '--tls-cert', second.cert, '--tls-key', second.key);
    await says(/--tls-listen takes an address and a port/, '--tls-listen', 'here');
    await says(/--acme takes a folder/, '--acme', `${paper.folder}/none`);
  });
});
