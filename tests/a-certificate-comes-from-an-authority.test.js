// An authority of ours (Pebble, RFC 8555) asks the paper for the file that certbot has put into its folder.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { freePort, stays } from './lib/front.js';
import { request } from './lib/http.js';
import { emptyPaper, eventually, patience, temporaryFolder } from './lib/paper.js';
import { certificate, shake, words } from './lib/tls.js';

/** { directory, file (its own certificate) }; whoever wants a certificate is asked at this port. */
async function authority(t, asks) {
  const folder = await temporaryFolder(t);
  const own = certificate(folder, 'authority', ['localhost'], '-addext', 'basicConstraints=critical,CA:TRUE');
  const [port, management, names, about] = [await freePort(), await freePort(), await freePort(), await freePort()];
  // every name is this machine
  await stays(t, 'pebble-challtestsrv', ['-dns01', `127.0.0.1:${names}`, '-management', `127.0.0.1:${about}`,
                                         '-http01', '', '-https01', '', '-tlsalpn01', '', '-defaultIPv6', ''], names);
  const config = path.join(folder, 'pebble.json');
  await fs.writeFile(config, JSON.stringify({ pebble: {
    listenAddress: `127.0.0.1:${port}`, managementListenAddress: `127.0.0.1:${management}`,
    certificate: own.cert, privateKey: own.key, httpPort: asks, tlsPort: asks, ocspResponderURL: '' } }));
  await stays(t, 'pebble', ['-config', config, '-dnsserver', `127.0.0.1:${names}`], port,
              { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' });
  return { directory: `https://localhost:${port}/dir`, file: own.cert };
}

test('a certificate comes from an authority', async (t) => {
  const paper = await emptyPaper(t);
  const home = path.join(paper.folder, 'certbot'), webroot = path.join(paper.folder, 'webroot');
  const challenges = path.join(webroot, '.well-known/acme-challenge');
  await fs.mkdir(challenges, { recursive: true });
  const used = certificate(paper.folder, 'used', ['paper.example']);
  const server = await paper.serve('--quiet', ...words(used), '--acme', challenges);
  const { directory, file } = await authority(t, server.port);
  const certbot = (...more) => promisify(execFile)('certbot', [
    ...more, '--non-interactive', '--config-dir', home, '--work-dir', `${home}/work`, '--logs-dir', `${home}/logs`, '--no-random-sleep-on-renew',
    // put in the place of the one that is used, as an operator's hook does
    '--deploy-hook', `cat "$RENEWED_LINEAGE/privkey.pem" > ${used.key} && cat "$RENEWED_LINEAGE/fullchain.pem" > ${used.cert}`,
  ], { env: { ...process.env, REQUESTS_CA_BUNDLE: file }, timeout: 60_000 * patience });
  const shown = async () => (await shake(server.securePort, { servername: 'paper.example' })).print;

  assert.equal(await shown(), used.print);
  await certbot('certonly', '--server', directory, '--agree-tos', '--register-unsafely-without-email', '--webroot', '-w', webroot,
                '-d', 'paper.example', '-d', 'www.paper.example');
  const issued = new X509Certificate(await fs.readFile(used.cert));
  assert.match(issued.issuer, /Pebble/);
  assert.equal(issued.subjectAltName, 'DNS:paper.example, DNS:www.paper.example');
  await eventually('it is shown', async () => await shown() === issued.fingerprint256);

  await certbot('renew', '--force-renewal');
  const renewed = new X509Certificate(await fs.readFile(used.cert));
  assert.notEqual(renewed.fingerprint256, issued.fingerprint256);
  await eventually('the renewed one is shown', async () => await shown() === renewed.fingerprint256);
  assert.deepEqual(await fs.readdir(challenges), []);
  assert.equal((await request(server.port, '/.well-known/acme-challenge/none')).status, 404);
});
