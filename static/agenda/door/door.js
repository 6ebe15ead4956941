// The door on a device: each scan goes into the queue first, and from there to the server, now or later.
import { announce } from "../../core/ui/announce.js";
import { drop, flush, forget, keep, keepPage, kept, push, waiting } from "../../core/offline/queue.js";

const door = document.querySelector("[data-door]");
const { dataset: data } = door;
const one = (selector, within = door) => within.querySelector(selector);
const place = `door:${data.door}:${data.me}`; // of this person: nobody sends what somebody else scanned
const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const clock = (at) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: data.zone }).format(at);
const say = (name, values = {}) => data[`says${name}`].replace(/\{(\w+)\}/g, (_all, word) => values[word]);
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

let people = []; // the roster as this device knows it
let log = []; // what was scanned here, newest first
let downSince = null;

function device() {
  const stored = localStorage.getItem("sko-device");
  if (stored) return stored;
  const made = `Phone ${crypto.randomUUID().slice(0, 4).toUpperCase()}`;
  localStorage.setItem("sko-device", made);
  return made;
}

// What the page shows
function row({ time = "", name, note = "", state = "", words = "" }, label, act) {
  const line = one("[data-row]").content.cloneNode(true).firstElementChild;
  one("[data-time]", line).textContent = time;
  one("[data-name]", line).textContent = name;
  one("[data-note]", line).textContent = note;
  one("[data-state]", line).textContent = words;
  one("[data-state]", line).classList.add(`k-${state || "wait"}`);
  const button = one("[data-act]", line);
  button.hidden = !label;
  button.textContent = label ?? "";
  if (label) button.setAttribute("aria-label", `${label}: ${name}`);
  button.addEventListener("click", act);
  return line;
}

const STATES = { waits: ["part", "Waits"], in: ["done", "Sent"], out: ["done", "Sent"], already: ["wait", "NotCounted"], refused: ["late", "NotCounted"], undone: ["wait", "Undone"] };
const undoWord = one("[data-answer]").content.querySelector("[data-undo]").textContent.trim();

function showLog() {
  one("[data-log-empty]").hidden = log.length > 0;
  one("[data-log]").replaceChildren(...log.slice(0, 8).map((scan) => {
    const [state, word] = STATES[scan.state];
    const note = ["already", "refused"].includes(scan.state) ? scan.words : scan.note;
    const shown = { time: clock(scan.at), name: scan.name || scan.words, note: scan.name && note, state, words: say(word) };
    return row(shown, ["waits", "in", "out"].includes(scan.state) ? undoWord : null, () => undo(scan));
  }));
}

function showAnswer(scan) {
  const result = one("[data-result]");
  result.replaceChildren(one("[data-answer]").content.cloneNode(true));
  result.hidden = false;
  result.classList.toggle("k-is-ok", ["waits", "in", "out"].includes(scan.state));
  result.classList.toggle("k-is-bad", scan.state === "refused");
  one("[data-words]", result).textContent = scan.words;
  one("[data-sent]", result).textContent = say(STATES[scan.state][1]);
  one("[data-name]", result).textContent = scan.name;
  one("[data-note]", result).textContent = scan.note;
  one("[data-undo]", result).hidden = !["waits", "in", "out"].includes(scan.state);
  one("[data-undo]", result).addEventListener("click", () => undo(scan));
  one("[data-fix]", result).hidden = !scan.attendee || downSince !== null;
  one("[data-fix]", result).addEventListener("click", () => correct(scan));
  navigator.vibrate?.(scan.state === "refused" ? [80, 60, 80] : 60);
}

async function showNetwork(refused = false) {
  const count = (await waiting(place)).length;
  const bar = one("[data-network]");
  bar.hidden = !count && downSince === null && !refused;
  if (bar.hidden) return;
  const words = refused ? say("Refused") : downSince === null ? say("Sending", { count }) : say("Offline", { count, time: clock(downSince) });
  one("span", bar).textContent = words;
}

// Scanning
async function scan({ person, code = "", how }) {
  const session = Number(one("[data-where]")?.value) || null;
  const kind = session ? "IN" : one("[name=way]:checked").value;
  const now = Date.now();
  const made = { key: crypto.randomUUID(), kind, how, at: now, attendee: person?.id ?? null, name: person?.name ?? "", note: person?.note ?? "", state: "waits" };
  made.words = person ? say(kind === "IN" ? "In" : "Out", { time: clock(now) }) : say("Unknown");
  log.unshift(made);
  log.length = Math.min(log.length, 50);
  await push(place, { key: made.key, order: now, kind, how, at: new Date(now).toISOString(), code, session, attendee: code ? null : made.attendee });
  await keep(`${place}:log`, log);
  showAnswer(made);
  showLog();
  send();
}

let lastCode = { text: "", at: 0 };
async function readCode(text) {
  const code = text.trim().toUpperCase();
  if (code === lastCode.text && Date.now() - lastCode.at < 4000) return;
  lastCode = { text: code, at: Date.now() };
  const seen = await digest(code);
  await scan({ person: people.find((known) => known.digest === seen), code: code.slice(0, 200), how: "BADGE" });
}

