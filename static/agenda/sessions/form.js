// Fields that name people, one a line: an input beside them finds people as one types.
const form = document.querySelector("[data-people]");
const WAIT = 180;

function finder(area) {
  const list = document.createElement("datalist");
  list.id = `${area.id}-found`;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "form-control k-topgap";
  input.autocomplete = "off";
  input.placeholder = form.dataset.addPerson;
  input.setAttribute("aria-label", form.dataset.addPerson);
  input.setAttribute("list", list.id);
  let timer;
  let offered = [];

  const take = () => {
    if (!offered.includes(input.value)) return false;
    const lines = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.includes(input.value)) lines.push(input.value);
    area.value = `${lines.join("\n")}\n`;
    input.value = "";
    list.replaceChildren();
    return true;
  };

  input.addEventListener("input", () => {
    if (take()) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const answer = await fetch(`${form.dataset.people}?q=${encodeURIComponent(input.value)}`);
      if (!answer.ok) return;
      offered = (await answer.json()).people;
      list.replaceChildren(...offered.map((person) => Object.assign(document.createElement("option"), { value: person })));
    }, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!take() && offered.length === 1) { [input.value] = offered; take(); }
  });
  area.after(input, list);
}

if (form) for (const name of ["speakers", "facilitators"]) {
  const area = form.querySelector(`[name="${name}"]`);
  if (area) finder(area);
}
