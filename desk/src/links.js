// links.js - addresses that may stand in a story, in the form that the paper keeps them in (the same
// rules as src/text/url.c): http, https, mailto, tel, or a path of our own.
const MOST = 4096;
const encoder = new TextEncoder();
const bytes = (s) => encoder.encode(s).length;

/** Every byte that is not plainly safe as %XX. */
function safe(s) {
  let out = "";
  for (const byte of encoder.encode(s)) {
    const c = String.fromCharCode(byte);
    out += byte <= 0x20 || byte >= 0x7f || "\"<>`{}'\\^|".includes(c) ? `%${byte.toString(16).toUpperCase().padStart(2, "0")}` : c;
  }
  return out;
}

const bad = /[\s\u0080-\u00a0\u00ad\u200b-\u206f\ufe00-\ufe0f\ufeff\u3002\uff00-\uffef\u2044\u2215\u29f8\u2024\u2100\u2101\u2105\u2106\u2048\u2049\ufdd0\ufff0-\uffff]|[\u{10000}-\u{10ffff}]/u;

function hostOk(host) {
  if (!host || bytes(host) > 255) return false;
  if (host.startsWith("[")) return host.length >= 4 && host.endsWith("]") && /^[0-9a-fA-F:.]+$/.test(host.slice(1, -1));
  if (/[\0-\x7f]/.test(host) && /[^a-zA-Z0-9\-._\u0080-\u{10ffff}]/u.test(host)) return false;
  return !host.startsWith(".") && !host.includes("..") && !bad.test(host);
}

const lower = (s) => s.replace(/[A-Z]/g, (c) => c.toLowerCase());

function authority(given, secure) {
  const bracket = given.indexOf("]"), colon = given.lastIndexOf(":");
  let host = given, port = "";
  if (colon > bracket) [host, port] = [given.slice(0, colon), given.slice(colon + 1)];
  if (!hostOk(host)) return null;
  if (port && (!/^\d{1,5}$/.test(port) || Number(port) > 65535)) return null;
  return lower(host) + (port && Number(port) !== (secure ? 443 : 80) ? `:${Number(port)}` : "");
}

const isDot = (s) => /^(\.|%2e)$/i.test(s);
const isDots = (s) => /^(\.|%2e){2}$/i.test(s);

/** A path that starts with '/', without its dot segments; an own one also without empty ones in front. */
function path(given, own) {
  const pieces = given.slice(1).split("/");
  let out = "/";
  pieces.forEach((piece, i) => {
    const more = i < pieces.length - 1;
    if (isDots(piece)) {
      const at = out.slice(0, -1).lastIndexOf("/");
      if (out.length > 1) out = out.slice(0, at + 1);
    } else if (!isDot(piece)) {
      if (own && piece === "" && out === "/") return;
      out += safe(piece) + (more ? "/" : "");
    }
  });
  return out;
}

function rest(given, own) {
  let fragment = "", query = "", way = given;
  if (way.includes("#")) [way, fragment] = [way.slice(0, way.indexOf("#")), way.slice(way.indexOf("#"))];
  if (way.includes("?")) [way, query] = [way.slice(0, way.indexOf("?")), way.slice(way.indexOf("?"))];
  way = way.replaceAll("\\", "/");
  return path(way || "/", own) + safe(query) + safe(fragment);
}

function web(given, secure) {
  const s = given.replace(/^[/\\]+/, "");
  const end = s.search(/[/\\?#]/);
  const host = authority(end < 0 ? s : s.slice(0, end), secure);
  return host === null ? "" : `${secure ? "https" : "http"}://${host}${rest(end < 0 ? "" : s.slice(end), false)}`;
}

function mailto(given) {
  const at = given.indexOf("@"), query = given.indexOf("?");
  return at <= 0 || (query >= 0 && query < at) ? "" : `mailto:${safe(given)}`;
}

function tel(given) {
  const s = given.replace(/ |%20/g, "");
  return /^[0-9+\-.()*#]*$/.test(s) && /\d/.test(s) ? `tel:${s}` : "";
}

/** The address in its one form; empty for what may not stand in a link. */
export function cleanLink(given) {
  const s = String(given ?? "").replace(/^[\0- ]+|[\0- ]+$/g, "").replace(/[\t\n\r]/g, "");
  if (!s || bytes(s) > MOST) return "";
  let out = "";
  const scheme = /^([a-z][a-z0-9+\-.]*):/i.exec(s)?.[1].toLowerCase();
  if (/^[/\\]/.test(s)) out = /^[/\\]{2}/.test(s) ? web(s, true) : rest(s, true);
  else if (scheme === "https") out = web(s.slice(6), true);
  else if (scheme === "http") out = web(s.slice(5), false);
  else if (scheme === "mailto") out = mailto(s.slice(7));
  else if (scheme === "tel") out = tel(s.slice(4));
  return bytes(out) > MOST ? "" : out;
}

/** What somebody typed as an address: "example.org/x" is meant as the web. */
export function typedLink(typed) {
  const s = typed.trim();
  const clean = cleanLink(s);
  if (clean || /\s/.test(s)) return clean;
  if (/^[^/:@\s]+@[^/:@\s]+\.[^/:@\s]+$/.test(s)) return cleanLink(`mailto:${s}`);
  return /^[^/:@\s]+\.[^/:@\s]{2,}(?=$|[/:?#])/.test(s) ? cleanLink(`https://${s}`) : "";
}

/** The address of the page of a network that makes a card of its own; its provider, or "". */
const providers = [
  ["YouTube", /^https:\/\/(www\.|m\.)?(youtube\.com\/(watch|shorts|live|playlist)|youtu\.be\/)/],
  ["Vimeo", /^https:\/\/(www\.)?vimeo\.com\/\d/],
  ["X", /^https:\/\/(www\.|mobile\.)?(x|twitter)\.com\/\w+\/status\//],
  ["Bluesky", /^https:\/\/bsky\.app\/profile\/[^/]+\/post\//],
  ["Mastodon", /^https:\/\/[^/]+\/@[^/]+\/\d{6,}/],
  ["Instagram", /^https:\/\/(www\.)?instagram\.com\/(p|reel|tv)\//],
  ["Facebook", /^https:\/\/(www\.|m\.)?facebook\.com\/.+\/(posts|videos)\//],
  ["TikTok", /^https:\/\/(www\.|vm\.)?tiktok\.com\//],
  ["Threads", /^https:\/\/(www\.)?threads\.(net|com)\/@[^/]+\/post\//],
  ["Spotify", /^https:\/\/open\.spotify\.com\//],
  ["SoundCloud", /^https:\/\/(www\.)?soundcloud\.com\/[^/]+\/[^/]/],
  ["Datawrapper", /^https:\/\/(www\.)?datawrapper\.(de|dwcdn\.net)\//],
  ["Flourish", /^https:\/\/(public\.)?flo(urish)?\.(studio|uri\.sh)\//],
  ["DocumentCloud", /^https:\/\/(www\.)?documentcloud\.org\/documents\//],
];
export const providerOf = (address) => providers.find(([, pattern]) => pattern.test(address))?.[0] ?? "";
