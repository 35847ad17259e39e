// Breaking news that the reader has put away (live.js) goes as it comes, before anything is seen of it.
{
  let kept;
  try { kept = localStorage.getItem("breaking-away"); } catch { /* not kept */ }
  const watch = new MutationObserver(() => {
    const bar = document.querySelector(".breaking"), of = bar?.dataset;
    if (bar || document.querySelector("main")) watch.disconnect();
    const id = parseInt(kept), isIt = id === Number(of?.breaking);
    if (of && (id > Number(of.breaking) || (isIt && !("corrected" in of)) || kept === `${of.breaking} ${of.words}`)) bar.remove();
  });
  if (kept) watch.observe(document.documentElement, { childList: true, subtree: true });
}
