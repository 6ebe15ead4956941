// Moving sessions on the grid: by keyboard, by pointer, with undo. Without it each session's form moves it.
const QUARTER = 15;
const DAY = 24 * 60;
const NIGHT_ENDS = DAY + 4 * 60; // what begins later is of the next day, which has a grid of its own
const agenda = document.querySelector("#agenda");
const token = document.querySelector("#move-token input")?.value;
const undone = [];
const done = [];
let lifted = null;

const board = () => agenda.querySelector("#board");
const grid = () => agenda.querySelector(".k-grid");
const columns = () => [...grid().querySelectorAll("[data-room]")];
const find = (id) => agenda.querySelector(`[data-session="${id}"]`);
const link = (tile) => tile.querySelector("a");
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const timeOf = (minutes) => clock(minutes % DAY);
const minutesOf = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const say = (name, values = {}) => announce(
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), board().dataset[name]),
);

function announce(text) {
  const region = document.querySelector("#announcements");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

/** Put the class that places a tile in the place of the one it has. */
function place(tile, column, begins) {
  const quarter = Math.floor(begins / QUARTER) * QUARTER;
  for (const name of [...tile.classList]) if (/^k-(in|at)-|^k-band-all$|^k-half-/.test(name)) tile.classList.remove(name);
  tile.classList.add(`k-in-${column}`, `k-at-${clock(quarter).replace(":", "")}`);
}

/** Where a session is now, as the server wants it; empty in the tray. */
function whereIs(tile) {
  if (!tile.dataset.begins) return { room: "", day: "", start_time: "" };
  const room = columns().find((head) => head.dataset.column === tile.dataset.column);
  return { room: room?.dataset.room ?? "", day: board().dataset.day, start_time: timeOf(minutesOf(tile.dataset.begins)) };
}

function toast(text, kind) {
  const box = document.createElement("div");
  box.className = `k-toast k-is-${kind}`;
  box.setAttribute("role", kind === "error" ? "alert" : "status");
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  document.querySelector("#toasts")?.replaceChildren(box);
  setTimeout(() => box.remove(), kind === "error" ? 12000 : 6000);
}

/** The page again from the server: grid, conflicts, tray and release bar agree. */
async function refresh(focused) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.reload(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const left = agenda.querySelector(".k-grid-wrap")?.scrollLeft ?? 0;
  agenda.replaceChildren(...page.querySelector("#agenda").childNodes);
  ready();
  agenda.querySelector(".k-grid-wrap").scrollLeft = left;
  const tile = focused && find(focused);
  if (tile) requestAnimationFrame(() => link(tile).focus());
}

/** Ask the server to move a session; true when it did. */
async function send(id, url, version, where) {
  board().setAttribute("aria-busy", "true");
  let answer;
  let words = {};
  try {
    answer = await fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams({ ...where, version }),
    });
    words = await answer.json();
  } catch {
    answer = { ok: false };
  }
  const text = [words.message || board().dataset.sayFailed, ...(words.conflicts ?? [])].join(" ");
  toast(text, answer.ok ? "success" : "error");
  // What was refused is drawn as the server has it: that is where it was, or where somebody else put it
  await refresh(id);
  announce(text);
  return answer.ok;
}

async function move(tile, where) {
  const { session: id, url, version } = tile.dataset;
  const from = lifted?.from ?? whereIs(tile);
  lifted = null;
  if (await send(id, url, version, where)) {
    done.push({ id, url, from, to: where });
    undone.length = 0;
    ready();
  }
}

async function again(taken, given, pick) {
  const step = taken.pop();
  if (!step) return;
  const tile = find(step.id);
  const where = pick(step);
  if (tile && await send(step.id, step.url, tile.dataset.version, where)) given.push(step);
  ready();
}

/** Pick a session up. From the tray it comes onto the first room's first free row. */
function lift(tile) {
  const from = whereIs(tile);
  const home = tile;
  let shown = tile;
  if (!tile.dataset.begins) {
    shown = document.createElement("li");
    shown.className = `k-ses ${[...tile.classList].find((name) => name.startsWith("k-type-")) ?? ""}`;
    shown.classList.add(`k-for-${Math.ceil(Number(tile.dataset.minutes) / QUARTER) * QUARTER}`);
    Object.assign(shown.dataset, tile.dataset, { column: "1", begins: clock(Math.max(Number(board().dataset.first) * QUARTER, 540)) });
    const anchor = document.createElement("a");
    anchor.href = link(tile).href;
    anchor.textContent = tile.dataset.title;
    shown.append(anchor);
    tile.hidden = true;
    tile.removeAttribute("data-session");
    grid().append(shown);
    place(shown, 1, minutesOf(shown.dataset.begins));
    wire(shown);
  }
  lifted = { tile: shown, home, from, column: Number(shown.dataset.column), begins: minutesOf(shown.dataset.begins) };
  lifted.start = { column: lifted.column, begins: lifted.begins };
  shown.classList.add("k-lifted");
  link(shown).focus();
  say("sayLifted", { title: tile.dataset.title });
}

/** Put it back where it was. */
function restore() {
  if (!lifted) return;
  const { tile, home } = lifted;
  lifted = null;
  const title = tile.dataset.title;
  if (home !== tile) {
    home.dataset.session = tile.dataset.session;
    home.hidden = false;
    tile.remove();
    link(home).focus();
  } else {
    tile.className = tile.dataset.classes;
    link(tile).focus();
  }
  say("sayBack", { title });
}

