import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { samplePaper } from './lib/paper.js';

const curl = (...words) => promisify(execFile)('curl', ['-sS', '--max-time', '30', ...words]);

test('curl is served', async (t) => {
  const server = await (await samplePaper(t)).serve('--quiet');

  await t.test('a page, compressed and not, is the same', async () => {
    const plain = (await curl(`${server.address}/`)).stdout;
    const packed = (await curl('--compressed', `${server.address}/`)).stdout;
    assert.match(plain, /^<!doctype html>/);
    assert.equal(packed, plain);
  });

  await t.test('several pages go over one connection', async () => {
    const urls = ['/', '/sport', '/culture'].map((p) => server.address + p);
    const { stdout } = await curl('-o', '/dev/null', '-o', '/dev/null', '-o', '/dev/null',
                                  '-w', '%{http_code} %{num_connects}\n', ...urls);
    assert.equal(stdout, '200 1\n200 0\n200 0\n');
  });

  await t.test('an address that ends in a slash moves for ever', async () => {
    const { stdout } = await curl('-L', '-o', '/dev/null', '-w', '%{http_code} %{num_redirects} %{url_effective}', `${server.address}/sport/`);
    assert.equal(stdout, `200 1 ${server.address}/sport`);
    const { stdout: once } = await curl('-o', '/dev/null', '-w', '%{http_code}', `${server.address}/sport/`);
    assert.equal(once, '301');
  });

  await t.test('HTTP/1.0 gets its page and the end of the connection', async () => {
    const { stdout } = await curl('-0', `${server.address}/sport`);
    assert.match(stdout, /<h1[^>]*>Sport/);
  });

  await t.test('a large body that nobody wants is refused', async () => {
    const { stdout } = await curl('-o', '/dev/null', '-w', '%{http_code}', '--data-binary', '@/usr/bin/bash', `${server.address}/`);
    assert.ok(['405', '413'].includes(stdout), stdout);
  });
});
