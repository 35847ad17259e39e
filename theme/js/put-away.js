// Breaking news that the reader has put away (live.js) goes as it comes, before anything is seen of it.
{
  let kept;
  try { kept = localStorage.getItem("breaking-away"); } catch { /* not kept */ }
  const watch = new MutationObserver(() => {
    const bar = document.querySelector(".breaking"), of = bar?.dataset;
    if (bar || document.querySelector("main")) watch.disconnect();
    if (of && (parseInt(kept) > Number(of.breaking) || kept === `${of.breaking} ${of.words}`)) bar.remove();
  });
  if (kept) watch.observe(document.documentElement, { childList: true, subtree: true });
}
