// What the page gains with script on: times say how long ago they were, and go on saying it.
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });

function ago(moment) {
  const minutes = Math.round((moment - Date.now()) / 60000);
  if (minutes > -60) return words.format(minutes, "minute");
  if (minutes > -24 * 60) return words.format(Math.round(minutes / 60), "hour");
  return null;
}

function tell() {
  for (const time of document.querySelectorAll("main time[datetime]")) {
    const text = ago(Date.parse(time.dateTime));
    if (text) time.textContent = text;
  }
}

tell();
setInterval(tell, 60000);
