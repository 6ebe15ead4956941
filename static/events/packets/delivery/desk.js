// The packet desk: the row whose packet is open is marked, and on a narrow screen the panel is shown.

document.addEventListener("htmx:afterSwap", (event) => {
  const panel = document.querySelector("#packet");
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
