// What is typed into a form of the newsroom and sent when it cannot be taken (nobody is signed in any more, the
// password is to be given again, the form is too old, the line is cut) stays in this tab, and stands in its form
// again when its page comes back.
const KEY = "sent", { back, waits } = document.querySelector("script[data-back]").dataset;
const isDoor = document.body.classList.contains("door"), main = document.getElementById("main");
const typed = (form) => [...form.elements].filter((e) => e.name && !e.readOnly && (e.matches("textarea, select") || (e.matches("input") && !["hidden", "password", "file", "submit"].includes(e.type))));
const valueOf = (e) => (/^(checkbox|radio)$/.test(e.type) ? e.checked : e.value);

function said(words) {
  const p = document.createElement("p");
  p.className = "said";
  p.setAttribute("role", "status");
  p.textContent = words;
  return p;
}

function putBack({ action, fields }) {
  const form = [...main.querySelectorAll("form[method=post]")].find((f) => f.getAttribute("action") === action && typed(f).length === fields.length);
  if (!form) return false;
  typed(form).forEach((e, i) => { e[typeof fields[i] === "boolean" ? "checked" : "value"] = fields[i]; });
  for (let at = form.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  form.prepend(said(back));
  form.scrollIntoView({ block: "center" });
  return true;
}

/** Was this page asked for anew, because what came instead of it was nothing? */
const isAgain = () => ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type);

const sent = JSON.parse(sessionStorage.getItem(KEY));
if (sent && isDoor) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...sent, isOut: true }));
  const words = said(`${waits} `), way = Object.assign(document.createElement("a"), { href: sent.at, textContent: sent.title });
  words.append(way);
  main.prepend(words);
} else if (sent && (((sent.isOut || isAgain()) && putBack(sent)) || !sent.isOut)) {
  sessionStorage.removeItem(KEY);
}

addEventListener("submit", (e) => {
  const form = e.target;
  if (form.matches(".desk-out")) sessionStorage.removeItem(KEY);
  if (e.defaultPrevented || isDoor || form.method !== "post" || form.id === "composer" || !main.contains(form)) return;
  const fields = typed(form).map(valueOf);
  if (!fields.some((value) => typeof value === "string" && value.trim())) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ at: location.pathname + location.search, title: document.title, action: form.getAttribute("action"), fields }));
  } catch { /* more than a tab may keep */ }
});
