// What the app keeps on the device: sealed with a key that only the owner's code opens.
//
// A random key (AES-GCM, 256 bits) seals the lists and what was said; that key is wrapped by one derived from the code (PBKDF2, SHA-256). The
// device's signing key (ECDSA P-256) cannot be taken out of the browser. In the clear: the device's id and name, how much waits to be
// sent, and until when the lists are good.

import type { Operation, Package } from "./kinds";

const DATABASE = "essor-presence";
/** OWASP's count for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). */
const ROUNDS = 600_000;
/** Wrong codes after which the lists go. */
export const TRIES = 10;

/** What is known before the code is given. */
export interface Card {
  device: string;
  name: string;
  key: string;
  signer: CryptoKey;
  salt: Uint8Array<ArrayBuffer>;
  wrapped: Sealed;
  tries: number;
  /** Number of the last delivery. */
  number: number;
  /** How far this clock is behind the server's, in milliseconds. */
  offset: number;
  until: number;
  waiting: number;
  /** The latest instant this device has seen: a clock that is turned back does not bring a list back. */
  latest: number;
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("card");
      request.result.createObjectStore("lists");
      request.result.createObjectStore("outbox");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

type Store = "card" | "lists" | "outbox";

/** One transaction; done once it is on the disk. */
async function within<T>(stores: Store[], mode: IDBTransactionMode, work: (transaction: IDBTransaction) => IDBRequest<T> | void): Promise<T> {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, mode, { durability: "strict" });
    const request = work(transaction);
    transaction.oncomplete = () => resolve(request?.result as T);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const card = (): Promise<Card | undefined> =>
  within(["card"], "readonly", (transaction) => transaction.objectStore("card").get("it"));

/** Changes the card in one go, so that two tabs never count the same number twice. */
export async function changeCard(change: (card: Card) => void): Promise<Card> {
  let changed: Card | undefined;
  await within(["card"], "readwrite", (transaction) => {
    const store = transaction.objectStore("card");
    const reading = store.get("it");
    reading.onsuccess = () => {
      changed = reading.result as Card;
      change(changed);
      store.put(changed, "it");
    };
  });
  if (!changed) throw new Error("no card");
  return changed;
}

const text = new TextEncoder();

async function fromCode(code: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", text.encode(code.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, material, { name: "AES-GCM", length: 256 }, false, [
    "wrapKey",
    "unwrapKey",
  ]);
}

async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text.encode(JSON.stringify(value))) };
}

async function unseal<T>(key: CryptoKey, sealed: Sealed): Promise<T> {
  const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
  return JSON.parse(new TextDecoder().decode(data)) as T;
}

export const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** A device that is not yet known to the server, and the key that opens it. */
export async function newCard(device: string, name: string, code: string): Promise<[Card, CryptoKey]> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = { iv, data: await crypto.subtle.wrapKey("raw", key, await fromCode(code, salt), { name: "AES-GCM", iv }) };
  const fresh: Card = {
    device,
    name,
    key: base64url(await crypto.subtle.exportKey("raw", pair.publicKey)),
    signer: pair.privateKey,
    salt,
    wrapped,
    tries: 0,
    number: 0,
    offset: 0,
    until: 0,
    waiting: 0,
    latest: 0,
  };
  return [fresh, await unwrap(fresh, code)];
}

async function unwrap(card: Card, code: string): Promise<CryptoKey> {
  const { iv, data } = card.wrapped;
  const own = await fromCode(code, card.salt);
  return crypto.subtle.unwrapKey("raw", data, own, { name: "AES-GCM", iv }, { name: "AES-GCM" }, false, ["encrypt", "decrypt"]);
}

/** The key, if the code is right; after TRIES wrong ones the lists are gone, what waits to be sent stays sealed. */
export async function open(code: string): Promise<CryptoKey | undefined> {
  // Counted before it is tried: closing the page in between does not give another try.
  const known = await changeCard((card) => (card.tries += 1));
  if (known.tries > TRIES) await forgetLists();
  try {
    const key = await unwrap(known, code);
    await changeCard((card) => (card.tries = 0));
    return key;
  } catch {
    return undefined;
  }
}

export async function keepCard(card: Card): Promise<void> {
  await within(["card"], "readwrite", (transaction) => transaction.objectStore("card").put(card, "it"));
}

export async function keepLists(key: CryptoKey, lists: Package): Promise<void> {
  const sealed = await seal(key, lists);
  await within(["lists"], "readwrite", (transaction) => transaction.objectStore("lists").put(sealed, "it"));
}

export async function lists(key: CryptoKey): Promise<Package | undefined> {
  const sealed = await within<Sealed | undefined>(["lists"], "readonly", (transaction) => transaction.objectStore("lists").get("it"));
  return sealed && unseal<Package>(key, sealed);
}

export async function forgetLists(): Promise<void> {
  await within(["lists"], "readwrite", (transaction) => void transaction.objectStore("lists").clear());
}

/** Keeps operations until the server has them; durable when it returns. */
export async function put(key: CryptoKey, operations: Operation[]): Promise<void> {
  const sealed = await Promise.all(operations.map((operation) => seal(key, operation)));
  await within(["card", "outbox"], "readwrite", (transaction) => {
    const outbox = transaction.objectStore("outbox");
    operations.forEach((operation, index) => outbox.put(sealed[index], operation.id));
    count(transaction);
  });
}

export async function outbox(key: CryptoKey): Promise<Operation[]> {
  const sealed = await within<Sealed[]>(["outbox"], "readonly", (transaction) => transaction.objectStore("outbox").getAll());
  return Promise.all(sealed.map((one) => unseal<Operation>(key, one)));
}

/** The server has these for good. */
export async function drop(ids: string[]): Promise<void> {
  await within(["card", "outbox"], "readwrite", (transaction) => {
    const outbox = transaction.objectStore("outbox");
    ids.forEach((id) => outbox.delete(id));
    count(transaction);
  });
}

/** The number of those that wait, in the clear: it is shown before the code is given. */
function count(transaction: IDBTransaction): void {
  const counting = transaction.objectStore("outbox").count();
  counting.onsuccess = () => {
    const store = transaction.objectStore("card");
    const reading = store.get("it");
    reading.onsuccess = () => store.put({ ...(reading.result as Card), waiting: counting.result }, "it");
  };
}

/** Forgets everything, keys too. */
export async function wipe(): Promise<void> {
  await within(["card", "lists", "outbox"], "readwrite", (transaction) => {
    for (const store of ["card", "lists", "outbox"]) transaction.objectStore(store).clear();
  });
}
