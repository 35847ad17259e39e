// outside.js - a mail server, a machine that is told by a webhook, and a device with its push service: none takes
// anything until it is let.
import assert from 'node:assert/strict';
import http from 'node:http';

import { request } from './http.js';
import { mailServer } from './mail.js';
import { eventually, finallyDo } from './paper.js';
import { Device, pushService, within } from './push.js';

export const ways = ['mail', 'webhook', 'push'];

/** Something waits for each of them, and was tried; the paper is served with --ask-inside. */
export async function outside(t, paper, server) {
  const gone = await mailServer(t), service = await pushService(t), device = new Device(service, 'a');
  const hook = http.createServer((asked, reply) => { asked.resume().on('end', () => { hook.told += hook.status < 300; reply.writeHead(hook.status).end(); }); });
  await new Promise((done) => hook.listen(0, '127.0.0.1', done));
  finallyDo(t, () => { hook.closeAllConnections(); hook.close(); });
  await gone.close();
  service.status = hook.status = 503;
  hook.told = 0;
  let box;
  for (const [name, value] of [['address', 'https://paper.example'], ['mail_server', `smtp://127.0.0.1:${gone.port}`], ['mail_from', 'desk@paper.example']])
    await paper.does('settings', 'set', name, value);
  await paper.does('webhook', 'add', `http://127.0.0.1:${hook.address().port}/`);
  assert.equal((await server.get('/push/key')).status, 200); // as a browser does first
  assert.equal((await request(server.port, '/push/subscribe', { method: 'POST', body: JSON.stringify(device.subscription), headers: { 'Content-Type': 'application/json' } })).status, 204);
  await paper.does('user', '--role', 'reporter', '--name', 'cy', 'add', 'cy@paper.example');
  await paper.does('breaking', 'The wall has held');
  for (const way of ways) await eventually(`${way} is tried`, () => server.err.includes(`event=${way}_failed`), within);

  return {
    /** From now on they take it. */
    async open() {
      box = await mailServer(t, { port: gone.port });
      service.length = 0;
      service.status = hook.status = 200;
    },
    /** Each has. */
    async taken() {
      await eventually('a mail comes', () => box.length === 1, within);
      await eventually('the machine is told', () => hook.told === 1, within);
      await device.gets('the device is told', (m) => m.word.body === 'The wall has held');
    },
  };
}
