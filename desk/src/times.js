// times.js - moments in the paper's zone, as fields of a day and a time show them.

function offsetMs(at, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" })
    .formatToParts(at).map((p) => [p.type, p.value]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(at / 1000) * 1000;
}

const two = (n) => String(Math.trunc(n)).padStart(2, "0");

/** "2026-11-29T12:30:00+01:00" as "2026-11-29T12:30" in the zone; empty for none. */
export function toField(iso, zone) {
  const at = Date.parse(iso || "");
  return Number.isNaN(at) ? "" : new Date(at + offsetMs(at, zone)).toISOString().slice(0, 16);
}

/** And back. */
export function fromField(field, zone) {
  const wall = Date.parse(`${field}:00Z`);
  if (Number.isNaN(wall)) return "";
  let at = wall - offsetMs(wall, zone);
  at = wall - offsetMs(at, zone); // near a change of the clocks
  const offset = offsetMs(at, zone) / 60000, size = Math.abs(offset);
  return `${field}:00${offset < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}
