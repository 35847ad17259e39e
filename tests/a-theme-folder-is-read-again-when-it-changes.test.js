import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { emptyPaper, eventually, root } from './lib/paper.js';

test('a theme folder is read again when it changes', async (t) => {
  const paper = await emptyPaper(t);
  const theme = path.join(paper.folder, 'theme');
  await fs.cp(path.join(root, 'theme'), theme, { recursive: true });
  await paper.publish('a.xml', newsml({ headline: 'Plain headline' }));
  const server = await paper.serve('--theme', theme, '--quiet');
  const front = async () => (await server.get('/')).text;
  const original = await fs.readFile(path.join(theme, 'message.html'), 'utf8');
  const change = (words) => fs.writeFile(path.join(theme, 'message.html'), words);
  const message = async () => (await server.get('/none-such')).text;

  await change(original.replace('<h1>', '<p>Painted green</p><h1>'));
  await eventually('the change shows', async () => (await message()).includes('Painted green'));

  await t.test('a template with a mistake keeps the old one and says where it is', async () => {
    await change(original.replace('{{title}}', '{{titel}}'));
    await eventually('the mistake is told', () => /message\.html:\d+/.test(server.err + server.out));
    assert.match(server.err + server.out, /titel.*title/s, 'the nearest name');
    assert.match(await message(), /Painted green/);
    assert.match(await front(), /Plain headline/);
  });

  await t.test('and the mended one is taken', async () => {
    await change(original.replace('<h1>', '<p>Painted blue</p><h1>'));
    await eventually('the mended one shows', async () => (await message()).includes('Painted blue'));
  });
});

test('a theme that cannot be read stops the start with file, line and name', async (t) => {
  const paper = await emptyPaper(t);
  const theme = path.join(paper.folder, 'theme');
  await fs.mkdir(theme);
  await fs.writeFile(path.join(theme, 'story.html'), '<p>one</p>\n<p>{{headlin}}</p>\n');
  const done = await paper.command('serve', '--listen', '127.0.0.1:0', '--theme', theme);
  assert.equal(done.code, 1);
  assert.match(done.err, /story\.html:2/);
  assert.match(done.err, /headlin\b.*headline/s);
});
