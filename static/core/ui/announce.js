/** Say something to screen readers without moving the focus. */
export function announce(text) {
  const region = document.querySelector("#announcements");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}
