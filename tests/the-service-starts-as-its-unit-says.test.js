import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { binary, eventually, finallyDo, root, run, temporaryFolder } from './lib/paper.js';
import { freePort } from './lib/front.js';
import { request } from './lib/http.js';

const packaged = (name) => fs.readFile(path.join(root, 'packaging/systemd', name), 'utf8');
const unit = await packaged('broadsheet.service');

// what speaks TLS by itself: the unit as its drop-in leaves it
const withTls = `${unit}\n${await packaged('tls.conf')}`;

test('the service starts as its unit says', async (t) => {
  const [, line] = /^ExecStart=\/usr\/bin\/broadsheet (.+)$/m.exec(unit);
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const words = line.replace('/var/lib/broadsheet', path.join(folder, 'data')).replace(':8080', `:${port}`).split(' ');

  await t.test('with the very words, as whom it serves', async () => {
    // systemd's own part is a program, its words and SIGTERM: so is this
    const child = spawn(binary, words, { stdio: 'ignore', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } });
    const ended = new Promise((resolve) => child.on('close', (code) => resolve(code)));
    finallyDo(t, async () => { child.kill('SIGKILL'); await ended; });
    const page = await eventually('it serves', () => request(port, '/').catch(() => null));
    assert.equal(page.status, 200);
    assert.match(page.headers['strict-transport-security'], /max-age/);
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  });

  await t.test('each night a backup is made and looked through', async () => {
    const backup = path.join(folder, 'backup');
    const lines = [...(await packaged('broadsheet-backup.service')).matchAll(/^ExecStart=\/usr\/bin\/broadsheet (.+)$/gm)];
    assert.deepEqual(lines.map(([, line]) => line.split(' ')[0]), ['backup', 'check']);
    for (const [, line] of lines) {
      const words = line.replace('/var/lib/broadsheet', path.join(folder, 'data')).replace('/var/backups/broadsheet', backup).split(' ');
      const { code, err } = await run(words);
      assert.equal(code, 0, err);
    }
  });

  await t.test('its words are explained', async () => {
    const { out, err } = await run(['serve', '--help']);
    for (const [word] of withTls.matchAll(/(?<=^ExecStart=.*)--[a-z-]+/gm)) assert.ok((out + err).includes(word), word);
  });

  await t.test('systemd finds nothing wrong with it', async (part) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return part.skip('there is no systemd-analyze here');
    const file = path.join(folder, 'broadsheet.service');
    const others = ['broadsheet.socket', 'broadsheet-tls.socket', 'broadsheet-backup.service', 'broadsheet-backup.timer'];
    const here = (words) => words.replaceAll('ExecStart=/usr/bin/broadsheet', `ExecStart=${binary}`);
    for (const name of others) await fs.writeFile(path.join(folder, name), here(await packaged(name)));
    for (const what of [unit, withTls]) {
      await fs.writeFile(file, here(what));
      const verified = spawnSync('systemd-analyze', ['verify', '--man=no', file, ...others.map((n) => path.join(folder, n))], { encoding: 'utf8' });
      // what it says of units of the machine's own is not about this one
      const said = verified.stderr.split('\n').filter((l) => /broadsheet[-a-z]*\.(service|socket|timer)/.test(l));
      assert.deepEqual(said, []);
    }
  });

  await t.test('the machine is exposed to it no more than was reached', async (part) => {
    const version = Number(/\d+/.exec(spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0]);
    if (!(version >= 250)) return part.skip('there is no systemd-analyze here that could judge');
    const file = path.join(folder, 'broadsheet.service');
    for (const [what, reached] of [[unit, 1.2], [withTls, 1.5]]) {
      await fs.writeFile(file, what);
      const { stdout, stderr } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], { encoding: 'utf8' });
      const level = Number(/Overall exposure level for .*: ([\d.]+)/.exec(stdout)?.[1]);
      part.diagnostic(`said: exposure ${level}, by systemd ${version}`);
      // other versions weigh some things otherwise
      assert.ok(level <= reached + (version === 252 ? 0 : 0.5), stdout + stderr);
    }
  });
});
