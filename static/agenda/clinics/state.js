// What holds in a room: what the server said last, and on top of it each act that is still to be sent.
import { isOver } from "./clock.js";

const changed = {
  HERE: (state, { said }) => { for (const one of state.people) if (one.id === said.person) one.is_here = said.is_here; },
  ORDER: (state, { said }) => { state.deals.sort((one, other) => said.turns.indexOf(one.key) - said.turns.indexOf(other.key)); },
  MINUTES: (state, { said }) => { state.given = said.given; },
  DROP: (state, { said }) => { state.steps = state.steps.filter((step) => step.key !== said.step); },
  SKIP: (_state, { said }, deal) => { deal.is_skipped = said.is_skipped; },
  CLOCK: (_state, { said, at }, deal) => { deal.clock = said.clock; deal.began_at ??= at; },
  SHOW: (_state, { at }, deal) => { deal.shown_at ??= at; },
  AGAIN: (_state, _act, deal) => {
    Object.assign(deal, { shown_at: null, scored: [] });
    for (const key of Object.keys(deal.scores)) deal.scores[key] = [];
  },
  VERDICT: (_state, { said }, deal) => { deal.verdict = said.verdict; },
  SCORE: (_state, { said }, deal) => {
    if (deal.shown_at || deal.scored.includes(said.person)) return;
    deal.scored.push(said.person);
    for (const [key, score] of Object.entries(said.letters)) deal.scores[key] = [...deal.scores[key], score].sort();
  },
  STEP: (state, { said, turn }) => {
    const step = { key: said.step, turn, words: said.words, owner: said.owner, by: said.by };
    const place = state.steps.findIndex(({ key }) => key === said.step);
    if (place < 0) state.steps.push(step);
    else state.steps[place] = step;
  },
};

export function withActs(state, acts) {
  const held = structuredClone(state);
  for (const act of acts) {
    const deal = held.deals.find(({ key }) => key === act.turn);
    if (!act.turn || deal) changed[act.kind](held, act, deal);
  }
  return held;
}

/** The deal whose clock runs: of several, the one that began last. */
export const running = (state) => state.deals
  .filter(({ clock }) => clock && !isOver(clock))
  .sort((one, other) => Date.parse(other.began_at) - Date.parse(one.began_at))[0];

export const ahead = (state) => state.deals.filter((deal) => !deal.began_at && !deal.is_skipped && !deal.gone);

const apart = (values) => (values.length ? values.at(-1) - values[0] : 0);

/** Those who say little and those who say much: cut where the gap is widest. */
function sides(values) {
  const gaps = values.slice(1).map((value, n) => value - values[n]);
  const cut = gaps.indexOf(Math.max(...gaps)) + 1;
  return [values.slice(0, cut), values.slice(cut)];
}

export function median(values) {
  const middle = values.length / 2;
  return values.length % 2 ? values[Math.floor(middle)] : (values[middle - 1] + values[middle]) / 2;
}

export const agrees = (values) => apart(values) <= 1;

/** The letter to talk about: that which splits the group most, and most evenly. */
export function widest(scores) {
  const split = Object.entries(scores).filter(([, values]) => !agrees(values));
  const rank = (values) => apart(values) * 100 + Math.min(...sides(values).map((side) => side.length));
  const found = split.sort(([, one], [, other]) => rank(other) - rank(one))[0];
  return found && { key: found[0], apart: apart(found[1]), sides: sides(found[1]) };
}

export const spreadOf = apart;
