// The coverage board asks for itself again while somebody looks at it: not when the tab is hidden,
// nor while the keyboard stands in what would be exchanged.
import { announce } from "../../../core/ui/announce.js";

const QUIET_MS = 30_000; // a screen reader hears of changes twice a minute at most
let said = document.querySelector("[data-board]")?.dataset.says ?? "";
let saidAt = 0;
let timer = null;
let failures = 0;

const board = () => document.querySelector("[data-board]");
const exchanged = () => [board(), document.querySelector("#board-rows")];

function tell(reason) {
  const line = document.querySelector("[data-board-state]");
  if (line) line.textContent = line.dataset[reason];
}

function later() {
  clearTimeout(timer);
  const found = board();
  if (!found || document.hidden) return;
  const seconds = Number(found.dataset.every) || 60;
  timer = setTimeout(ask, Math.min(seconds * 2 ** failures, 300) * 1000);
}

function ask() {
  const found = board();
  if (!found || document.hidden) return;
  const held = exchanged().some((part) => part?.contains(document.activeElement) && document.activeElement.matches("a, summary, button"));
  if (held) { later(); return; }
  found.dispatchEvent(new CustomEvent("board-tick"));
}

const isOurs = (event) => event.detail.elt?.matches?.("[data-board]");

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isOurs(event)) return;
  // A redirect to the sign-in page is no board
  if (!event.detail.xhr.responseText.includes("data-board")) {
    event.detail.shouldSwap = false;
    if (event.detail.xhr.status === 200) { failures = 8; tell("out"); }
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!isOurs(event)) return;
  if (event.detail.successful) { if (failures < 8) failures = 0; } else { failures = Math.min(failures + 1, 6); tell("off"); }
  later();
});

document.addEventListener("htmx:afterSettle", () => {
  const words = board()?.dataset.says ?? "";
  if (words && words !== said && Date.now() - saidAt > QUIET_MS) {
    said = words;
    saidAt = Date.now();
    announce(words);
  }
});

document.addEventListener("visibilitychange", () => { if (document.hidden) clearTimeout(timer); else ask(); });
later();
