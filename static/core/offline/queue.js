// What a device keeps for itself: things to send, and a copy of what it needs without a network.
// Every thing to send goes through here, with a network or without, so that both are one way.
const NAME = "sko";
const LONGEST = 72 * 60 * 60 * 1000; // milliseconds that a copy is kept

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "key" }).createIndex("place", "place");
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(store, mode, act) {
  const base = await open();
  try {
    return await new Promise((done, failed) => {
      const change = base.transaction(store, mode);
      const asked = act(change.objectStore(store));
      change.oncomplete = () => done(asked?.result);
      change.onabort = change.onerror = () => failed(change.error);
    });
  } finally {
    base.close();
  }
}

/** Keep something to send; `key` is drawn here, so that sent twice is as once. */
export const push = (place, thing) => within("queue", "readwrite", (store) => store.put({ ...thing, place }));

/** What waits to be sent from a place, or from everywhere, oldest first. */
export async function waiting(place) {
  const all = await within("queue", "readonly", (store) => (place ? store.index("place").getAll(place) : store.getAll()));
  return all.sort((one, other) => one.order - other.order);
}

export const drop = (key) => within("queue", "readwrite", (store) => store.delete(key));

/** Keep a copy of what the page needs without a network. */
export const keep = (name, value) => within("kept", "readwrite", (store) => store.put({ at: Date.now(), value }, name));

/** A copy that was kept, with its age; none after 72 hours. */
export async function kept(name) {
  const found = await within("kept", "readonly", (store) => store.get(name));
  if (!found || Date.now() - found.at <= LONGEST) return found;
  await within("kept", "readwrite", (store) => store.delete(name));
  return undefined;
}

/** How much waits to be sent, from everywhere; nothing where this device never kept anything. */
export async function unsent() {
  const bases = (await indexedDB.databases?.()) ?? [{ name: NAME }];
  return bases.some(({ name }) => name === NAME) ? (await waiting()).length : 0;
}

/** Forget copies: names, pages, files. What waits to be sent stays. */
export async function forget() {
  await within("kept", "readwrite", (store) => store.clear());
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("sko-")) await caches.delete(name);
}

/** Leave nothing of this person on the device. */
export async function wipe() {
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("sko-")) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  // Ours, and what the worker notes of the age of its files
  for (const { name } of (await indexedDB.databases?.()) ?? [{ name: NAME }, { name: "workbox-expiration" }]) {
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    });
  }
}

/** Let this page be opened without a network from now on, with its files; the worker says whether it may be kept. */
export async function keepPage(script, files = []) {
  if (!("serviceWorker" in navigator)) return;
  const { pathname } = location;
  const registration = await navigator.serviceWorker.register(script, { scope: pathname, updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  const own = performance.getEntriesByType("resource").map(({ name }) => name);
  const urls = [location.origin + pathname, ...own, ...files.map((file) => new URL(file, location.origin).href)];
  await new Promise((done) => {
    const answers = new MessageChannel();
    answers.port1.onmessage = done;
    registration.active.postMessage({ keep: urls }, [answers.port2]);
  });
}

let sending = Promise.resolve();

/** Send what waits from a place, one batch at a time over all tabs. `post` throws where there is no network. */
export function flush(place, post) {
  const send = async () => {
    const batch = (await waiting(place)).slice(0, 200);
    if (!batch.length) return [];
    const answers = await post(batch);
    for (const answer of answers) await drop(answer.key);
    return answers;
  };
  const alone = () => (navigator.locks ? navigator.locks.request(`sko-${place}`, send) : send());
  sending = sending.then(alone, alone);
  return sending;
}
