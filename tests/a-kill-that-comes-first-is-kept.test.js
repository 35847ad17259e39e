import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml, newsmlKill } from './lib/copy.js';
import { emptyPaper } from './lib/paper.js';

test('a kill that comes before its story keeps it out', async (t) => {
  const paper = await emptyPaper(t);
  const server = await paper.serve('--quiet');
  const guid = 'urn:newsml:tests.example:20261101:early-kill';
  await paper.does('ingest', '--publish', await paper.copy('kill.xml', newsmlKill({ guid, version: 2 })));
  const { out } = await paper.does('ingest', '--publish', await paper.copy('story.xml', newsml({ guid, version: 1, headline: 'Marrowfat scandal' })));
  assert.doesNotMatch(out, /published/);
  assert.doesNotMatch((await server.get('/')).text, /Marrowfat/);
});
