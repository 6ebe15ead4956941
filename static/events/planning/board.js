// The board: a card is dropped on another column. Without it, and on a phone, each card has its button and its page.
import { announce } from "../../core/ui/announce.js";

const board = () => document.querySelector("#board");
const token = () => document.querySelector("#tick input[name=csrfmiddlewaretoken]").value;
let held = null;

const column = (event) => held && event.target instanceof Element ? event.target.closest("#board [data-column]") : null;
const unmark = () => board()?.querySelectorAll(".k-drop-here").forEach((found) => found.classList.remove("k-drop-here"));

/** The board again from the server, with the same card in focus. */
async function refresh(id) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.reload(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  board().replaceChildren(...page.querySelector("#board").childNodes);
  window.htmx?.process(board()); // buttons that came by hand know their form's address by it
  document.querySelector(`#${id} a`)?.focus();
}

async function place(card, to) {
  let text = board().dataset.sayFailed;
  try {
    const answer = await fetch(card.dataset.card, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: new URLSearchParams({ by: board().dataset.by, column: to, seen: card.dataset.seen }),
    });
    text = (await answer.json()).message || text;
    await refresh(card.id);
  } finally {
    announce(text);
    const said = document.querySelector("#board-said");
    if (said) said.textContent = text;
  }
}

document.addEventListener("dragstart", (event) => {
  held = event.target instanceof Element ? event.target.closest("#board [data-card]") : null;
  if (held) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = column(event);
  if (!held) return;
  unmark();
  if (!over || over.contains(held)) return;
  event.preventDefault();
  over.classList.add("k-drop-here");
});
document.addEventListener("drop", (event) => {
  const over = column(event);
  if (!over || over.contains(held)) return;
  event.preventDefault();
  place(held, over.dataset.column);
});
document.addEventListener("dragend", () => { unmark(); held = null; });