async function undo(undone) {
  const queued = (await waiting(place)).some((thing) => thing.key === undone.key);
  const order = Date.now();
  // It may be on its way already: what takes it back follows it in any case
  if (queued && downSince !== null) await drop(undone.key);
  else await push(place, { key: crypto.randomUUID(), order, kind: "UNDO", how: "NAME", at: new Date(order).toISOString(), undoes: undone.key });
  Object.assign(undone, { state: "undone", words: say("Undone") });
  await keep(`${place}:log`, log);
  showAnswer(undone);
  showLog();
  send();
}

async function correct({ attendee }) {
  const answer = await fetch(data.correct.replace("/0/", `/${attendee}/`), { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) return;
  one("[data-note]", one("[data-result]")).textContent = say("Corrected");
  announce(say("Corrected"));
  learn();
}

// Sending: what fails for want of a network is marked so, and goes later
async function post(batch) {
  const answer = await fetch(data.scans, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({
      device: device(),
      sent_at: new Date().toISOString(),
      scans: batch.map(({ place: _place, order: _order, ...thing }) => thing),
    }),
  });
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { status: answer.status });
  return answer.json();
}

async function send() {
  try {
    let answers;
    do {
      answers = await flush(place, post);
      for (const { key, state, words, name, attendee } of answers) {
        const scanned = log.find((each) => each.key === key);
        if (!scanned || scanned.state === "undone") continue;
        Object.assign(scanned, { state, words, name: name || scanned.name, attendee: attendee ?? scanned.attendee });
        if (scanned === log[0]) showAnswer(scanned);
      }
    } while (answers.length);
    downSince = null;
    await keep(`${place}:log`, log);
    showLog();
    await showNetwork();
    counts();
  } catch (error) {
    if (error.status) return showNetwork(true); // the server answered, so the network is there
    downSince ??= Date.now();
    for (const thing of await waiting(place)) if (!thing.was_offline) await push(place, { ...thing, was_offline: true });
    await showNetwork();
  }
}

async function learn() {
  try {
    const answer = await fetch(data.known);
    if (answer.ok && !answer.redirected) await keep(place, await answer.json());
    else if (answer.redirected || answer.status === 404) await forget(); // signed out, or the door was taken back
  } catch { /* without a network the copy serves */ }
  const copy = await kept(place);
  people = copy?.value.people.map((person) => ({ ...person, folded: fold(person.name) })) ?? [];
  one("[data-age]").textContent = copy ? say("Age", { time: clock(copy.at) }) : "";
}

async function counts() {
  try {
    const answer = await fetch(data.counts);
    if (answer.ok) one("[data-live]").innerHTML = await answer.text();
  } catch { /* the last counts stay, with their time on them */ }
}

// Finding by name
one("[data-search]").addEventListener("input", ({ target }) => {
  const words = fold(target.value).split(/\s+/).filter(Boolean);
  const found = words.join("").length < 2 || target.value.toUpperCase().startsWith("SKO:") ? [] : people.filter(({ folded }) => words.every((word) => folded.includes(word))).slice(0, 6);
  const way = one("[name=way]:checked").parentElement.textContent.trim();
  one("[data-found]").replaceChildren(...found.map((person) => row(person, way, () => {
    target.value = "";
    one("[data-found]").replaceChildren();
    scan({ person, how: "NAME" });
    target.focus();
  })));
  if (words.join("").length > 2 && !found.length && !target.value.toUpperCase().startsWith("SKO:")) announce(say("Nobody"));
});
one("[data-search]").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  if (event.target.value.trim().toUpperCase().startsWith("SKO:")) readCode(event.target.value);
  else one("[data-found] button")?.focus();
  if (event.target.value.toUpperCase().startsWith("SKO:")) event.target.value = "";
});

// The camera: the middle of the picture, scaled down, as reading takes longer the larger it is
const SIDE = 400;
let stream = null;

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const native = new BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await native.detect(canvas))[0]?.rawValue;
  }
  await import(data.jsqr);
  return (canvas, paint) => self.jsQR(paint.getImageData(0, 0, SIDE, SIDE).data, SIDE, SIDE)?.data;
}

async function start() {
  const video = one("[data-video]");
  const label = one("[data-camera] span");
  if (stream) {
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.hidden = true;
    label.textContent = label.dataset.start;
    return;
  }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    announce(say("NoCamera"));
    label.textContent = say("NoCamera");
    return;
  }
  label.dataset.start = label.textContent;
  label.textContent = say("Stop");
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const read = await reader();
  while (stream) {
    const side = Math.min(video.videoWidth, video.videoHeight) * 0.8;
    paint.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE);
    const text = await read(canvas, paint);
    if (text) await readCode(text);
    await new Promise((next) => setTimeout(next, 120));
  }
}
one("[data-camera]").addEventListener("click", start);
// Into a session people come and do not leave by a scan
one("[data-where]")?.addEventListener("change", ({ target }) => { one(".k-door-way").hidden = Boolean(target.value); });
one("[data-walk-in]").addEventListener("submit", ({ target }) => { target.elements["walk-in-device"].value = device(); });

log = (await kept(`${place}:log`))?.value ?? [];
showLog();
await learn();
await send();
window.addEventListener("online", send);
setInterval(() => (downSince === null && document.hidden ? null : send()), 15000);
setInterval(learn, 5 * 60 * 1000);
await keepPage(data.worker, [data.jsqr]);
door.dataset.ready = "yes";
