// Bars of the Gantt chart: arrow keys move the focused one by a working day, or go to the next. Without it each bar leads to its form.
const chart = document.querySelector("#gantt");
const token = document.querySelector("#shift-token input")?.value;
const bars = () => [...chart.querySelectorAll("[data-bar]")];
let busy = false;

function announce(text) {
  const region = document.querySelector("#announcements");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

/** The chart again from the server, with the same bar in focus: what waits for it has moved too. */
async function refresh(id) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.reload(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const left = chart.querySelector(".k-gantt-pane")?.scrollLeft ?? 0;
  chart.replaceChildren(...page.querySelector("#gantt").childNodes);
  const pane = chart.querySelector(".k-gantt-pane");
  if (pane) pane.scrollLeft = left;
  chart.querySelector(`#${id}`)?.focus();
}

async function move(bar, days) {
  busy = true;
  const failed = chart.querySelector("[data-gantt]").dataset.sayFailed;
  let text = failed;
  try {
    const answer = await fetch(bar.dataset.bar, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams({ days, seen: bar.dataset.seen }),
    });
    text = (await answer.json()).message || failed;
    await refresh(bar.id);
  } catch {
    text = failed;
  } finally {
    busy = false;
  }
  announce(text);
}

chart?.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("[data-bar]");
  if (!bar || event.altKey || event.ctrlKey || event.metaKey) return;
  const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!days && !step) return;
  event.preventDefault();
  if (step) bars()[bars().indexOf(bar) + step]?.focus();
  else if (!busy) move(bar, days);
});
