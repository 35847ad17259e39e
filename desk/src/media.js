// media.js - what the library says of pictures, films and sounds, known by number.
import { get } from "./net.js";

const known = new Map(), waiting = new Map();
let asking = null;

export const learn = (list) => { for (const m of list ?? []) known.set(Number(m.id), m); };

/** What is known of it now. */
export const mediaOf = (id) => known.get(id);

/** `then` is told when it is known (soon, or not at all). */
export function wantMedia(id, then) {
  if (known.has(id)) { then(known.get(id)); return; }
  if (!waiting.has(id)) waiting.set(id, []);
  waiting.get(id).push(then);
  asking ??= setTimeout(ask, 30);
}

async function ask() {
  asking = null;
  const ids = [...waiting.keys()];
  const calls = new Map(ids.map((id) => [id, waiting.get(id)]));
  waiting.clear();
  for (let i = 0; i < ids.length; i += 50) {
    try {
      const { answer } = await get("/desk/pictures/list", { ids: ids.slice(i, i + 50).join(",") });
      learn(answer?.pictures);
    } catch { /* without a connection there is a grey plate */ }
  }
  for (const [id, list] of calls)
    for (const then of list) if (known.has(id)) then(known.get(id));
}
