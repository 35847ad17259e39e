// Who has broken into the decoder of a film finds nothing there: a program in the place of ffprobe
// tries what it would try.
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';

import { emptyPaper, finallyDo, root, run } from './lib/paper.js';

const film = `${root}/sample/films/storm-hesper.webm`;

/** A folder with an ffprobe that says what it could do. */
async function burglar(paper, port) {
  const bin = path.join(paper.folder, 'bin'), data = paper.data;
  await fs.mkdir(bin);
  await fs.writeFile(path.join(bin, 'ffprobe'), `#!/bin/bash
exec 8>&2 2>&1
film=\${!#}; film=\${film#file:}
yes() { said="$said $1"; }
{ read -r -n 4 _ <"$film"; } && yes film
{ read -r -n 4 _ <'${data}/paper.db'; } && yes database
{ : >'${data}/made'; } && yes make
{ : >>"$film"; } && yes write
{ : 7<>/dev/tcp/127.0.0.1/${port}; } && yes socket
kill -0 $PPID && yes kill
echo "could:$said." >&8
exit 1
`, { mode: 0o755 });
  return bin;
}

test('a film is decoded apart from everything', async (t) => {
  const paper = await emptyPaper(t);
  const came = [];
  const house = net.createServer((socket) => { came.push(socket); socket.destroy(); });
  await new Promise((done) => house.listen(0, '127.0.0.1', done));
  finallyDo(t, () => new Promise((done) => house.close(done)));
  const copy = path.join(paper.folder, 'copy');
  await fs.mkdir(copy);
  await fs.copyFile(film, path.join(copy, 'storm.webm'));
  await fs.writeFile(path.join(copy, 'storm.html'), '<!doctype html><html lang="en"><head><title>The storm</title></head><body><article><h1>The storm</h1><p>By Ada Brede</p><p>The storm came in from the west on Thursday evening, and at eleven it reached the strait and sat down there for four hours.</p><figure><video src="storm.webm"></video><figcaption>Hour by hour</figcaption></figure></article></body></html>');
  const bin = await burglar(paper, house.address().port);
  const env = { PATH: `${bin}:${process.env.PATH}` };

  const done = await run(['ingest', '--data', paper.data, '--publish', copy], { env });
  const [, landlock, seccomp] = /event=films_open landlock=([01]) seccomp=([01])/.exec(done.err) ?? ['', '1', '1'];
  const could = /could:((?: \w+)*)\./.exec(done.out)?.[1].trim().split(' ');
  assert.ok(could?.includes('film'), `it reads what it is to read: ${done.out}`);
  const may = new Set(['film', ...(landlock === '1' ? [] : ['database']), ...(seccomp === '1' ? [] : ['make', 'write', 'socket', 'kill'])]);
  for (const what of could) assert.ok(may.has(what), `it could: ${what}`);
  if (seccomp !== '1') return;
  assert.equal(came.length, 0);
  await assert.rejects(fs.stat(path.join(paper.data, 'made')));
});
