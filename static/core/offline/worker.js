// The service worker. It is told which pages may be kept (KEPT) and for how long (HOURS), sees no page outside the
// folder that it is registered for, and asks the network first: what is kept serves only without one, so that no old version sticks.
/* global workbox, KEPT, HOURS, STATIC */
const PAGES = "sko-pages";
const FILES = "sko-files";
const allowed = KEPT.map((pattern) => new RegExp(`^${pattern}$`));
const isPage = ({ origin, pathname }) => origin === location.origin && allowed.some((pattern) => pattern.test(pathname));
const isFile = ({ origin, pathname }) => origin === location.origin && pathname.startsWith(STATIC);

self.skipWaiting();
workbox.core.clientsClaim();

const strategy = (cacheName) => new workbox.strategies.NetworkFirst({
  cacheName,
  matchOptions: { ignoreVary: true },
  plugins: [
    // An answer of sign-in, or that the door is not theirs any more, is not kept in place of the page
    { cacheWillUpdate: async ({ response }) => (response.ok && !response.redirected ? response : null) },
    new workbox.expiration.ExpirationPlugin({ maxAgeSeconds: HOURS * 3600, maxEntries: 80, matchOptions: { ignoreVary: true } }),
  ],
});
const pages = strategy(PAGES);
const files = strategy(FILES);
workbox.routing.registerRoute(({ request, url }) => request.mode === "navigate" && isPage(url), pages);
workbox.routing.registerRoute(({ url }) => isFile(url), files);

// A page that was opened before the worker was there names what it is made of
self.addEventListener("message", (event) => {
  if (!event.data?.keep) return;
  const kept = event.data.keep.map((name) => {
    const url = new URL(name);
    const by = isPage(url) ? pages : isFile(url) ? files : null;
    return by?.handle({ event, request: new Request(url.href, { credentials: "same-origin" }) });
  });
  event.waitUntil(Promise.allSettled(kept).then(() => event.ports[0]?.postMessage("kept")));
});
