// The page of the paper's health renews itself: what stands in #health is drawn anew while somebody looks,
// and nothing moves that has the focus or was opened.
const every = 5000;
const id = "health";

async function renew() {
  if (document.hidden) return;
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!reply.ok || reply.redirected) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || old.contains(document.activeElement)) return;
  const opened = old.querySelector("details")?.open;
  const details = fresh.querySelector("details");
  if (details && opened) details.open = true;
  // A status that says what it said before is not read out again.
  const [was, is] = [old, fresh].map((one) => one.querySelector("[role=status]"));
  const same = was.textContent === is.textContent;
  for (const [i, part] of [...fresh.children].entries()) {
    if (part === is && same) continue;
    if (old.children[i]) old.children[i].replaceWith(document.importNode(part, true));
    else old.append(document.importNode(part, true));
  }
}

setInterval(() => renew().catch(() => {}), every);
