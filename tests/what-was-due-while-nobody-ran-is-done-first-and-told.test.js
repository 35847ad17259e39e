import assert from 'node:assert/strict';
import { test } from 'node:test';

import { newsml } from './lib/copy.js';
import { Person, publisher } from './lib/desk.js';
import { emptyPaper, eventually, patience } from './lib/paper.js';

const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('what was due while nobody ran is done first, and told', async (t) => {
  const paper = await emptyPaper(t);
  const first = await paper.serve();
  await publisher(first);
  const due = new Date((Math.floor(Date.now() / 1000) + 3 + 2 * patience) * 1000);
  const { out } = await paper.does('ingest', '--publish', await paper.copy('later.xml',
    newsml({ guid: 'urn:newsml:tests.example:late', headline: 'A prize is late', embargo: due })));
  const story = /story (\d+)/.exec(out)[1];
  assert.match(out, /\tscheduled/);
  await first.stop();
  await eventually('its time is over', () => Date.now() > due.getTime() + 3000, { within: 60_000 * patience });

  const server = await paper.serve();
  assert.match((await server.get('/')).text, /A prize is late/, 'readers have it at once');
  await eventually('it is moved', async () => /\tlive\t/.test((await paper.does('list')).out.split('\n').find((l) => l.includes('A prize'))));
  await eventually('the log says so', () => new RegExp(`due_late\\b.*story=${story} late_ms=\\d{4,}`).test(server.err + server.out));

  const ada = new Person(server);
  await ada.signIn('ada@paper.example');
  const home = await ada.get('/desk');
  assert.match(plain(home.text), /Something went wrong It was done \d+ seconds after its time: A prize is late/);
  const [, last] = /name="last" value="(\d+)"/.exec(home.text);
  assert.equal((await ada.post('/desk/alarms', { last })).status, 303);
  assert.doesNotMatch((await ada.get('/desk')).text, /Something went wrong/);
  const noted = async () => [...plain((await ada.get('/desk/audit?act=alarms_noted')).text).matchAll(/Took note of alarms Alarms: 1 Ada Quill/g)].length;
  assert.equal(await noted(), 1);
  assert.equal((await ada.post('/desk/alarms', { last })).status, 303);
  assert.equal(await noted(), 1, 'of none that is new, no line');
});
