// What every page can do. Each part works on marked elements, and each page works without it.
import { announce } from "./announce.js";
import "./find.js";

const one = (selector, within = document) => within.querySelector(selector);
const closest = (event, selector) => event.target instanceof Element && event.target.closest(selector);

// Menus: one open at a time; Escape and a click elsewhere close them
const menus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = [...menus()].pop();
  if (!open) return;
  const held = open.contains(document.activeElement);
  open.open = false;
  if (held) one("summary", open).focus();
});

// Asking before what cannot be taken back: data-confirm="Title? Text." on a form or on its button
const dialog = one("#confirm");
let asked = null;

function ask(form, button, words) {
  const [, title, text] = words.match(/^(.*?[?.])\s+([\s\S]*)$/) ?? [null, words, ""];
  one("#confirm-title", dialog).textContent = title;
  one("#confirm-text", dialog).textContent = text;
  one("#confirm-text", dialog).hidden = !text;
  const go = one("[data-confirm-go]", dialog);
  go.textContent = button?.dataset.confirmVerb || form.dataset.confirmVerb || button?.textContent.trim() || go.textContent;
  const danger = (button ?? form).matches(".k-danger") || form.hasAttribute("data-danger");
  go.classList.toggle("k-danger", danger);
  go.classList.toggle("btn-primary", !danger);
  asked = { form, button };
  dialog.returnValue = "";
  dialog.showModal();
  one("[data-confirm-stay]", dialog).focus();
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  const words = button?.dataset.confirm ?? form.dataset.confirm;
  if (!words || !dialog?.showModal || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, button, words);
}, true);

if (dialog) {
  one("[data-confirm-stay]", dialog).addEventListener("click", () => dialog.close());
  one("[data-confirm-go]", dialog).addEventListener("click", () => {
    const { form, button } = asked;
    dialog.close();
    button?.focus(); // what is sent says which button was pressed
    form.dataset.confirmed = "yes";
    form.requestSubmit(button && form.contains(button) ? button : undefined);
    delete form.dataset.confirmed;
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

// What is wrong with a form is said by the page, in its own words: a browser's bubble names one field and is gone
document.addEventListener("click", (event) => {
  const button = closest(event, "button, input[type=submit]");
  if (button?.form) button.form.noValidate = true;
}, true);

// A form with data-busy says so after 300 ms, and is not sent twice
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.hasAttribute("data-busy")) return;
  if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
  form.setAttribute("aria-busy", "true");
  form.busyTimer = setTimeout(() => {
    form.classList.add("k-is-busy");
    if (form.dataset.busy) announce(form.dataset.busy);
  }, 300);
});
// Coming back by the history shows the page as it was left
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    clearTimeout(form.busyTimer);
    form.removeAttribute("aria-busy");
    form.classList.remove("k-is-busy");
  }
});

// A select that narrows a list needs no button
document.addEventListener("change", (event) => {
  const select = closest(event, "select[data-submits]");
  if (select) select.form.requestSubmit();
});

// A part of the page that has come: what it says, and whether a field that stayed is wrong now
document.addEventListener("htmx:afterRequest", ({ detail: { target, requestConfig } }) => {
  const part = target.isConnected ? target : document.getElementById(target.id);
  const words = [...part?.querySelectorAll("[data-announce]") ?? []].map((found) => found.textContent.trim().replace(/\s+/g, " "));
  // After a change the notice says enough
  if (words.length && !(target.id === "content" && requestConfig.verb !== "get")) announce(words.join(" "));
  for (const field of document.querySelectorAll('[aria-describedby$="_error"]')) {
    field.setAttribute("aria-invalid", String(Boolean(document.getElementById(`${field.id}_error`))));
  }
  document.querySelectorAll("[data-toast]").forEach(wire);
});

// A file over data-most-bytes is not sent only to be refused: what the server would say, in data-too-large
document.addEventListener("change", (event) => {
  const input = closest(event, "input[type=file][data-most-bytes]");
  if (!input) return;
  const large = [...input.files].find((file) => file.size > Number(input.dataset.mostBytes));
  if (large) { input.value = ""; announce(input.dataset.tooLarge); }
  let said = one(`[data-said-of="${input.id}"]`);
  if (large && !said) {
    said = document.createElement("p");
    said.className = "k-error";
    said.dataset.saidOf = input.id;
    input.after(said);
  }
  if (said) said.textContent = large ? input.dataset.tooLarge : "";
});

// Toasts: dismissed by hand; good news leaves by itself unless somebody is reading it
function wire(toast) {
  const leave = () => toast.remove();
  const button = one("[data-toast-dismiss]", toast);
  if (!button?.hidden) return; // it is wired
  if (button) { button.hidden = false; button.addEventListener("click", leave); }
  if (!toast.hasAttribute("data-toast-leaves") || one("a, .btn:not([data-toast-dismiss])", toast)) return;
  let timer = setTimeout(leave, 8000);
  const stay = () => clearTimeout(timer);
  const go = () => { stay(); timer = setTimeout(leave, 4000); };
  toast.addEventListener("mouseenter", stay);
  toast.addEventListener("mouseleave", go);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", go);
}
document.querySelectorAll("[data-toast]").forEach(wire);

// data-copy="text", or data-copy-from="#id": to the clipboard
document.addEventListener("click", async (event) => {
  const button = closest(event, "[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && one(button.dataset.copyFrom);
  const text = button.dataset.copy ?? source?.value ?? source?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text.trim());
    button.classList.add("k-copied");
    announce(button.dataset.copied || button.textContent.trim());
    setTimeout(() => button.classList.remove("k-copied"), 2000);
  } catch {
    source?.select?.();
  }
});
// Without a clipboard there is no button for it
if (!navigator.clipboard) document.querySelectorAll("[data-copy], [data-copy-from]").forEach((button) => { button.hidden = true; });

// What is wrong with a form is read first
one("[data-focus]:not([data-sample] *)")?.focus();

// Who signs out leaves nothing on the device: what waits to be sent is named first, then all is wiped
document.addEventListener("submit", async (event) => {
  const { target: form } = event;
  if (!form.hasAttribute("data-signs-out") || form.dataset.wiped) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const sure = form.dataset.confirmed;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
  try {
    const { unsent, wipe } = await import("../offline/queue.js");
    const count = await unsent();
    if (count && !sure && dialog?.showModal) {
      ask(form, null, form.dataset.unsent.replace("{count}", count));
      return;
    }
    await wipe();
  } catch (error) {
    console.error(error); // a browser that lets us keep nothing keeps nobody signed in
  }
  form.dataset.wiped = "yes";
  form.submit();
}, true);

// A page on paper: data-print on a button
document.addEventListener("click", (event) => {
  if (closest(event, "[data-print]")) window.print();
});
