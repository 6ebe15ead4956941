// What the page of a room shows. Words come from its data attributes, shapes from its templates.
import * as clocks from "./clock.js";
import { agrees, ahead, median, running, spreadOf, widest } from "./state.js";

const room = document.querySelector("[data-room]");
const one = (selector, within = room) => within.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";
const zone = room.dataset.zone;
const language = document.documentElement.lang;
const hour = (at) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
const day = (date) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00Z`));

export const say = (name, values = {}) => room.dataset[`says${name}`].replace(/\{(\w+)\}/g, (_all, word) => values[word]);
const write = (selector, words, within = room) => { one(selector, within).textContent = words; };
const dealWords = (deal) => [deal.who, deal.name || say("NoForm"), deal.value].filter(Boolean).join(", ");

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Rows of a list, each from a template; `fill` writes into it. Whoever had the focus keeps it. */
function rows(selector, template, things, fill) {
  const held = document.activeElement?.dataset?.focus;
  one(selector).replaceChildren(...things.map((thing, n) => {
    const line = one(`template[${template}]`).content.cloneNode(true).firstElementChild;
    fill(line, thing, n);
    return line;
  }));
  if (held && !document.activeElement?.dataset?.focus) one(`[data-focus="${CSS.escape(held)}"]`)?.focus();
}

function button(line, selector, { tap, words, name, ...values }) {
  const found = one(selector, line);
  found.hidden = !tap;
  if (!tap) return;
  Object.assign(found.dataset, { tap, ...values, focus: `${tap} ${values.key ?? values.id}` });
  if (words) write("span", words, found);
  found.setAttribute("aria-label", `${words ?? found.getAttribute("aria-label")}: ${name}`);
}

// The clock
function bar(clock, at, given) {
  const all = given.reduce((sum, seconds) => sum + seconds, 0);
  const used = clock ? clocks.usedAt(clock, at) : given.map(() => 0);
  let x = 0;
  const parts = given.flatMap((seconds, n) => {
    const width = (seconds / all) * 600 - 3;
    const isDone = clock && n < clock.part;
    const done = isDone ? width : Math.min(1, used[n] / seconds) * width;
    const made = [shape("rect", { x, y: 0, width, height: 10, class: "k-p-rest" }), shape("rect", { x, y: 0, width: done, height: 10, class: isDone ? "k-p-done" : "k-p-now" })];
    x += width + 3;
    return made;
  });
  one("[data-bar]").replaceChildren(...parts);
  return used;
}

export function tick(state, { deal, at }) {
  const on = running(state);
  const shown = on ?? deal;
  const clock = on?.clock;
  const given = clock?.given ?? state.given;
  const used = bar(clock, at, given);
  const left = clock ? clocks.leftAt(clock, at) : given.reduce((sum, seconds) => sum + seconds, 0);
  const words = clocks.written(left);
  for (const place of room.querySelectorAll("[data-left]")) place.textContent = words;
  write("[data-of]", clock ? say(left < 0 ? "Over" : clock.is_paused ? "Paused" : "LeftOf", { minutes: Math.round(given[clock.part] / 60) }) : say("Planned"));
  write("[data-part]", clock ? state.parts[clock.part] : ahead(state).length ? say("NotBegun") : say("AllDone"));
  write("[data-deal]", shown ? dealWords(shown) : "");
  for (const [n, line] of [...one("[data-parts]").children].entries()) {
    const over = clock && n < clock.part ? used[n] - given[n] : 0;
    const says = clock && n < clock.part ? clocks.written(used[n]) : clock && n === clock.part ? say("Left", { time: words }) : say("Minutes", { minutes: Math.round(given[n] / 60) });
    line.toggleAttribute("aria-current", Boolean(clock && n === clock.part));
    write("span", says, line);
    write("em", over > 0 ? clocks.written(-over) : "", line);
  }
  const ends = at + 1000 * ((clock ? clocks.restAt(clock, at) : 0) + ahead(state).length * state.given.reduce((sum, seconds) => sum + seconds, 0));
  const end = state.ends_at && Date.parse(state.ends_at);
  const late = end ? Math.round((ends - end) / 60000) : 0;
  const none = !clock && !ahead(state).length;
  one("[data-ends]").hidden = none;
  write("[data-ends] b", say(!end || Math.abs(late) > 120 ? "Ends" : late > 0 ? "EndsLate" : "EndsEarly", { time: hour(ends), minutes: Math.abs(late) }));
  const fit = one("[data-tap=fit]");
  fit.hidden = !(clock && late > 0 && end > at);
  write("span", end ? say("Fit", { time: hour(end) }) : "", fit);
}

function acts(state, deal) {
  const on = running(state);
  const next = one("[data-tap=next]");
  const begins = !on && (deal && !deal.began_at && !deal.is_skipped ? deal : ahead(state)[0]);
  next.hidden = !on && !begins;
  if (on) write("span", on.clock.part + 1 < clocks.PARTS ? say("Next", { part: state.parts[on.clock.part + 1] }) : say("Finish"), next);
  else if (begins) write("span", say("Begin", { deal: begins.name || begins.who }), next);
  for (const name of ["more", "pause"]) one(`[data-tap=${name}]`).hidden = !on;
  one("[data-tap=pause]").setAttribute("aria-label", say(on?.clock.is_paused ? "Resume" : "Pause"));
  one("[data-tap=pause]").setAttribute("aria-pressed", String(Boolean(on?.clock.is_paused)));
}

// Scores
function strip(line, values, own, who) {
  const drawn = one("svg", line);
  drawn.toggleAttribute("hidden", !values.length);
  const marks = [44, 88, 132].map((x) => shape("line", { class: "k-cell", x1: x, x2: x, y1: 2, y2: 26 }));
  const seen = [0, 0, 0, 0];
  for (const value of values) {
    const n = seen[value]++;
    const row = Math.floor(n / 4);
    const many = Math.min(4, values.filter((other) => other === value).length - row * 4);
    marks.push(shape("circle", { class: "k-dotn", cx: value * 44 + 22 + ((n % 4) - (many - 1) / 2) * 9, cy: 19 - row * 9, r: 3.5 }));
  }
  if (own !== null) marks.push(shape("path", { class: "k-own", d: `M${own * 44 + 17.5} 27h9l-4.5 -4.5z` }));
  drawn.replaceChildren(...marks);
  const counts = [0, 1, 2, 3].map((value) => [values.filter((other) => other === value).length, value]).filter(([count]) => count);
  drawn.setAttribute("aria-label", [...counts.map(([count, value]) => say("CountSays", { count, value })), ...(own === null ? [] : [say("OwnSays", { who, value: own })])].join(", "));
}

const either = (values) => [...new Set(values)].join(` ${say("Or")} `);

function scores(state, deal) {
  const given = Object.values(deal.scores).some((values) => values.length);
  const isShown = Boolean(deal.shown_at) && given;
  const split = isShown ? widest(deal.scores) : null;
  const letter = split && state.letters.find(({ key }) => key === split.key);
  const scorers = state.people.filter(({ id, is_here }) => id !== deal.person && is_here !== false);
  const missing = scorers.filter(({ id }) => !deal.scored.includes(id));
  if (split) {
    const [little, much] = split.sides;
    write("[data-heading]", say("Splits", { letter: letter.name, high: say("SomeSay", { count: much.length, values: either(much) }), low: say("SomeSay", { count: little.length, values: either(little) }) }));
    write("[data-talk]", say("Talk", { values: either(little), asks: letter.asks }));
  } else {
    write("[data-heading]", isShown ? say("Agree") : dealWords(deal));
    write("[data-talk]", isShown ? say("AgreeTalk") : say("Scored", { count: deal.scored.length, all: scorers.length }) + (missing.length && deal.scored.length ? ` ${say("Missing", { names: missing.map(({ short }) => short).join(", ") })}` : ""));
  }
  rows("[data-letters]", "data-letter", state.letters, (line, { key, initial, name, asks }) => {
    const { own, evidence } = deal.letters[key];
    const values = isShown ? deal.scores[key] : [];
    write("b", initial, line);
    write("strong", name, line);
    const said = one("small", line);
    said.textContent = evidence || (own ? "" : say("NoEvidence"));
    said.classList.toggle("k-empty-ev", !evidence);
    said.title = asks;
    strip(line, values, own, deal.who);
    line.classList.toggle("k-agreed", agrees(values));
    line.classList.toggle("k-hot", split?.key === key);
    write("[data-median]", values.length ? median(values) : own ?? "–", line);
    const mark = one("[data-mark]", line);
    mark.className = split?.key === key ? "k-tag k-now" : `k-spread${agrees(values) ? " k-same" : ""}`;
    mark.textContent = split?.key === key ? say("TalkNow") : !values.length ? say("Own") : agrees(values) ? say("Agreed") : say("Apart", { count: spreadOf(values) });
  });
  const own = Object.values(deal.letters).reduce((sum, { own: score }) => sum + (score ?? 0), 0);
  const group = isShown ? Object.values(deal.scores).reduce((sum, values) => sum + (values.length ? median(values) : 0), 0) : 0;
  write("[data-total]", isShown ? say("Totals", { group, who: deal.who, own, time: hour(Date.parse(deal.shown_at)) }) : deal.has_form ? say("OwnTotal", { who: deal.who, own }) : "");
  one("[data-tap=show]").hidden = isShown;
  one("[data-tap=show]").disabled = !given;
  one("[data-tap=again]").hidden = !isShown;
  one("[data-enter]").closest("details").hidden = isShown || !missing.length;
  options("[data-enter] [name=person]", missing);
}

function options(selector, people) {
  const list = one(selector);
  const { value } = list;
  list.replaceChildren(...people.map(({ id, short }) => new Option(short, id)));
  if ([...list.options].some((option) => option.value === value)) list.value = value;
}

// The deal, what comes of it, who is there
function form(deal) {
  one("[data-no-form]").hidden = deal.has_form;
  one("[data-form]").hidden = !deal.has_form;
  write("[data-ask]", deal.ask || "–");
  write("[data-next-step]", deal.next_step || "–");
  for (const [name, lines] of [["stakeholders", deal.stakeholders], ["risks", deal.risks], ["warnings", deal.warnings]]) {
    one(`[data-${name}]`).replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }
  const note = one("[data-crm]");
  note.hidden = !deal.is_closed && !deal.gone;
  write("span", [deal.is_closed && say("Closed", { crm: deal.crm }), deal.gone && say("Gone", { who: deal.who, where: deal.gone })].filter(Boolean).join(" "), note);
}

function outcomes(state, deal) {
  const steps = state.steps.filter(({ turn }) => turn === deal.key);
  const names = Object.fromEntries(state.people.map(({ id, short }) => [id, short]));
  for (const place of room.querySelectorAll("[data-steps-count]")) place.textContent = steps.length;
  rows("[data-steps]", "data-step-line", steps, (line, { key, words, owner, by }) => {
    write("strong", words, line);
    write("small", [names[owner] ?? "", day(by)].filter(Boolean).join(" · "), line);
    button(line, "[data-change]", { tap: "change", key, name: words });
    button(line, "[data-drop]", { tap: "drop", key, name: words });
  });
  options("[data-step] [name=owner]", [...state.people].sort((a, b) => (b.id === deal.person) - (a.id === deal.person)));
  for (const radio of one("[data-verdict]").querySelectorAll("input")) radio.checked = radio.value === deal.verdict;
  write("[data-verdict-of]", deal.name || deal.who);
}

function lists(state, deal) {
  const on = running(state);
  const open = ahead(state);
  rows("[data-deals]", "data-deal-line", state.deals, (line, each, n) => {
    const isNow = each === on;
    const done = each.verdict || (each.clock && clocks.isOver(each.clock));
    line.classList.toggle("k-is-over", Boolean(done));
    if (each.key === deal.key) line.setAttribute("aria-current", "true");
    write("time", each.began_at ? hour(Date.parse(each.began_at)) : `${n + 1}.`, line);
    button(line, "[data-look]", { tap: "look", key: each.key, words: each.name || each.who, name: each.who });
    write("small", [each.who, each.value, each.is_skipped ? say("Skipped") : each.gone].filter(Boolean).join(" · "), line);
    const mark = one("[data-mark]", line);
    mark.className = isNow ? "k-tag k-now" : done ? "k-state k-done" : "k-state k-wait";
    mark.textContent = isNow ? say("Now") : each.verdict ? room.querySelector(`[data-verdict] [value=${each.verdict}]`).dataset.word : done ? say("Done") : each.is_closed ? each.crm : "";
    mark.hidden = !mark.textContent;
    const may = !each.began_at && !each.gone;
    button(line, "[data-skip]", may ? { tap: "skip", key: each.key, is: each.is_skipped ? "no" : "yes", words: say(each.is_skipped ? "TakeIn" : "LeaveOut"), name: each.name || each.who } : {});
    button(line, "[data-up]", may && n && !state.deals[n - 1].began_at ? { tap: "up", key: each.key, name: each.name || each.who } : {});
  });
  write("[data-deals-count]", say("DealsLeft", { count: open.length, all: state.deals.length }));
  const here = state.people.filter(({ is_here }) => is_here).length;
  for (const place of room.querySelectorAll("[data-here-count]")) place.textContent = say("AreHere", { count: here, all: state.people.length });
  rows("[data-people]", "data-person-line", state.people, (line, { id, name, short, note, is_here, leads }) => {
    line.classList.toggle("k-absent", is_here === false);
    write("[data-initial]", [...name][0], line);
    write("bdi", name, line);
    write("small", [note, leads ? say("Leads") : "", is_here === false ? say("NotHere") : ""].filter(Boolean).join(" · "), line);
    button(line, "[data-mark]", { tap: "here", id, is: is_here ? "no" : "yes", words: say(is_here ? "Here" : "IsHere"), name: short });
    one("[data-mark]", line).setAttribute("aria-pressed", String(Boolean(is_here)));
  });
}

function kept({ count, downSince, network, age }) {
  one("[data-tosend]").hidden = !count && downSince === null && network === "ok";
  write("[data-tosend] span", say("ToSend", { count }));
  one("[data-network]").hidden = downSince === null && network !== "refused";
  if (network === "refused") write("[data-network] span", say("Refused"));
  else if (downSince !== null) write("[data-network] span", say("Offline", { time: hour(downSince), age: hour(age) }));
}

export function paint(state, { deal, at, ...of }) {
  kept(of);
  one("[data-empty]").hidden = state.people.length > 0 && state.deals.length > 0;
  one("[data-taken]").hidden = state.leader === state.me;
  one("[data-filled]").hidden = !deal;
  tick(state, { deal, at });
  acts(state, deal);
  if (!deal) return;
  scores(state, deal);
  form(deal);
  outcomes(state, deal);
  lists(state, deal);
}
