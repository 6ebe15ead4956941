// The amounts of a cascade, as in a sheet: set when the field is left, up and down go from one to
// the next, Escape gives back what was there.

const fields = () => [...document.querySelectorAll("form[data-amount] input[name=amount]")];
const fieldOf = (event) => event.target.closest?.("form[data-amount] input[name=amount]");

document.addEventListener("change", (event) => {
  const field = fieldOf(event);
  if (field) field.form.requestSubmit();
});

document.addEventListener("focusin", (event) => {
  const field = fieldOf(event);
  if (field) field.select();
});

document.addEventListener("keydown", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  if (event.key === "Escape") {
    field.form.reset();
    field.select();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = step ? fields() : [];
  const next = all[all.indexOf(field) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
