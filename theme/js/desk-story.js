// A story's page: its one key, m, puts newer copy from the wire into what is written.
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(e.key)}"]`);
  if (!button) return;
  e.preventDefault();
  button.click();
});
