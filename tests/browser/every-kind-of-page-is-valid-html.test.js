// Every page of the sample edition goes through the Nu checker: nothing is filtered.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

import { pageKinds } from '../lib/browser.js';
import { newsml } from '../lib/copy.js';
import { instrumented, samplePaper, temporaryFolder } from '../lib/paper.js';

const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

function nu(folder) {
  return new Promise((resolve) => {
    execFile('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--also-check-css', '--also-check-svg', '--exit-zero-always', folder],
             { maxBuffer: 64 << 20 }, (error, out, err) => resolve(JSON.parse(err || out)));
  });
}

test('every kind of page is valid HTML', async (t) => {
  const paper = await samplePaper(t);
  const server = await paper.serve('--quiet');
  const story = await paper.publish('gone.xml', newsml({ guid: 'urn:newsml:tests.example:gone', headline: 'Gone' }));
  const address = await paper.address(story);
  await paper.does('correct', '--reason', 'It was "two" & <not> three.', story);
  const folder = await temporaryFolder(t);
  const { kinds, stories } = await pageKinds(server);
  const pages = { ...kinds, corrected: address };
  stories.forEach((one, i) => { pages[`story-${i}`] = one; });
  const save = async (name, where, status) => {
    const got = await server.get(where);
    assert.equal(got.status, status, where);
    await fs.writeFile(path.join(folder, name), got.body);
  };

  for (const [name, where] of Object.entries(pages)) await save(`${name}.html`, where, name === 'missing' ? 404 : 200);
  await paper.does('front', '--section', 'sport', 'make');
  await save('section-front.html', '/sport', 200);
  await paper.does('withdraw', story);
  await save('gone.html', address, 410);
  await save('colours.css', '/colours.css', 200);
  const front = (await server.get('/')).text;
  await save('paper.css', /href="(\/theme\/[^"]+\.css)"/.exec(front)[1], 200);
  await save('icons.svg', /href="(\/theme\/[^"]+icons\.svg)#/.exec(front)[1], 200);
  await save('icon.svg', /href="(\/icon\/[^"]+\.svg)"/.exec(front)[1], 200);
  await paper.does('settings', 'set', 'masthead', '#1d4f76');
  await paper.does('settings', 'set', 'logo', 1);
  await save('front-logo.html', '/', 200);
  await save('story-logo.html', kinds['story-table'], 200);
  await save('colours-logo.css', '/colours.css', 200);

  if (instrumented) return t.diagnostic('said: pages were drawn but not checked: the run of the release build checks the same ones');
  const { messages } = await nu(folder);
  const said = [...new Set(messages.map((m) => `${path.basename(m.url ?? '')}:${m.lastLine}: ${m.subType ?? m.type}: ${m.message} ${m.extract ?? ''}`))];
  assert.deepEqual(said, []);
  t.diagnostic(`said: ${(await fs.readdir(folder)).length} files checked`);
});