function step(columnsOn, minutesOn) {
  const { first, rows } = board().dataset;
  const earliest = Number(first) * QUARTER;
  const bottom = earliest + Number(rows) * QUARTER - Number(lifted.tile.dataset.minutes);
  const latest = Math.min(bottom, NIGHT_ENDS - QUARTER);
  lifted.column = Math.min(Math.max(lifted.column + columnsOn, 1), columns().length);
  lifted.begins = Math.min(Math.max(lifted.begins + minutesOn, earliest), Math.max(latest, earliest));
  place(lifted.tile, lifted.column, lifted.begins);
  lifted.tile.scrollIntoView({ block: "nearest", inline: "nearest" });
  say("sayAt", { time: timeOf(lifted.begins), room: columns()[lifted.column - 1].dataset.name });
}

function drop() {
  const { tile, column, begins, start, home } = lifted;
  if (home === tile && column === start.column && begins === start.begins) { restore(); return; }
  move(tile, { room: columns()[column - 1].dataset.room, day: board().dataset.day, start_time: timeOf(begins) });
}

const NOWHERE = { room: "", day: "", start_time: "" };
const isDesk = () => getComputedStyle(grid()).display === "grid";

agenda.addEventListener("keydown", (event) => {
  const tile = event.target.closest?.("[data-session]");
  if (!tile || event.ctrlKey || event.metaKey || event.altKey || !isDesk()) return;
  const key = event.key;
  if (!lifted) {
    if (key === "Enter" || key === " ") { event.preventDefault(); lift(tile); }
    else if (key === "Delete" && tile.dataset.begins) { event.preventDefault(); move(tile, NOWHERE); }
    else if (key === "o" || key === "O") { event.preventDefault(); location.href = link(tile).href; }
    return;
  }
  const inwards = document.dir === "rtl" ? -1 : 1;
  const act = {
    ArrowUp: () => step(0, -QUARTER),
    ArrowDown: () => step(0, QUARTER),
    ArrowLeft: () => step(-inwards, 0),
    ArrowRight: () => step(inwards, 0),
    Enter: drop,
    " ": drop,
    Escape: restore,
    Delete: () => (lifted.home === lifted.tile ? move(lifted.tile, NOWHERE) : restore()),
    Tab: restore,
  }[key];
  if (!act) return;
  if (key !== "Tab") event.preventDefault();
  act();
});

// By pointer: the tile follows in whole quarters and rooms; a click without moving opens it
let drag = null;

agenda.addEventListener("pointerdown", (event) => {
  const tile = event.target.closest?.("[data-session]");
  if (!tile || event.button !== 0 || event.pointerType === "touch" || !isDesk()) return;
  restore();
  drag = { tile, x: event.clientX, y: event.clientY, id: event.pointerId, moved: false };
});

addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  if (!drag.moved) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    drag.moved = true;
    const box = drag.tile.getBoundingClientRect();
    const inGrid = Boolean(drag.tile.dataset.begins);
    lift(drag.tile);
    drag.offset = inGrid ? drag.y - box.top : 8;
  }
  event.preventDefault();
  const lines = grid().querySelector(".k-lines").getBoundingClientRect();
  const height = lines.height / Number(board().dataset.rows);
  const column = columns().find((head) => {
    const box = head.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX < box.right;
  });
  const tray = agenda.querySelector("[data-tray]");
  drag.overTray = Boolean(document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-tray]"));
  tray.classList.toggle("k-tray-target", drag.overTray && lifted.home === lifted.tile);
  if (!column || drag.overTray) return;
  const quarter = Math.round((event.clientY - drag.offset - lines.top) / height);
  const begins = (Number(board().dataset.first) + quarter) * QUARTER + (lifted.start.begins % QUARTER);
  const columnsOn = Number(column.dataset.column) - lifted.column;
  if (columnsOn || begins !== lifted.begins) step(columnsOn, begins - lifted.begins);
});

addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  const { moved, overTray } = drag;
  drag = null;
  if (!moved) return;
  // The click that follows a drag must not open the session
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  agenda.querySelector("[data-tray]")?.classList.remove("k-tray-target");
  if (overTray) { if (lifted.home === lifted.tile) move(lifted.tile, NOWHERE); else restore(); }
  else drop();
});

addEventListener("pointercancel", () => { drag = null; restore(); });
agenda.addEventListener("dragstart", (event) => { if (event.target.closest("[data-session]")) event.preventDefault(); });

// A proposed mend moves without leaving the page
agenda.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-mend]");
  if (!form) return;
  event.preventDefault();
  const { version, room, day, start_time } = Object.fromEntries(new FormData(form));
  const id = form.action.match(/(\d+)\/move\/$/)[1];
  const tile = find(id);
  const from = tile ? whereIs(tile) : NOWHERE;
  send(id, form.action, version, { room, day, start_time }).then((moved) => {
    if (moved && tile) done.push({ id, url: form.action, from, to: { room, day, start_time } });
    ready();
  });
});

agenda.addEventListener("click", (event) => {
  if (event.target.closest("[data-undo]")) again(done, undone, (step) => step.from);
  if (event.target.closest("[data-redo]")) again(undone, done, (step) => step.to);
});

/** What a script can do is said once it is there. */
function wire(tile) {
  tile.dataset.classes = tile.className;
  const anchor = link(tile);
  anchor.setAttribute("role", "button");
  anchor.setAttribute("aria-describedby", "keys");
  anchor.draggable = false;
}

function ready() {
  if (!board()) return;
  board().dataset.moves = "";
  agenda.querySelectorAll("[data-session]").forEach(wire);
  agenda.querySelector("#keys").hidden = false;
  agenda.querySelector("[data-undo]").hidden = !done.length;
  agenda.querySelector("[data-redo]").hidden = !undone.length;
}

ready();
