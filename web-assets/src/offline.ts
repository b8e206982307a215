// Attendance without network: the app at /formateur/hors-ligne. Prepared while there is network, it works for the day without; what is said is
// sealed on the device and sent when the network is back.

import * as dayScreen from "./offline/day";
import { after } from "./offline/ledger";
import type { Operation, Package, Problem, Said, Session, Told } from "./offline/kinds";
import { type Outcome, prepare, sendAll } from "./offline/network";
import { button, counted, field, make, newId, show, t, value } from "./offline/page";
import * as vault from "./offline/vault";

/** Seconds between two tries to send, and after a tap. */
const EVERY = 30;
const SOON = 1;
/** Fewest characters of the code. */
const SHORTEST = 6;

const state = document.querySelector<HTMLElement>("#etat");
const said = document.querySelector<HTMLElement>("#dit");

let card: vault.Card | undefined;
let key: CryptoKey | undefined;
let lists: Package | undefined;
let waiting: Operation[] = [];
let chosen = "";
let refusal: { code: string; detail: string } | undefined;
let isOffline = !navigator.onLine;
let sending = 0;

/** By the server's clock, as far as this device knows it; never before what it has seen. */
const now = (): number => Math.max(Date.now() + (card?.offset ?? 0), card?.latest ?? 0);

/** How much waits and whether there is network: always on the screen. */
function tellState(): void {
  if (!state) return;
  state.hidden = !card;
  const count = key ? waiting.length : (card?.waiting ?? 0);
  const words = refusal && count > 0 ? t("state-refused", counted("waiting", count)) : isOffline ? t("state-offline", counted("waiting", count)) : counted("waiting", count);
  state.className = `badge ${refusal ? "bad" : count > 0 || isOffline ? "wait" : "ok"}`;
  if (state.textContent !== words) state.textContent = words;
}

/** Told to screen readers, without being in the way. */
function announce(words: string): void {
  if (said) said.textContent = words;
}

function trouble(text: string): HTMLElement | false {
  return text !== "" && make("p", { class: "note bad", role: "alert" }, text);
}

async function refresh(): Promise<void> {
  card = await vault.card();
  if (key) {
    waiting = await vault.outbox(key);
    lists = await vault.lists(key);
  }
  if (card && now() >= card.until && lists) {
    await vault.forgetLists();
    lists = undefined;
  }
  render();
}

function render(error = ""): void {
  tellState();
  if (!card) return start(error);
  if (!key) return locked(error);
  if (!lists || now() >= card.until) return over(error);
  const session = lists.sessions.find(({ id }) => id === chosen) ?? (lists.sessions.length === 1 ? lists.sessions[0] : undefined);
  if (session) return ofSession(session);
  sessions();
}

function start(error: string): void {
  const title = t("title");
  const go = (): void => void enrol();
  show(
    title,
    make("h1", {}, title),
    make("p", { class: "lead" }, t("start")),
    make("ul", {}, make("li", {}, t("start-code")), make("li", {}, t("start-lost")), make("li", {}, t("start-send"))),
    trouble(error),
    error === t("prepare-sign-in") && make("p", {}, make("a", { href: "/connexion?suite=%2Fformateur%2Fhors-ligne" }, t("sign-in"))),
    make(
      "form",
      { onsubmit: submit(go), class: "sheet" },
      field("nom", t("device-name"), { value: t("device-usual"), maxlength: "80", required: true, "data-keep": true }),
      field("code", t("code-new"), { type: "password", autocomplete: "new-password", minlength: String(SHORTEST), required: true }, t("code-hint")),
      field("encore", t("code-again"), { type: "password", autocomplete: "new-password", required: true }),
      make("div", { class: "actions" }, make("button", { class: "big" }, t("prepare"))),
    ),
    make("p", {}, make("a", { href: "/formateur" }, t("online-page"))),
  );
}

const submit =
  (go: () => void) =>
  (event: Event): void => {
    event.preventDefault();
    go();
  };

