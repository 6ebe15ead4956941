// The clock of one deal: which part runs, since when, seconds used and given by part. It runs on the device, with
// a network or without. Moments are milliseconds; the server reads the same in agenda.clinics.rules.clock.
export const PARTS = 6;
const LEAST = 30; // seconds that a part keeps when time is short
const sum = (all) => all.reduce((one, other) => one + other, 0);

export const begin = (given, at) => ({ part: 0, since: new Date(at).toISOString(), used: given.map(() => 0), given, is_paused: false });

export const isOver = (clock) => clock.part >= PARTS;

export function usedAt(clock, at) {
  const run = isOver(clock) || clock.is_paused ? 0 : Math.max(0, Math.floor((at - Date.parse(clock.since)) / 1000));
  return clock.used.map((used, n) => used + (n === clock.part ? run : 0));
}

/** Seconds that the part has left; less than 0 where it is over its time. */
export const leftAt = (clock, at) => (isOver(clock) ? 0 : clock.given[clock.part] - usedAt(clock, at)[clock.part]);

/** Seconds until the deal ends, if each part to come takes what it was given. */
export const restAt = (clock, at) => (isOver(clock) ? 0 : Math.max(0, leftAt(clock, at)) + sum(clock.given.slice(clock.part + 1)));

const stopped = (clock, at) => ({ ...clock, used: usedAt(clock, at), since: new Date(at).toISOString() });

export const next = (clock, at) => ({ ...stopped(clock, at), part: clock.part + 1, is_paused: false });

export const pause = (clock, at) => ({ ...stopped(clock, at), is_paused: !clock.is_paused });

export const more = (clock, seconds) => ({ ...clock, given: clock.given.map((given, n) => given + (n === clock.part ? seconds : 0)) });

const shrunk = (seconds, share) => Math.max(LEAST, Math.floor((seconds * share) / 5) * 5);

export const shorter = (given, share) => given.map((one) => shrunk(one, share));

/** What is left of the parts to come, shortened or stretched by a share. */
export function fitted(clock, at, share) {
  const used = usedAt(clock, at);
  return { ...clock, given: clock.given.map((given, n) => (n < clock.part ? given : n > clock.part ? shrunk(given, share) : used[n] + Math.max(0, Math.floor((given - used[n]) * share)))) };
}

/** Minutes and seconds; hours alone where a clock was left running. */
export function written(seconds) {
  const all = Math.abs(seconds);
  const digits = all < 6000 ? `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}` : `${Math.floor(all / 3600)} h`;
  return `${seconds < 0 ? "+" : ""}${digits}`;
}
