// netlog.js - the browser's own log of its network: everything that pages, their style sheets,
// scripts and workers ask for, look up and connect to, whether or not anybody answers.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

/** The words that let a browser write one (lib/browser.js); it is whole once the browser is closed. */
export const logTo = (file) => [`--log-net-log=${file}`];

/** What sites at `machine` (an address without a port) have made the browser do: { asked, looked }.
 *  What the browser does of its own accord (updates, the time) is not theirs. */
export async function readLog(file, machine) {
  const { constants, events } = JSON.parse(await readFile(file, 'utf8'));
  const theirs = (of) => [of.initiator, of.network_isolation_key, of.network_anonymization_key].some((key) => key?.includes(`//${machine}`));
  const all = (name, field) => {
    const type = constants.logEventTypes[name];
    assert.ok(type !== undefined, `this browser's log knows no ${name}`);
    return events.filter((e) => e.type === type && e.params?.[field] && theirs(e.params)).map((e) => e.params[field]);
  };
  return { asked: all('URL_REQUEST_START_JOB', 'url'), looked: all('HOST_RESOLVER_MANAGER_REQUEST', 'host') };
}

/** What in a log is not at `host` ("127.0.0.1:8080"). */
export function strangers({ asked, looked }, host) {
  const network = asked.filter((url) => /^(https?|wss?|ftp):/.test(url));
  return [...new Set([...network, ...looked])].filter((one) => new URL(one.includes('://') ? one : `http://${one}`).host !== host);
}