async function enrol(): Promise<void> {
  const code = value("code");
  if ([...code].length < SHORTEST) return render(t("code-short"));
  if (code !== value("encore")) return render(t("code-differs"));
  const [fresh, opened] = await vault.newCard(newId(), value("nom") || t("device-usual"), code);
  await fetchLists(fresh, opened);
}

/** Asks for the lists of today and keeps them. */
async function fetchLists(own: vault.Card, opened: CryptoKey): Promise<void> {
  announce(t("preparing"));
  const answer = await prepare(own);
  if (!answer) return render(t("prepare-offline"));
  if (!("sessions" in answer)) return render(answer.code === "sign-in" ? t("prepare-sign-in") : ((answer as Problem).detail ?? t("prepare-offline")));
  own.until = answer.until;
  own.offset = answer.now - Date.now();
  own.latest = answer.now;
  await vault.keepCard(own);
  await vault.keepLists(opened, answer);
  key = opened;
  refusal = undefined;
  isOffline = false;
  await navigator.serviceWorker?.ready;
  void navigator.storage?.persist?.();
  await refresh();
  announce(t("ready"));
}

function locked(error: string): void {
  const title = t("locked");
  show(
    title,
    make("h1", {}, title),
    make("p", {}, t("locked-text", card?.name ?? "")),
    trouble(error),
    make(
      "form",
      { onsubmit: submit(() => void unlock()), class: "sheet" },
      field("code", t("code"), { type: "password", autocomplete: "current-password", required: true }),
      make("div", { class: "actions" }, make("button", { class: "big" }, t("unlock"))),
    ),
    make("details", { "data-key": "forgotten" }, make("summary", {}, t("forgotten")), ...wiping()),
  );
}

function wiping(): HTMLElement[] {
  const count = card?.waiting ?? 0;
  return [
    make("p", {}, count > 0 ? counted("wipe-lost", count) : t("wipe-text")),
    button(t("wipe"), () => void wipe(), "danger"),
  ];
}

async function wipe(): Promise<void> {
  await vault.wipe();
  key = undefined;
  lists = undefined;
  waiting = [];
  refusal = undefined;
  await refresh();
}

async function unlock(): Promise<void> {
  const code = value("code");
  announce(t("unlocking"));
  key = await vault.open(code);
  if (!key) {
    card = await vault.card();
    const tries = vault.TRIES - (card?.tries ?? 0);
    return render(tries > 0 ? t("code-wrong", tries) : t("code-gone"));
  }
  await refresh();
  void send();
}

/** The day is over, or the lists are gone. */
function over(error: string): void {
  const title = t("over");
  show(
    title,
    make("h1", {}, title),
    make("p", {}, t("over-text")),
    trouble(error || (refusal?.detail ?? "")),
    error === t("prepare-sign-in") && make("p", {}, make("a", { href: "/connexion?suite=%2Fformateur%2Fhors-ligne" }, t("sign-in"))),
    make("p", {}, counted("waiting", waiting.length)),
    make(
      "div",
      { class: "actions" },
      button(t("prepare-again"), () => void (card && key && fetchLists(card, key)), "big", "", "again"),
      waiting.length > 0 && button(t("send"), () => void send(), "second", "", "send"),
    ),
    make("details", { "data-key": "wipe" }, make("summary", {}, t("wipe")), ...wiping()),
    make("p", {}, make("a", { href: "/formateur" }, t("online-page"))),
  );
}

function below(): HTMLElement {
  return make(
    "section",
    {},
    make("h2", {}, t("device")),
    make(
      "div",
      { class: "actions" },
      button(t("send"), () => void send(), "second", "", "send"),
      button(t("prepare-again"), () => void (card && key && fetchLists(card, key)), "second", "", "again"),
      button(t("lock"), lock, "second", "", "lock"),
    ),
    make("p", {}, make("a", { href: "/formateur" }, t("online-page"))),
  );
}

function lock(): void {
  key = undefined;
  lists = undefined;
  waiting = [];
  render();
}

