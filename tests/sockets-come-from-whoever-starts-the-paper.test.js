// systemd's conventions: sockets that are handed over (LISTEN_FDS), and how the paper is (NOTIFY_SOCKET).
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { freePort } from './lib/front.js';
import { request } from './lib/http.js';
import { binary, emptyPaper, eventually, finallyDo, mustBeSane } from './lib/paper.js';
import { ask, certificate } from './lib/tls.js';

/** A program that serves `paper`, which the test ends by the number in the data folder. */
function start(t, paper, command, words, options) {
  const child = spawn(command, words, options);
  const it = { child, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (s) => { it.out += s; });
  child.stderr.setEncoding('utf8').on('data', (s) => { it.err += s; });
  const ended = new Promise((done) => child.on('close', (code) => done(code)));
  it.stop = async (pid = child.pid) => {
    try { process.kill(pid, 'SIGTERM'); } catch { /* it is gone */ }
    const code = await ended;
    mustBeSane('the server', it.err);
    return code;
  };
  finallyDo(t, () => it.stop());
  return it;
}

/** What is said to NOTIFY_SOCKET. */
async function hearNotices(t, folder) {
  const at = path.join(folder, 'notify');
  const script = 'use Socket; $| = 1; socket(S, AF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; print "here\\n"; while (defined recv(S, $b, 4096, 0)) { print "<$b>\\n" }';
  const child = spawn('perl', ['-e', script, at]);
  const notices = { at, said: '' };
  child.stdout.setEncoding('utf8').on('data', (s) => { notices.said += s; });
  const ended = new Promise((done) => child.on('close', done));
  finallyDo(t, async () => { child.kill('SIGKILL'); await ended; });
  await eventually('somebody listens', () => notices.said.startsWith('here'));
  return notices;
}

test('systemd starts the paper when somebody comes, with both ports', async (t) => {
  if (spawnSync('systemd-socket-activate', ['--version']).status !== 0) return t.skip('there is no systemd-socket-activate here');
  const paper = await emptyPaper(t);
  const pair = certificate(paper.folder, 'paper', ['localhost']);
  const clear = await freePort(), secure = await freePort();
  const environment = ['ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS'].filter((n) => process.env[n]).flatMap((n) => ['-E', n]);
  const it = start(t, paper, 'systemd-socket-activate',
                   ['-l', `127.0.0.1:${clear}`, '-l', `127.0.0.1:${secure}`, '--fdname=clear:tls', ...environment, binary, 'serve', '--data', paper.data, '--quiet',
                    '--tls-cert', pair.cert, '--tls-key', pair.key]);
  await eventually('systemd listens', () => it.err.match(/Listening on/g)?.length === 2);
  const page = await ask({ securePort: secure }, '/');  // the first to come waits for the program
  assert.equal(page.status, 200);
  const moved = await request(clear, '/sport');
  assert.deepEqual([moved.status, moved.headers.location], [308, `https://127.0.0.1:${secure}/sport`]);
  await eventually('it says where', () => new RegExp(`at http://localhost:${clear}$`, 'm').test(it.out));
  assert.equal(await it.stop(), 0);
});

test('it says when it serves, and who is in charge', async (t) => {
  const paper = await emptyPaper(t);
  const notices = await hearNotices(t, paper.folder);
  const server = await paper.serveWith({ NOTIFY_SOCKET: notices.at }, '--quiet');
  await eventually('ready', () => /<READY=1>/.test(notices.said));
  const next = await server.handOver();
  await eventually('that another one is in charge', () => notices.said.includes(`<MAINPID=${next}\nREADY=1\nSTATUS=>`));
  assert.match(notices.said, /<RELOADING=1\nMONOTONIC_USEC=\d+\n/);
  await eventually('the first has ended', () => /event=serve_end/.test(server.err));
  assert.doesNotMatch(notices.said, /STOPPING/, 'the paper does not stop');
  await server.stop();
  await eventually('that it stops', () => /<STOPPING=1>/.test(notices.said));
});

test('what is no socket that listens is refused', async (t) => {
  const paper = await emptyPaper(t);
  const words = ['-c', 'LISTEN_PID=$$ exec "$0" "$@"', binary, 'serve', '--data', paper.data];
  const refused = (env, stdio) => spawnSync('sh', words, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe', ...stdio], encoding: 'utf8' });
  const nothing = fs.openSync('/dev/null');
  finallyDo(t, () => fs.closeSync(nothing));
  const file = refused({ LISTEN_FDS: '1' }, [nothing]);
  assert.equal(file.status, 1);
  assert.match(file.stderr, /no socket that listens/);
  assert.match(refused({ LISTEN_FDS: '1' }, []).stderr, /is not open|no socket that listens/);
  assert.match(refused({ LISTEN_FDS: '99' }, []).stderr, /99 descriptors were handed over/);
  const door = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => door.on('listening', done));
  const twice = refused({ LISTEN_FDS: '2' }, [door._handle.fd, door._handle.fd]);
  door.close();
  assert.match(twice.stderr, /more sockets were handed over/);
});
