// How long until an embargo is lifted; once it is, the page looks again.

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

function say(time) {
  const left = Math.round((new Date(time.dateTime) - Date.now()) / 1000);
  if (left <= 0) {
    // The tick comes once a minute; a room full of phones must not ask in the same second
    if (!time.dataset.over) setTimeout(() => location.reload(), 20_000 + Math.random() * 60_000);
    time.dataset.over = "yes";
    return;
  }
  // Minutes and seconds alone move; days are said by the server, in the same words as elsewhere
  if (left >= 2 * 86400) return;
  const [unit, size] = STEPS.find(([, seconds]) => left >= seconds);
  const text = words.format(Math.floor(left / size), unit);
  if (time.textContent !== text) time.textContent = text;
}

const tick = () => document.querySelectorAll("time[data-countdown]").forEach(say);
tick();
setInterval(tick, 1000);
