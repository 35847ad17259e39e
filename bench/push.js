// push.js DATA PORT DEVICES DELAY - how soon devices know: a push service that takes DELAY ms to
// answer, on a paper that is served at PORT with --ask-inside.
// Prints "devices/s  devices/s by one that asks one after the other".
import crypto from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';

const [data, port, devices, delay] = process.argv.slice(2).map((w, i) => (i === 0 ? w : Number(w)));
const come = new Map(); // path -> when
let allHaveCome;
const all = new Promise((done) => { allHaveCome = done; });
const service = http.createServer((asked, reply) => asked.resume().on('end', () => setTimeout(() => {
  reply.writeHead(201).end();
  if (asked.url.startsWith('/one/') || come.has(asked.url)) return;
  come.set(asked.url, performance.now());
  if (come.size === devices) allHaveCome();
}, delay)));
await new Promise((done) => service.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${service.address().port}`;

const curve = crypto.createECDH('prime256v1');
curve.generateKeys();
await fetch(`http://127.0.0.1:${port}/push/key`); // made when it is asked for first
execFileSync('sqlite3', ['-cmd', '.timeout 20000', path.join(data, 'paper.db'),
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${devices})
   INSERT INTO push_device (endpoint, p256dh, auth, made_at)
   SELECT '${origin}/many/' || i, '${curve.getPublicKey('base64url')}', '${crypto.randomBytes(16).toString('base64url')}', 1 FROM n`]);

const rate = (n, since, until) => (n / ((until - since) / 1000)).toFixed(1);
const agent = new http.Agent({ keepAlive: true });
const ask = (i) => new Promise((done) => http.request(`${origin}/one/${i}`, { method: 'POST', agent }, (r) => r.resume().on('end', done)).end('x'.repeat(300)));
const begun = performance.now();
for (let i = 0; i < 40; i++) await ask(i);
const one = rate(40, begun, performance.now());

spawn('build/broadsheet', ['breaking', '--data', data, 'The wall has held'], { stdio: 'ignore' });
await all;
const times = [...come.values()].sort((a, b) => a - b);
console.log(rate(devices - 1, times[0], times.at(-1)), one);
process.exit();
