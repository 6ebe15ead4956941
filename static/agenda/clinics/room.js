// A group's room on its facilitator's device: each tap goes into the queue first, and from there to the server,
// now or later. What the page shows is the last that the server said, with what waits on top.
import { announce } from "../../core/ui/announce.js";
import { flush, forget, keep, keepPage, kept, push, waiting } from "../../core/offline/queue.js";
import * as clocks from "./clock.js";
import { paint, say, tick } from "./paint.js";
import { ahead, running, withActs } from "./state.js";

const room = document.querySelector("[data-room]");
const { dataset: data } = room;
const one = (selector, within = room) => within.querySelector(selector);
const place = `clinic:${data.room}:${data.me}`; // of this person: nobody sends what somebody else did
const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";

let base = null; // what the server said last
let state = null; // with what waits
let skew = 0; // milliseconds that the server's clock is ahead of this one
let chosen = ""; // the deal that is looked at, where it is not the one that is on
let downSince = null;
let network = "ok";
const taken = new Set(); // acts that the server has and `base` too, until they leave the queue
const now = () => Date.now() + skew;
const looked = () => state.deals.find(({ key }) => key === chosen) ?? running(state) ?? ahead(state)[0] ?? state.deals.at(-1);

async function show() {
  if (!base) return;
  const acts = (await waiting(place)).filter(({ key }) => !taken.has(key));
  state = withActs(base, acts);
  paint(state, { deal: looked(), at: now(), count: acts.length, downSince, network, age: base.keptAt });
}

// Each act
async function act(kind, said = {}, turn = "") {
  const at = now();
  await push(place, { key: crypto.randomUUID(), order: at, kind, said, turn, at: new Date(at).toISOString() });
  await show();
  send();
}

const run = (deal, clock) => act("CLOCK", { clock }, deal.key);

async function fit() {
  const deal = running(state);
  const later = ahead(state).length * state.given.reduce((all, given) => all + given, 0);
  const left = (Date.parse(state.ends_at) - now()) / 1000;
  const share = left / (clocks.restAt(deal.clock, now()) + later);
  if (later) await act("MINUTES", { given: clocks.shorter(state.given, share) });
  await run(deal, clocks.fitted(deal.clock, now(), share));
}

const taps = {
  next: () => {
    const deal = running(state);
    if (deal) return run(deal, clocks.next(deal.clock, now()));
    const found = ahead(state).find(({ key }) => key === chosen) ?? ahead(state)[0];
    chosen = "";
    return found && run(found, clocks.begin(state.given, now()));
  },
  more: () => run(running(state), clocks.more(running(state).clock, 60)),
  pause: () => run(running(state), clocks.pause(running(state).clock, now())),
  fit,
  show: () => act("SHOW", {}, looked().key),
  again: () => act("AGAIN", {}, looked().key),
  look: ({ key }) => { chosen = key; return show(); },
  here: ({ id, is }) => act("HERE", { person: Number(id), is_here: is === "yes" }),
  skip: ({ key, is }) => act("SKIP", { is_skipped: is === "yes" }, key),
  up: ({ key }) => {
    const turns = state.deals.map((deal) => deal.key);
    const from = turns.indexOf(key);
    turns.splice(from - 1, 2, key, turns[from - 1]);
    return act("ORDER", { turns });
  },
  drop: ({ key }) => act("DROP", { step: key }),
  change: ({ key }) => {
    const step = state.steps.find((each) => each.key === key);
    const form = one("[data-step]");
    Object.assign(form.elements.step, { value: key });
    Object.assign(form.elements.words, { value: step.words });
    Object.assign(form.elements.owner, { value: step.owner });
    Object.assign(form.elements.by, { value: step.by });
    form.elements.words.focus();
  },
};

room.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-tap]");
  if (button && state) taps[button.dataset.tap](button.dataset);
});

one("[data-step]").addEventListener("submit", (event) => {
  event.preventDefault();
  const { step, words, owner, by } = event.target.elements;
  const said = { step: step.value || crypto.randomUUID(), words: words.value.trim(), owner: Number(owner.value), by: by.value };
  if (!said.words) return words.focus();
  const turn = state.steps.find(({ key }) => key === said.step)?.turn ?? looked().key;
  step.value = words.value = "";
  words.focus();
  act("STEP", said, turn);
});

one("[data-verdict]").addEventListener("change", ({ target }) => act("VERDICT", { verdict: target.value }, looked().key));

one("[data-enter]").addEventListener("submit", (event) => {
  event.preventDefault();
  const values = new FormData(event.target);
  const person = Number(values.get("person"));
  const letters = Object.fromEntries(base.letters.map(({ key }) => [key, Number(values.get(key))]));
  if (!person) return;
  event.target.reset();
  act("SCORE", { person, letters }, looked().key);
  announce(say("Entered"));
});

// Sending: what fails for want of a network is marked so, and goes later
async function post(batch) {
  const acts = batch.map(({ place: _place, order: _order, ...thing }) => thing);
  const answer = await fetch(data.acts, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ sent_at: new Date(now()).toISOString(), acts }),
  });
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { status: answer.status });
  const answers = await answer.json();
  const good = new Set(answers.filter(({ state: came }) => came === "kept").map(({ key }) => key));
  base &&= withActs(base, batch.filter(({ key }) => good.has(key)));
  for (const { key } of answers) taken.add(key);
  return answers;
}

async function learn() {
  const answer = await fetch(data.state);
  if (answer.redirected || answer.status === 404) return forget(); // signed out, or not theirs any more
  if (!answer.ok) return null;
  const said = await answer.json();
  skew = Date.parse(said.at) - Date.now();
  base = { ...said, keptAt: Date.now() };
  taken.clear();
  return keep(place, base);
}

function refused(words) {
  one("[data-refused]").hidden = false;
  one("[data-refused] span").textContent = words;
  announce(words);
}

async function sendAll() {
  try {
    let answers;
    do {
      answers = await flush(place, post);
      for (const { state: came, words } of answers) if (came === "refused") refused(words);
    } while (answers.length);
    await learn();
    downSince = null;
    network = "ok";
  } catch (error) {
    network = error.status ? "refused" : "down"; // where the server answered, the network is there
    if (!error.status) {
      downSince ??= Date.now();
      for (const thing of await waiting(place)) if (!thing.was_offline) await push(place, { ...thing, was_offline: true });
    }
  }
  await show();
}

let sending = Promise.resolve();
function send() {
  sending = sending.then(sendAll, sendAll);
  return sending;
}

const copy = await kept(place);
if (copy) {
  base = copy.value;
  skew = Date.parse(base.at) - base.keptAt;
  await show();
}
await send();
if (!base) one("[data-empty]").hidden = false;
window.addEventListener("online", send);
setInterval(() => state && tick(state, { deal: looked(), at: now() }), 1000);
setInterval(() => (document.hidden ? null : send()), 10000);
await keepPage(data.worker);
room.dataset.ready = "yes";
