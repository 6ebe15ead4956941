// Lists at once: what narrows, sorts, pages or changes a list asks for the page and exchanges the
// sheet alone (`{% at_once %}`), so that focus and place stay. Without it each is a link or a form.

const sheet = () => document.querySelector("#content");
const one = (selector, within = document) => within?.querySelector(selector);

// Finding as one types; on a phone an exchanged field would shut the keyboard, so there by Enter
let typing = null;
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-finds]") || !matchMedia("(pointer: fine)").matches) return;
  clearTimeout(typing);
  typing = setTimeout(() => target.form?.isConnected && target.form.requestSubmit(), 350);
});

// A change leads back to its list, which is not a page more to go back from
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history, requestConfig, xhr } }) => {
  if (requestConfig.verb === "get") return;
  history.type = "replace";
  if (xhr.status === 422) history.path = location.pathname + location.search;
});

// Where somebody is: the row of the focus, and those after it
let rows = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail: { xhr, requestConfig, target } } = event;
  // Whoever was signed out meanwhile signs in on a page of its own; what asks by itself only says so
  if (!requestConfig.elt.matches("[data-every]") && new URL(xhr.responseURL, location).pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    location.reload();
    return;
  }
  if (target !== sheet()) return;
  const field = document.activeElement;
  // They have typed on: the next answer is the one they wait for
  if (field?.matches("[data-finds]") && requestConfig.verb === "get" && requestConfig.elt === field.form
    && field.value !== (new URL(xhr.responseURL, location).searchParams.get(field.name) ?? "")) {
    event.detail.shouldSwap = false;
    return;
  }
  const row = field?.closest("tr[id]");
  rows = row ? [...document.querySelectorAll("tr[id]")].map(({ id }) => id) : [];
  rows = rows.slice(rows.indexOf(row?.id));
});

document.addEventListener("htmx:afterRequest", ({ detail: { target } }) => {
  if (target.id !== "content") return;
  document.querySelectorAll("form[data-selection]").forEach(count);
  const wrong = one("[data-focus]", sheet());
  if (wrong) wrong.focus();
  if (document.activeElement !== document.body) return;
  // What had the focus is gone or folded away: the row that took its place, else the sheet
  const near = rows.map((id) => document.getElementById(id)).find((found) => found?.checkVisibility());
  ((near && (one("button", near) ?? one("a[href]", near))) ?? sheet()).focus({ preventScroll: !near });
});

// Ticked rows: how many, and what can be done with them, in the bar above the list
const ticks = (form) => [...document.querySelectorAll(`input[data-row][form="${form.id}"]`)];

function count(form) {
  const all = ticks(form);
  const ticked = all.filter((tick) => tick.checked).length;
  one("[data-ticked]", form).textContent = ticked;
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "some") !== ticked > 0;
  const every = one(`input[data-every][form="${form.id}"]`);
  if (!every) return;
  every.hidden = !all.length;
  every.checked = ticked > 0 && ticked === all.length;
  every.indeterminate = ticked > 0 && ticked < all.length;
}

let last = null;
document.addEventListener("click", ({ target, shiftKey }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches("[data-row], [data-every]")) return;
  const all = ticks(target.form);
  if (target.matches("[data-every]")) for (const tick of all) tick.checked = target.checked;
  else {
    const [from, to] = [all.indexOf(last), all.indexOf(target)].sort((a, b) => a - b);
    if (shiftKey && from >= 0) for (const tick of all.slice(from, to)) tick.checked = target.checked;
    last = target;
  }
  count(target.form);
});

function clear(form) {
  for (const tick of ticks(form)) tick.checked = false;
  count(form);
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-clear]");
  if (button) { clear(button.form); one("input[data-row]")?.focus(); }
});

// Escape leaves a row that is being changed, else the choice
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || one("details[data-menu][open], dialog[open]")) return;
  const leave = event.target.closest?.("tr")?.querySelector("[data-leave]");
  if (leave) leave.click();
  else document.querySelectorAll("form[data-selection]").forEach(clear);
});

const start = () => document.querySelectorAll("form[data-selection]").forEach(count);
start();
// The browser may bring ticks back with the page
addEventListener("pageshow", start);
