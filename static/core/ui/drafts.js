// What somebody types is kept: on the device at once, on the server after a pause.
// <form data-draft="who:what" data-draft-url="…">, with a field `version` and, within it, an element [data-draft-status].
// Sign-out forgets what the device keeps (app.js); so does a page whose version is newer than what was typed.
const PAUSE = 1500; // milliseconds
const csrf = (form) => form.elements.csrfmiddlewaretoken.value;

const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "version"].includes(name));

function restore(form, key) {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* not ours: taken as nothing */ }
  if (!kept || kept.version !== form.elements.version.value) { localStorage.removeItem(key); return false; }
  let changed = false;
  for (const [name, value] of kept.fields) {
    const field = form.elements[name];
    if (field && "value" in field && field.value !== value) { field.value = value; changed = true; }
  }
  return changed;
}

// What was sent since is not kept any longer
for (const { dataset } of document.querySelectorAll("[data-draft-at]")) {
  const key = `draft:${dataset.draftAt}`;
  try { if (JSON.parse(localStorage.getItem(key))?.version !== dataset.draftVersion) localStorage.removeItem(key); } catch { localStorage.removeItem(key); }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const status = form.querySelector("[data-draft-status]");
  const say = (words) => { if (status) status.textContent = words; };
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify({ version: form.elements.version.value, fields: typed(form) })); } catch { /* a full or closed store: the server keeps it */ }
  };
  let timer = 0;
  let saving = null;
  let stopped = false;

  async function save() {
    if (stopped) return;
    const sent = JSON.stringify(typed(form));
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), headers: { "x-csrftoken": csrf(form) }, redirect: "error" });
      const { version, message } = await answer.json();
      say(message);
      if (answer.ok) {
        form.elements.version.value = version;
        if (JSON.stringify(typed(form)) === sent) localStorage.removeItem(key); else keep();
      }
      stopped = answer.status === 409; // another window is ahead: sending asks
    } catch { say(form.dataset.unsaved ?? ""); }
  }

  const later = () => {
    keep();
    clearTimeout(timer);
    timer = setTimeout(async () => { await saving; saving = save(); }, PAUSE);
  };
  form.addEventListener("input", later);
  // Sent while a draft is on its way, it would meet its own version
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    const wait = saving, button = event.submitter;
    saving = null;
    event.preventDefault();
    event.stopImmediatePropagation();
    wait.finally(() => form.requestSubmit(button));
  }, true);
  if (restore(form, key)) { say(form.dataset.restored ?? ""); later(); }
}
