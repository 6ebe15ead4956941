// The search that every page opens: what is found stands beneath the field, arrow keys choose, Enter goes.
// Without a script the same field is a page
const dialog = document.querySelector("#find");

if (dialog?.showModal) {
  const field = dialog.querySelector("input");
  const place = dialog.querySelector("#find-found");
  const options = () => [...place.querySelectorAll("[role=option]")];
  const chosen = () => place.querySelector("[aria-selected=true]");

  const open = () => {
    if (document.querySelector("dialog[open]")) return;
    dialog.showModal();
    field.focus();
    field.select();
  };

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    field.toggleAttribute("aria-activedescendant", Boolean(option));
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const writes = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!command && (!slash || writes)) return;
    if (event.target.closest?.("dialog[open]:not(#find)")) return;
    event.preventDefault();
    open();
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-find]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-find-close]")) dialog.close();
  });

  field.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[at <= 0 ? all.length - 1 : at - 1]);
    else if (event.key === "Enter" && at >= 0) all[at].click();
    else return;
    event.preventDefault();
  });

  let timer = null;
  let asked = null;

  // What was found for other words is chosen no more
  field.addEventListener("input", () => {
    choose(null);
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    try {
      const words = new URLSearchParams({ q: field.value });
      const answer = await fetch(`${dialog.dataset.now}?${words}`, { signal: asked.signal });
      // Whoever is signed out is sent to sign in, which is no list
      if (answer.redirected) field.form.submit();
      else if (answer.ok) show(await answer.text());
    } catch {
      // Other words are asked for, or there is no connection: Enter still goes to the page
    }
  }

  function show(found) {
    place.innerHTML = found;
    field.setAttribute("aria-expanded", String(options().length > 0));
    dialog.querySelector("[role=status]").textContent = place.querySelector("[data-says]").textContent;
    choose(options()[0]);
  }
}
