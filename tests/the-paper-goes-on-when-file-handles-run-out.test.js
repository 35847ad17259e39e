// The soft limit is raised to the hard one; with few of them those who wait make room, and all is well again afterwards.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import net from 'node:net';
import { test } from 'node:test';

import { emptyPaper, eventually, finallyDo } from './lib/paper.js';

/** A connection on which half a request stands. */
function half(port, words = 'GET / HTTP/1.1\r\nHost: loc') {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    socket.gone = false;
    socket.on('error', () => {}).on('close', () => { socket.gone = true; resolve(socket); });
    socket.on('connect', () => socket.write(words, () => resolve(socket)));
  });
}

test('the paper goes on when file handles run out', async (t) => {
  const paper = await emptyPaper(t);
  paper.files = { soft: 64, hard: 256 };
  const server = await paper.serve('--quiet');
  const [, files, connections] = /event=serve_files files=(\d+) connections=(\d+)/.exec(server.err).map(Number);
  assert.equal(files, 256, 'the soft limit is raised');
  assert.ok(connections >= 64 && connections < files);
  t.diagnostic(`said: ${files} file handles allow ${connections} connections`);

  const busy = [];
  finallyDo(t, () => { for (const s of busy) s.destroy(); });
  await t.test('who waits between two requests makes room', async () => {
    for (let i = 0; i < files + 50; i++) busy.push(await half(server.port, ''));
    assert.equal((await server.get('/robots.txt')).status, 200);
  });
  await t.test('who is in the midst of one does not, and whoever comes is let go, not left waiting', async () => {
    for (const s of busy.splice(0)) s.destroy();
    for (let i = 0; i < files + 50; i++) busy.push(await half(server.port));
    const refused = await server.get('/robots.txt').then((r) => r.status, () => 'closed');
    assert.equal(refused, 'closed');
  });
  await t.test('afterwards all is well', async () => {
    for (const s of busy.splice(0)) s.destroy();
    await eventually('it answers', () => server.get('/').then((r) => r.status === 200, () => false));
    assert.equal((await server.stop()).code, 0);
    assert.doesNotMatch(server.err, /level=error/);
  });
});

test('the table of file handles is as large as it will be before anybody comes', async (t) => {
  const paper = await emptyPaper(t);
  paper.files = { soft: 64, hard: 4096 };
  const server = await paper.serve('--quiet');
  const connections = Number(/event=serve_files files=\d+ connections=(\d+)/.exec(server.err)[1]);
  const [, room] = /^FDSize:\s+(\d+)$/m.exec(await fs.readFile(`/proc/${await server.inCharge()}/status`, 'utf8'));
  assert.ok(connections > 1024 && Number(room) >= connections, `${connections} connections, a table of ${room}`);
});
