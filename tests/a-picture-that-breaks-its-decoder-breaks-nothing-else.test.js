import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { test } from 'node:test';

import { ninjs } from './lib/copy.js';
import { emptyPaper, eventually, instrumented } from './lib/paper.js';
import { noise, png } from './lib/pictures.js';

const read = (file) => fs.readFile(file, 'utf8').catch(() => '');
const childrenOf = async (pid) => (await read(`/proc/${pid}/task/${pid}/children`)).split(' ').filter(Boolean).map(Number);
const status = async (pid, name) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(await read(`/proc/${pid}/status`))?.[1];

/** Children of any thread: the darkroom is started by whoever has the first picture. */
async function darkroomOf(pid) {
  for (const thread of await fs.readdir(`/proc/${pid}/task`))
    for (const child of (await read(`/proc/${pid}/task/${thread}/children`)).split(' ').filter(Boolean))
      if ((await read(`/proc/${child}/cmdline`)).split('\0')[1] === 'darkroom') return Number(child);
  return undefined;
}

const copy = (name) => ninjs({ guid: `urn:tests.example:${name}`, headline: `A ${name} picture`, picture: `${name}.png` });

test('a picture that breaks its decoder breaks nothing else', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const pid = server.child.pid;

  await t.test('the paper has given up what it does not need, and says so', async () => {
    assert.match(server.err, /event=confined(_less)? landlock=\d+ places=\d+ seccomp=[01]/);
    assert.equal(await status(pid, 'NoNewPrivs'), '1');
    if (/seccomp=1/.test(server.err)) assert.equal(await status(pid, 'Seccomp'), '2');
  });

  if (!existsSync(`/proc/self/task/${process.pid}/children`)) return t.skip('this kernel does not say whose child is whose');

  await t.test('a job that dies is a picture that fails, with a reason; the next one is made', async () => {
    await paper.copy('large.png', noise(2400, 1800));
    await paper.publish('large.json', copy('large'));
    // one that is seen may have ended before it is hit; the next half of the work is another
    const signal = instrumented ? 'SIGKILL' : 'SIGSEGV'; // of which a sanitiser would have much to say
    let confined;
    await eventually('the picture has failed', async () => {
      for (const job of await childrenOf(await darkroomOf(pid))) {
        confined ??= await status(job, 'NoNewPrivs');
        try { process.kill(job, signal); } catch { /* it has ended */ }
      }
      return /event=media_failed media=1 reason="the picture's decoder /.test(server.err);
    }, { every: 1 });
    assert.equal(confined, '1');
    assert.equal((await server.get('/')).status, 200);
    await paper.copy('small.png', png(400, 300, Buffer.alloc(401 * 300)));
    await paper.publish('small.json', copy('small'));
    await eventually('the next is made', () => /event=media_made media=2/.test(server.err));
  });

  await t.test('the darkroom itself may die', async () => {
    process.kill(await darkroomOf(pid), 'SIGKILL');
    assert.equal((await server.get('/card/paper.png')).status, 200);
    assert.equal((await server.get('/')).status, 200);
  });

  await t.test('who wants it otherwise says --no-sandbox', async () => {
    await server.stop();
    const free = await paper.serve('--quiet', '--no-sandbox');
    assert.doesNotMatch(free.err, /event=confined/);
    assert.equal(await status(free.child.pid, 'Seccomp'), await status(process.pid, 'Seccomp'));
  });
});