function sessions(): void {
  const title = t("today");
  const entries = lists?.sessions ?? [];
  const entry = (session: Session): HTMLElement =>
    make(
      "article",
      { class: "sheet" },
      make("h2", {}, session.title),
      make("p", {}, session.when, make("br"), session.where),
      button(t("open-list"), () => ((chosen = session.id), render(), document.querySelector<HTMLElement>("main")?.focus()), "", session.title),
    );
  show(title, make("h1", {}, title), trouble(refusal?.detail ?? ""), ...entries.map(entry), below());
}

/** What the server has told and what waits, of a session. */
function everything(session: Session): Told[] {
  const known = new Set(session.operations.map(({ id }) => id));
  const names = new Map(session.operations.map(({ subject, person }) => [subject, person]));
  const own = waiting
    .filter((one) => one.session === session.id && !known.has(one.id))
    .map((one) => ({ ...one, ...(one.person && { person: names.get(one.person) ?? one.person }), said_at: one.clock + (card?.offset ?? 0), device: card?.device ?? "" }));
  return [...session.operations, ...own].sort(after);
}

function ofSession(session: Session): void {
  if (!lists) return;
  const day: dayScreen.Day = {
    lists,
    said: new Map(lists.sessions.map((one) => [one.id, everything(one)])),
    now: now(),
    waiting: new Set(waiting.map(({ id }) => id)),
    say,
  };
  const back = lists.sessions.length > 1 && make("p", {}, button(t("all-lists"), () => ((chosen = ""), render()), "second", "", "back"));
  show(session.title, back, trouble(refusal?.detail ?? ""), ...dayScreen.list(day, session, newId), below());
}

/** Keeps what is said on the disk before the screen shows it. */
async function say(session: Session, person: string | undefined, what: Said[], replaces: string[] = []): Promise<void> {
  if (!key || !card) return;
  const counters = [...(lists?.sessions ?? []).flatMap((one) => one.operations), ...waiting].map(({ counter }) => counter);
  let counter = Math.max(0, ...counters);
  const operations = what.map((one) => ({
    ...one,
    id: newId(),
    session: session.id,
    ...(person && { person }),
    counter: (counter += 1),
    clock: Date.now(),
    ...(replaces.length > 0 && { replaces }),
  })) as Operation[];
  await vault.put(key, operations);
  await vault.changeCard((own) => (own.latest = Math.max(own.latest, Date.now() + own.offset)));
  await refresh();
  announce(t("kept"));
  window.setTimeout(() => void send(), SOON * 1000);
}

async function send(): Promise<void> {
  if (!key || sending > 0) return;
  sending += 1;
  try {
    const opened = key;
    const outcome = await sendAll(opened);
    await meet(outcome, opened);
  } finally {
    sending -= 1;
  }
  await refresh();
}

async function meet(outcome: Outcome, opened: CryptoKey): Promise<void> {
  isOffline = outcome.kind === "offline";
  if (outcome.kind === "sent") {
    const fresh = outcome.answer.package;
    refusal = undefined;
    await vault.changeCard((own) => {
      own.until = fresh.until;
      own.latest = Math.max(own.latest, fresh.now);
    });
    // After the day there are no lists any more.
    if (fresh.sessions.length > 0) await vault.keepLists(opened, fresh);
    else await vault.forgetLists();
  } else if (outcome.kind === "refused") {
    refusal = outcome;
    // Turned off, most likely because it was lost.
    if (outcome.code === "attendance-device-revoked" || outcome.code === "attendance-device-unknown") await vault.forgetLists();
  }
}

window.addEventListener("online", () => void send());
window.addEventListener("offline", () => {
  isOffline = true;
  tellState();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void (key ? send() : refresh());
});
window.setInterval(() => {
  if (key) void send();
}, EVERY * 1000);

async function begin(): Promise<void> {
  if (!("indexedDB" in window) || !crypto.subtle) return show(t("title"), make("h1", {}, t("title")), make("p", { class: "note bad" }, t("too-old")));
  await navigator.serviceWorker?.register("/formateur/hors-ligne/travail.js", { scope: "/formateur" });
  await refresh();
  // A device whose day is over forgets its lists even if nobody gives the code.
  if (card && now() >= card.until) await vault.forgetLists();
}

void begin();
