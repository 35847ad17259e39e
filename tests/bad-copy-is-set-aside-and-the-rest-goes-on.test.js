import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { newsml, newsmlMessage } from './lib/copy.js';
import { emptyPaper, fixtures } from './lib/paper.js';

test('bad copy is set aside and the rest goes on', async (t) => {
  const paper = await emptyPaper(t);
  const folder = path.join(paper.folder, 'copy');
  await paper.copy('1-good.xml', newsml({ guid: 'urn:newsml:tests.example:1', headline: 'First of the day' }));
  await paper.copy('2-broken.xml', await fs.readFile(path.join(fixtures, 'broken.xml')));
  await paper.copy('3-empty.xml', '');
  await paper.copy('4-noise.json', '{"uri": ');
  await paper.copy('5-good.xml', newsml({ guid: 'urn:newsml:tests.example:2', headline: 'Second of the day' }));
  const done = await paper.command('ingest', '--publish', folder);

  assert.equal(done.code, 1);
  assert.match(done.out, /First of the day\tpublished/);
  assert.match(done.out, /Second of the day\tpublished/);
  assert.match(done.out, /2-broken\.xml:6\tquarantined: .{10,}/, 'file, line and reason');
  assert.match(done.out, /4-noise\.json:\d+\tquarantined: .{10,}/);
  assert.match(done.out, /3-empty\.xml.*\t\S.{5,}/);
  assert.match(done.out, /^5 files, 2 items, 2 published; 3 quarantined$/m);

  await t.test('an item of a message is set aside alone', async () => {
    const good = newsml({ guid: 'urn:newsml:tests.example:3', headline: 'Third of the day' });
    const bad = newsml({ guid: '', headline: 'Nobody knows me' }).replace(/versionCreated>[^<]*/, 'versionCreated>never');
    const also = newsml({ guid: 'urn:newsml:tests.example:4', headline: 'Fourth of the day' });
    const { out } = await paper.command('ingest', '--publish', await paper.copy('../message.xml', newsmlMessage(good, bad, also)));
    assert.match(out, /Third of the day\tpublished/);
    assert.match(out, /Fourth of the day\tpublished/);
  });

  await t.test('the folder is undamaged and its pages are served', async () => {
    assert.match((await paper.does('check')).out, /0 problems/);
    const server = await paper.serve('--quiet');
    assert.match((await server.get('/')).text, /First of the day/);
  });
});
