// front.js - what stands in front of a paper: nginx and Varnish with the configurations of
// packaging/, and other servers of Debian's, on ports of the test's own, stopped with it.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

import { eventually, finallyDo, patience, root, temporaryFolder } from './paper.js';

const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const isRoot = process.getuid() === 0;

/** A port that nobody has at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const answers = (port) => new Promise((resolve) => {
  const socket = net.connect({ host: '127.0.0.1', port });
  socket.on('connect', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

/** Start a program that stays in the foreground; it ends with the test. */
export async function stays(t, program, words, port, env = {}) {
  const child = spawn(program, words, { env: { ...process.env, PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '', gone = false;
  child.stdout.on('data', (s) => { said += s; });
  child.stderr.on('data', (s) => { said += s; });
  const ended = new Promise((resolve) => {
    child.on('error', (e) => { said += e.message; gone = true; resolve(); });
    child.on('close', () => { gone = true; resolve(); });
  });
  finallyDo(t, async () => {
    if (!gone) child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  });
  await eventually(`${program} is up`, async () => {
    assert.ok(!gone, `${program} ended instead of starting: ${said}`);
    return answers(port);
  }, { within: 60_000 * patience });
}

/** The text of a file of packaging/, with each [what, with] replaced; every `what` must be there. */
async function configured(file, changes) {
  let text = await fs.readFile(path.join(root, 'packaging', file), 'utf8');
  for (const [what, instead] of changes) {
    assert.ok(text.includes(what), `${file} has no "${what}"`);
    text = text.replaceAll(what, instead);
  }
  return text;
}

/** A certificate for localhost that nobody has signed but itself: { certificate, key }. */
function certificate(folder) {
  const made = { certificate: path.join(folder, 'fullchain.pem'), key: path.join(folder, 'key.pem') };
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                           '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2',
                           '-keyout', made.key, '-out', made.certificate], { stdio: 'ignore' });
  return made;
}

/** nginx before `upstream` (a port): { plain, secure (ports), certificate }.  `keeps`: pages too. */
export async function nginx(t, upstream, { keeps = false } = {}) {
  const folder = await temporaryFolder(t);
  const made = certificate(folder);
  const plain = await freePort(), secure = await freePort();
  const site = await configured('nginx/broadsheet.conf', [
    ['server 127.0.0.1:8080;', `server 127.0.0.1:${upstream};`],
    ['    listen [::]:80;\n', ''], ['    listen [::]:443 ssl http2;\n', ''],
    ['listen 80;', `listen 127.0.0.1:${plain};`], ['listen 443 ', `listen 127.0.0.1:${secure} `],
    ['https://www.example.org$request_uri', `https://localhost:${secure}$request_uri`],
    ['server_name www.example.org example.org;', 'server_name localhost;'],
    ['server_name www.example.org;', 'server_name localhost;'],
    ['/etc/ssl/broadsheet/fullchain.pem', made.certificate], ['/etc/ssl/broadsheet/key.pem', made.key],
    ['/var/cache/nginx/broadsheet', path.join(folder, 'kept')],
    ...(keeps ? [['#keep ', '']] : []),
  ]);
  await fs.writeFile(path.join(folder, 'broadsheet.conf'), site);
  await fs.writeFile(path.join(folder, 'nginx.conf'), `
${isRoot ? 'user root;' : ''} worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/errors;
events { worker_connections 256; }
http {
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
  include ${folder}/broadsheet.conf;
}
`);
  await stays(t, 'nginx', ['-p', folder, '-e', path.join(folder, 'errors'), '-c', path.join(folder, 'nginx.conf')], secure);
  return { plain, secure, certificate: await fs.readFile(made.certificate), certificateFile: made.certificate };
}

/** Varnish before `upstream` (a port): { port, admin(...words) }. */
export async function varnish(t, upstream) {
  const folder = await temporaryFolder(t);
  const work = path.join(folder, 'work'), file = path.join(folder, 'broadsheet.vcl');
  await fs.writeFile(file, await configured('varnish/broadsheet.vcl', [['.port = "8080";', `.port = "${upstream}";`]]));
  await fs.chmod(folder, 0o755);
  const port = await freePort();
  await stays(t, 'varnishd', ['-F', '-j', 'none', '-n', work, '-a', `127.0.0.1:${port}`, '-T', '127.0.0.1:0', '-f', file,
                              '-s', 'malloc,32m', '-p', 'http_gzip_support=off', '-p', 'http_resp_hdr_len=16k',
                              '-p', 'thread_pool_min=5', '-p', 'thread_pool_max=50', '-p', 'thread_pools=1'], port);
  const admin = async (...words) =>
    (await promisify(execFile)('varnishadm', ['-n', work, ...words], { env: { ...process.env, PATH } })).stdout;
  await eventually('Varnish finds the paper', async () => /healthy/i.test(await admin('backend.list')));
  return { port, admin };
}

/** A relay before `upstream` that notes the heads that come, and how many streams are open through it:
 *  { port, heads, open() }.  It stands where the paper is, to see what reaches that. */
export async function witness(t, upstream) {
  const heads = [], streams = new Set();
  const server = http.createServer((asked, reply) => {
    heads.push({ method: asked.method, url: asked.url, headers: asked.headers });
    const onward = http.request({ host: '127.0.0.1', port: upstream, path: asked.url, method: asked.method,
                                  headers: asked.headers, agent: false }, (got) => {
      reply.writeHead(got.statusCode, got.rawHeaders);
      got.pipe(reply);
    });
    if (asked.url.startsWith('/live/')) streams.add(reply);
    reply.on('close', () => { streams.delete(reply); onward.destroy(); });
    onward.on('error', () => reply.destroy());
    asked.pipe(onward);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  finallyDo(t, () => new Promise((done) => { server.close(done); server.closeAllConnections(); }));
  return { port: server.address().port, heads, open: () => streams.size };
}

/** A reader's stream from `get` (of http or https) until `act` has been told, and that nobody keeps it
 *  when the reader has gone. */
export async function hears(relay, get, options, act, words) {
  let heard = '';
  const asked = get({ host: '127.0.0.1', path: '/live/site,latest', agent: false, ...options }, (got) => {
    got.on('data', (part) => { heard += part; });
    got.on('error', () => {});
  });
  asked.on('error', () => {});
  await eventually('the stream is open', () => heard.length > 0);
  await act();
  await eventually('what happens is told at once', () => words.test(heard));
  asked.destroy();
  await eventually('who has gone is not kept', () => relay.open() === 0);
}
