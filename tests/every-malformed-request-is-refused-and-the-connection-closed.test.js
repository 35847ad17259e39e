// threads
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { raw, replies } from './lib/http.js';
import { emptyPaper } from './lib/paper.js';

const head = 'Host: localhost\r\n';
const post = (fields, body = '') => `POST / HTTP/1.1\r\n${head}${fields}\r\n${body}`;
const chunked = 'Transfer-Encoding: chunked\r\n';

const malformed = [
  ['a length and chunks together', post(`Content-Length: 5\r\n${chunked}`, '0\r\n\r\n'), [400]],
  ['chunks and a length together', post(`${chunked}Content-Length: 5\r\n`, '0\r\n\r\n'), [400]],
  ['two lengths that differ', post('Content-Length: 3\r\nContent-Length: 4\r\n', 'abcd'), [400]],
  ['two lengths that agree', post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc'), [400]],
  ['a length with a sign', post('Content-Length: +3\r\n', 'abc'), [400]],
  ['a list of lengths', post('Content-Length: 3, 3\r\n', 'abc'), [400]],
  ['a chunk size with 0x', post(chunked, '0x3\r\nabc\r\n0\r\n\r\n'), [400]],
  ['a chunk size with an underscore', post(chunked, '3_z\r\nabc\r\n0\r\n\r\n'), [400]],
  ['a chunk line ended by a bare LF', post(chunked, '3\nabc\r\n0\r\n\r\n'), [400]],
  ['an unknown transfer coding', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), [400, 501]],
  ['a transfer coding after an empty one', post('Transfer-Encoding: ,chunked\r\n', '0\r\n\r\n'), [400, 501]],
  ['a transfer coding on HTTP/1.0', `POST / HTTP/1.0\r\n${head}${chunked}\r\n0\r\n\r\n`, [400]],
  ['a space before the colon', `GET / HTTP/1.1\r\n${head}X-A : 1\r\n\r\n`, [400]],
  ['a field continued on the next line', `GET / HTTP/1.1\r\n${head}X-A: 1\r\n 2\r\n\r\n`, [400]],
  ['NUL in a value', `GET / HTTP/1.1\r\n${head}X-A: 1\x002\r\n\r\n`, [400]],
  ['lines ended by a bare LF', 'GET / HTTP/1.1\nHost: localhost\n\n', [400]],
  ['one line ended by a bare LF', `GET / HTTP/1.1\r\n${head}X-A: 1\nX-B: 2\r\n\r\n`, [400]],
  ['a bare CR in a value', `GET / HTTP/1.1\r\n${head}X-A: 1\r2\r\n\r\n`, [400]],
  ['no Host', 'GET / HTTP/1.1\r\nX-A: 1\r\n\r\n', [400]],
  ['two Hosts', `GET / HTTP/1.1\r\n${head}${head}\r\n`, [400]],
  ['a control character in the path', `GET /a\x01b HTTP/1.1\r\n${head}\r\n`, [400]],
  ['a length of 2^64+1', post('Content-Length: 18446744073709551617\r\n', 'x'), [400, 413]],
];

test('every malformed request is refused and the connection closed', async (t) => {
  const server = await (await emptyPaper(t)).serve('--quiet');

  for (const [name, bytes, statuses] of malformed) {
    await t.test(name, async () => {
      // a second request behind it must never be taken for one
      const got = await raw(server.port, Buffer.from(`${bytes}GET /smuggled HTTP/1.1\r\n${head}\r\n`, 'latin1'));
      assert.ok(got.closed, 'the connection stays open');
      const all = replies(got.bytes);
      assert.equal(all.length, 1, 'one reply and no more');
      assert.ok(statuses.includes(all[0].status), `status ${all[0].status}`);
      assert.equal(all[0].headers.connection, 'close');
      assert.equal(all[0].headers['x-content-type-options'], 'nosniff');
    });
  }
  await t.test('and the server goes on', async () => {
    assert.equal((await server.get('/')).status, 200);
  });
});
