// Moving accounts: ticked ones by the bar, dragged ones by dropping them. The effect is shown first.
// Without it each form leads to the same words on a page of their own.
import { announce } from "../../../core/ui/announce.js";

const dialog = () => document.querySelector("#effect");
const forms = () => document.querySelectorAll("form[data-moves], form[data-picks]");

/** How many are ticked, in words beside the button. */
function count(form) {
  const words = form.querySelector("[data-picked-none]");
  if (!words) return;
  const picked = form.querySelectorAll("input[type=checkbox]:checked").length;
  const { pickedNone, pickedOne, pickedMany } = words.dataset;
  words.textContent = picked === 0 ? pickedNone : picked === 1 ? pickedOne : pickedMany.replace("{n}", picked);
  form.querySelector("[data-move-bar]").classList.toggle("k-is-picked", picked > 0);
}

document.addEventListener("change", ({ target }) => {
  const form = target.type === "checkbox" && target.closest("form[data-moves], form[data-picks]");
  if (form) count(form);
});
const start = () => forms().forEach(count);
start();
// The browser may bring ticks back with the page, and a list that is narrowed has others
addEventListener("pageshow", start);
document.addEventListener("htmx:afterRequest", start);

/** Show in the dialog what a move would do. */
async function show(form) {
  form.setAttribute("aria-busy", "true");
  let html;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Part": "effect" },
      body: new FormData(form),
    });
    // What is refused comes with its words too
    if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
    html = await answer.text();
  } catch {
    announce(document.querySelector("[data-say-failed]")?.dataset.sayFailed ?? "");
    form.submit();
    return;
  } finally {
    form.removeAttribute("aria-busy");
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  dialog().replaceChildren(...page.body.childNodes);
  dialog().showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-moves]") || !dialog()?.showModal) return;
  event.preventDefault();
  show(form);
});

document.addEventListener("click", (event) => {
  if (!event.target.matches("#effect") && !event.target.closest("#effect [data-close]")) return;
  event.preventDefault();
  dialog().close();
});

// By pointer: a card, or all that are ticked if it is one of them
const board = () => document.querySelector("form[data-board]");
let dragged = false;

function lane(event) {
  return event.target instanceof Element ? event.target.closest("[data-drop]") : null;
}

function unmark() {
  board().querySelectorAll(".k-drop-here").forEach((found) => found.classList.remove("k-drop-here"));
}

document.addEventListener("dragstart", (event) => {
  const card = event.target instanceof Element && event.target.closest("form[data-board] .k-account-card");
  if (!card) return;
  const box = card.querySelector("input");
  if (!box.checked) {
    board().querySelectorAll("input[type=checkbox]:checked").forEach((other) => { other.checked = false; });
    box.checked = true;
  }
  dragged = true;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.textContent.trim());
  board().querySelectorAll("input[type=checkbox]:checked").forEach((each) => each.closest("li").classList.add("k-lifted"));
  count(board());
});

document.addEventListener("dragover", (event) => {
  const over = lane(event);
  if (!dragged || !over) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (!over.classList.contains("k-drop-here")) { unmark(); over.classList.add("k-drop-here"); }
});

document.addEventListener("drop", (event) => {
  const over = lane(event);
  if (!dragged || !over) return;
  event.preventDefault();
  board().querySelector("select[name=to]").value = over.dataset.drop;
  board().requestSubmit();
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged = false;
  unmark();
  board().querySelectorAll(".k-lifted").forEach((card) => card.classList.remove("k-lifted"));
});
