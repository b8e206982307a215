// Preparing the device, and sending what was said. Deliveries are signed and numbered; one at a time, whatever the number of tabs.

import type { Answer, Operation, Package, Problem } from "./kinds";
import * as vault from "./vault";

const SIGNED_FOR = "essor attendance 1\n";
/** Operations of one delivery, and about how many characters: drawn signatures are long. */
const MOST = 100;
const MOST_CHARACTERS = 200_000;

export type Outcome =
  | { kind: "sent"; answer: Answer }
  | { kind: "offline" }
  | { kind: "refused"; code: string; detail: string };

/** Asks for the day's lists as whoever is signed in. */
export async function prepare(card: vault.Card): Promise<Package | Problem | undefined> {
  try {
    const answer = await fetch("/formateur/hors-ligne/appareil", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ device: card.device, name: card.name, key: card.key }),
      redirect: "manual",
    });
    // Led to the sign-in page.
    if (answer.type === "opaqueredirect") return { code: "sign-in" };
    return (await answer.json()) as Package | Problem;
  } catch {
    return undefined;
  }
}

function next(operations: Operation[]): Operation[] {
  const batch: Operation[] = [];
  let characters = 0;
  for (const operation of operations.sort((one, other) => one.counter - other.counter)) {
    characters += JSON.stringify(operation).length;
    if (batch.length > 0 && (batch.length >= MOST || characters > MOST_CHARACTERS)) break;
    batch.push(operation);
  }
  return batch;
}

async function deliver(key: CryptoKey): Promise<Outcome> {
  const operations = next(await vault.outbox(key));
  // Numbers go up even when the profile of the browser was put back to an earlier state.
  const card = await vault.changeCard((card) => (card.number = Math.max(card.number + 1, Date.now())));
  const body = JSON.stringify({ device: card.device, number: card.number, clock: Date.now(), operations });
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, card.signer, new TextEncoder().encode(SIGNED_FOR + body));
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/devices/${card.device}/deliveries`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-signature": vault.base64url(signature) },
      body,
    });
  } catch {
    return { kind: "offline" };
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as Problem;
    // A server that is busy or broken is like none: it is tried again.
    if (answer.status >= 500 || answer.status === 429) return { kind: "offline" };
    return { kind: "refused", code: problem.code ?? "", detail: problem.detail ?? "" };
  }
  const said = (await answer.json()) as Answer;
  await vault.drop([...said.taken, ...said.aside.map(({ id }) => id)]);
  await vault.changeCard((card) => (card.offset = said.package.now - Date.now()));
  return { kind: "sent", answer: said };
}

/** Sends everything that waits; the answer to the last delivery. */
export async function sendAll(key: CryptoKey): Promise<Outcome> {
  return navigator.locks.request("essor-envoi", async () => {
    for (;;) {
      const outcome = await deliver(key);
      if (outcome.kind !== "sent" || (await vault.outbox(key)).length === 0) return outcome;
      if (outcome.answer.taken.length + outcome.answer.aside.length === 0) return outcome;
    }
  });
}
