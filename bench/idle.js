// What a connection over TLS and HTTP/2 costs the paper that has read one page and is idle: KB of resident memory.
//   node bench/idle.js PORT CONNECTIONS PID
import fs from 'node:fs';
import http2 from 'node:http2';

const [, , port, count, pid] = process.argv;
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`))[1]);
const read = (session) => new Promise((done, failed) => {
  session.on('error', failed);
  session.request({ ':path': '/' }).on('error', failed).on('close', done).resume();
});
const open = async () => {
  const session = http2.connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  await read(session);
  return session;
};
for (let i = 0; i < 20; i++) (await open()).destroy();
const before = resident(), sessions = [];
for (let i = 0; i < Number(count); i++) sessions.push(await open());
console.log(((resident() - before) / Number(count)).toFixed(1));
process.exit(0);
