// The service worker of the trainers' pages: keeps the app of the day's lists, so that it opens without network.
//
// The server puts `self.essor = {version, files}` in front of this: the app's page and what it loads. Nothing else is kept, and no list: the
// app keeps those itself, sealed.

interface Kept {
  version: string;
  files: string[];
}

interface Worker {
  essor: Kept;
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
  addEventListener(name: "fetch", listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void): void;
}

const worker = self as unknown as Worker;
const { version, files } = worker.essor;
const PREFIX = "essor-hors-ligne-";
const cacheName = PREFIX + version;
const page = files[0] ?? "/formateur/hors-ligne";

worker.addEventListener("install", (event) => {
  const keep = async (): Promise<void> => {
    const cache = await caches.open(cacheName);
    await cache.addAll(files.map((file) => new Request(file, { cache: "reload" })));
    await worker.skipWaiting();
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event) => {
  const tidy = async (): Promise<void> => {
    const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(path);
}

/** Other pages of the trainer are made by the server; without network the app takes their place. */
async function fromNetwork(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const app = await kept(page);
    if (app) return app;
    throw error;
  }
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (files.includes(url.pathname)) {
    event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(fromNetwork(request));
  }
});

export {};
