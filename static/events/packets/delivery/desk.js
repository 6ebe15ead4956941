// The packet desk: the row whose packet is open is marked, and on a narrow screen the panel is shown.

const panel = document.querySelector("#packet");

document.addEventListener("htmx:afterSwap", (event) => {
  if (!panel || event.detail.target !== panel) return;
  const link = event.detail.requestConfig?.elt;
  for (const row of document.querySelectorAll("tr.k-picked")) {
    row.classList.remove("k-picked");
    row.querySelector("[data-opens]")?.removeAttribute("aria-current");
  }
  link?.closest("tr")?.classList.add("k-picked");
  link?.setAttribute("aria-current", "true");
  if (matchMedia("(max-width: 75rem)").matches) {
    panel.scrollIntoView({ block: "start" });
    panel.focus({ preventScroll: true });
  }
});

// Ticked rows: how many, and what can be done with them, above the list
const bulk = document.querySelector("#bulk");
const ticks = document.querySelectorAll('input[name="packet"][form="bulk"]');
function count() {
  const ticked = [...ticks].filter((tick) => tick.checked).length;
  bulk.hidden = !ticked;
  bulk.querySelector("[data-ticked]").textContent = ticked;
}
if (bulk) {
  count();
  for (const tick of ticks) tick.addEventListener("change", count);
  addEventListener("pageshow", count);
}
