// Attendance where there is no network: the trainer's app, with the wire cut, the browser started again, two devices and wrong clocks.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, signIn, startBrowser, startDevice, viewports, visit } from "./lib/browser.mjs";
import { startEssor } from "./lib/essor.mjs";
import { press, says, type } from "./lib/people.mjs";
import { startWire } from "./lib/wire.mjs";

const APP = "/formateur/hors-ligne";
const CODE = "coquelicot-62";
/** The whole app, as its files are before they are compressed. */
const MOST_BYTES = 150_000;
const people = ["Anne Verhaeghe", "Bruno Dubois", "Chantal Lefebvre"];

let browser;
let essor;
let wire;
let trainer;
let session;
const profiles = [];

/** A civil date some days from today, as forms want it. */
function day(distance) {
  const date = new Date(Date.now() + distance * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(date);
}

before(async () => {
  [browser, essor] = await Promise.all([startBrowser(), startEssor()]);
  wire = await startWire(essor.base);
  const desk = await newVisitor(browser, { base: essor.base });
  trainer = await newVisitor(browser, { base: essor.base });
  await signIn(desk.page, essor.accounts.coordinator);
  await signIn(trainer.page, essor.accounts.trainer);
  await visit(trainer.page, "/formateur");
  const name = (await trainer.page.locator(".topbar .who").innerText()).trim();
  // From the first half hour of today, so that the test does not depend on the hour.
  await visit(desk.page, "/bureau/seances/nouvelle");
  await desk.page.getByLabel("Atelier").selectOption({ index: 4 });
  await desk.page.locator('main [name="place"]').selectOption({ index: 1 });
  await desk.page.locator('main [name="trainer"]').selectOption({ label: name });
  await type(desk.page, "Date", day(0));
  await type(desk.page, "Début", "00:30");
  await type(desk.page, "Fin", "12:00");
  await press(desk.page, "Enregistrer");
  if ((await desk.page.locator('main button[name="sure"]').count()) > 0) {
    const anyway = desk.page.getByLabel("Je sais, garder quand même");
    if ((await anyway.count()) > 0) await anyway.check();
    await desk.page.locator('main button[name="sure"]').click();
    await desk.page.waitForLoadState("load");
  }
  await says(desk.page, "La séance est créée.");
  session = new URL(desk.page.url()).pathname.split("/").pop();
  await desk.close();
  for (const [index, who] of people.entries()) {
    await visit(trainer.page, `/formateur/seances/${session}`);
    await type(trainer.page, "Prénom et nom", who);
    await type(trainer.page, "Téléphone", `03 21 47 01 1${index}`);
    await press(trainer.page, "Ajouter et noter présent");
  }
});

after(async () => {
  await trainer?.close();
  await browser?.close();
  await wire?.cut();
  await essor?.stop();
  for (const profile of profiles) await rm(profile, { recursive: true, force: true });
});

async function device() {
  const profile = await mkdtemp(join(tmpdir(), "essor-device-"));
  profiles.push(profile);
  return { profile, ...(await startDevice(profile, { base: wire.base })) };
}

/** Signs in, prepares the device, and opens the list of the session. */
async function prepared() {
  const own = await device();
  await signIn(own.page, essor.accounts.trainer);
  await visit(own.page, APP);
  await own.page.getByLabel("Code", { exact: true }).fill(CODE);
  await own.page.getByLabel("Le même code, encore une fois").fill(CODE);
  await own.page.getByRole("button", { name: "Préparer cet appareil" }).click();
  await listOf(own.page);
  return own;
}

async function listOf(page) {
  const entry = page.locator("article.sheet").filter({ hasText: "0 h 30" });
  const heading = page.getByRole("heading", { name: "Qui est là ?" });
  await heading.or(entry.first()).first().waitFor();
  if ((await heading.count()) === 0) await entry.getByRole("button", { name: /^Ouvrir la liste/ }).first().click();
  await heading.waitFor();
}

const row = (page, who) => page.locator("article.sheet").filter({ has: page.getByRole("heading", { name: who }) });
const tap = (page, who, label) => row(page, who).getByRole("button", { name: new RegExp(`^${label}`) }).click();
const marked = (page, who, mark) => row(page, who).locator("h3 .badge", { hasText: mark }).waitFor();
const state = (page, words) => page.locator("#etat", { hasText: words }).waitFor();

async function unlock(page) {
  await page.getByLabel("Votre code").fill(CODE);
  await page.getByRole("button", { name: "Ouvrir", exact: true }).click();
}

/** Sends at once, rather than at the next turn. */
async function send(page) {
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await state(page, "Tout est envoyé");
}

/** What the server has of somebody in the session. */
async function known(who) {
  const answer = await fetch(`${essor.base}/api/v1/sessions/${session}/attendance`, {
    headers: { authorization: `Bearer ${essor.accounts.coordinator.api_token}` },
  });
  const { items } = await answer.json();
  return items.filter(({ name }) => name === who);
}

/** Whether some bytes stand anywhere in what the browser keeps for sites. */
async function kept(profile, words) {
  const found = [];
  const look = async (folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await look(path);
      else {
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        for (const encoding of ["utf8", "utf16le"]) if (bytes.includes(Buffer.from(words, encoding))) found.push(path);
      }
    }
  };
  for (const part of ["IndexedDB", "Service Worker", "Local Storage", "Cache"]) {
    await look(join(profile, "Default", part)).catch(() => {});
  }
  return found;
}

test("one visit makes a device ready for a day without network, and nothing is lost when it is closed", { timeout: 120_000 }, async () => {
  let own = await device();
  let { page } = own;
  await signIn(page, essor.accounts.trainer);
  await visit(page, APP);
  for (const viewport of ["desktop", "phone"]) {
    await page.setViewportSize(viewports[viewport]);
    await fitsWidth(page);
    await axe(page);
    await shot(page, `offline/start-${viewport}`);
  }
  // Everything that is loaded to be ready, uncompressed.
  const worker = await (await page.request.get(`${APP}/travail.js`)).text();
  const { files } = JSON.parse(/self\.essor=(\{.*?\});/.exec(worker)[1]);
  let bytes = worker.length;
  for (const file of [...files, `${APP}/manifeste.webmanifest`]) bytes += (await (await page.request.get(file)).body()).length;
  assert.ok(bytes <= MOST_BYTES, `the app weighs ${bytes} bytes`);
  assert.ok(bytes > 20_000, "the app was not found");

  await page.getByLabel("Code", { exact: true }).fill("court");
  await page.getByLabel("Le même code, encore une fois").fill("court");
  await page.locator("form").evaluate((form) => (form.noValidate = true));
  await page.getByRole("button", { name: "Préparer cet appareil" }).click();
  await page.getByRole("alert").filter({ hasText: "au moins 6 caractères" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(CODE);
  await page.getByLabel("Le même code, encore une fois").fill(CODE);
  await page.getByRole("button", { name: "Préparer cet appareil" }).click();
  await listOf(page);
  await state(page, "Tout est envoyé");

  await wire.cut();
  await tap(page, people[0], "Absent");
  await marked(page, people[0], "Absent");
  await page.getByLabel("Prénom et nom").fill("Zéphirine Quidam");
  await page.getByRole("button", { name: "Ajouter et noter présent" }).click();
  await row(page, "Zéphirine Quidam").waitFor();
  await tap(page, people[1], "Signer");
  await axe(page);
  await shot(page, "offline/sign");
  const box = await page.locator("canvas").boundingBox();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  for (let step = 1; step < 12; step += 1) await page.mouse.move(box.x + 20 + 15 * step, box.y + 20 + 30 * (step % 2));
  await page.mouse.up();
  await page.getByRole("button", { name: "Valider" }).click();
  await row(page, people[1]).getByText("A signé sur l’écran.").waitFor();
  // By keyboard alone.
  await row(page, people[2]).getByRole("button", { name: /^Signer/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Valider" }).press("Enter");
  await page.getByRole("alert").filter({ hasText: "cochez la feuille de papier" }).waitFor();
  await page.getByLabel("La personne signe sur la feuille de papier").press("Space");
  await page.getByRole("button", { name: "Valider" }).press("Enter");
  await row(page, people[2]).getByText("A signé sur la feuille de papier.").waitFor();
  await page.getByLabel("Votre note").fill("Prévoir une multiprise.");
  await page.getByRole("button", { name: "Enregistrer la note" }).click();
  await state(page, "Sans réseau · 6 marques à envoyer");
  for (const viewport of ["desktop", "phone"]) {
    await page.setViewportSize(viewports[viewport]);
    await fitsWidth(page);
    await axe(page);
    await shot(page, `offline/list-${viewport}`);
  }
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await axe(page, "color-contrast");
  await own.close();

  assert.deepEqual(await kept(own.profile, "Quidam"), [], "a name can be read on the disk");
  assert.deepEqual(await kept(own.profile, people[0].split(" ")[1]), [], "a name can be read on the disk");

  // The browser is started again, still without network; any page of the trainer leads to the app.
  own = { profile: own.profile, ...(await startDevice(own.profile, { base: wire.base })) };
  ({ page } = own);
  await page.goto("/formateur");
  await state(page, "6 marques à envoyer");
  await page.getByLabel("Votre code").fill("mauvais-code");
  await page.getByRole("button", { name: "Ouvrir", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "Ce n’est pas le bon code." }).waitFor();
  await axe(page);
  await shot(page, "offline/locked");
  await unlock(page);
  await listOf(page);
  await marked(page, people[0], "Absent");
  await marked(page, "Zéphirine Quidam", "En retard");
  await state(page, "Sans réseau · 6 marques à envoyer");

  await wire.join();
  await send(page);
  await marked(page, "Zéphirine Quidam", "En retard");
  assert.equal((await known(people[0]))[0].mark, "absent");
  assert.equal((await known("Zéphirine Quidam")).length, 1);
  assert.equal((await known("Zéphirine Quidam"))[0].mark, "late");
  await visit(trainer.page, `/formateur/seances/${session}`);
  await says(trainer.page, "Prévoir une multiprise.");
  await says(trainer.page, /A signé sur l’écran à/);
  assert.equal(await trainer.page.locator("svg.signature path").count(), 1);
  await says(trainer.page, "A signé sur la feuille de papier.");
  // Sending again changes nothing.
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await state(page, "Tout est envoyé");
  assert.equal((await known("Zéphirine Quidam")).length, 1);
  await own.close();
});

test("two devices in one room come to one list, and where they disagree the trainer chooses", { timeout: 120_000 }, async () => {
  const [one, other] = [await prepared(), await prepared()];
  await wire.cut();
  await tap(one.page, people[0], "Présent");
  await tap(one.page, people[1], "Absent");
  await tap(other.page, people[1], "Excusé");
  await tap(other.page, people[2], "Absent");
  await state(one.page, "2 marques à envoyer");
  await state(other.page, "2 marques à envoyer");
  await wire.join();
  await send(one.page);
  await send(other.page);
  await send(one.page);
  for (const { page } of [one, other]) {
    await marked(page, people[0], "Présent");
    await marked(page, people[2], "Absent");
    await row(page, people[1]).getByText("Deux appareils ne disent pas la même chose.").waitFor();
  }
  await visit(trainer.page, `/formateur/seances/${session}`);
  await says(trainer.page, "Pour une personne, deux appareils ne disent pas la même chose.");
  const choices = row(trainer.page, people[1]).locator(".note.bad li");
  assert.equal(await choices.count(), 2);
  for (const viewport of ["desktop", "phone"]) {
    await trainer.page.setViewportSize(viewports[viewport]);
    await fitsWidth(trainer.page);
    await axe(trainer.page);
    await shot(trainer.page, `offline/conflict-${viewport}`);
  }
  await trainer.page.setViewportSize(viewports.desktop);
  // What looked at the page has left its traces there.
  await visit(trainer.page, `/formateur/seances/${session}`);
  await choices.filter({ hasText: "Excusé" }).getByRole("button").click();
  await row(trainer.page, people[1]).locator(".note.bad").waitFor({ state: "detached" });
  assert.equal((await known(people[1]))[0].mark, "excused");
  await send(one.page);
  await marked(one.page, people[1], "Excusé");
  assert.equal(await row(one.page, people[1]).getByText("Deux appareils").count(), 0);

  // One is lost: its owner turns it off.
  await visit(trainer.page, "/formateur/appareils");
  await axe(trainer.page);
  await shot(trainer.page, "offline/devices");
  const off = trainer.page.getByRole("button", { name: /^Retirer/ });
  while ((await off.count()) > 0) {
    await off.first().click();
    await trainer.page.waitForLoadState("load");
  }
  await tap(one.page, people[0], "Absent");
  await one.page.getByRole("alert").filter({ hasText: "Cet appareil a été retiré" }).waitFor();
  await state(one.page, "Envoi refusé · 1 marque à envoyer");
  assert.equal(await one.page.getByText(people[0]).count(), 0, "the list is gone");
  assert.equal((await known(people[0]))[0].mark, "present", "nothing of it was taken");
  await one.close();
  await other.close();
});

test("a clock that is wrong costs no mark, and the lists go with the day", { timeout: 120_000 }, async () => {
  const own = await prepared();
  const { page } = own;
  await wire.cut();
  await tap(page, people[0], "Présent");
  // Two hours back, in the middle of the work.
  await page.clock.setFixedTime(new Date(Date.now() - 2 * 3_600_000));
  await tap(page, people[0], "Excusé");
  await tap(page, people[0], "Absent");
  await marked(page, people[0], "Absent");
  await state(page, "Sans réseau · 3 marques à envoyer");
  await wire.join();
  await send(page);
  assert.equal((await known(people[0]))[0].mark, "absent", "what was said last counts");
  await wire.cut();
  await tap(page, people[0], "Présent");
  await state(page, "Sans réseau · 1 marque à envoyer");
  await page.clock.setFixedTime(new Date(Date.now() + 48 * 3_600_000));
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await page.getByRole("heading", { name: "La journée est terminée" }).waitFor();
  await state(page, "Sans réseau · 1 marque à envoyer");
  assert.equal(await page.getByText(people[0]).count(), 0);
  await axe(page);
  await shot(page, "offline/over");
  const lists = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("essor-presence");
        opening.onsuccess = () => {
          const counting = opening.result.transaction("lists").objectStore("lists").count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  assert.equal(lists, 0, "the lists are gone from the disk");
  await wire.join();
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await state(page, "Tout est envoyé");
  assert.equal((await known(people[0]))[0].mark, "present", "what waited is not lost");
  await own.close();
});

test("the app speaks the visitor's language and says what to do when nobody is signed in", async () => {
  const { page, close } = await newVisitor(browser, { base: essor.base, viewport: "phone", locale: "en-GB" });
  await visit(page, APP);
  await page.getByRole("heading", { name: "Attendance without network" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(CODE);
  await page.getByLabel("The same code once more").fill(CODE);
  await page.getByRole("button", { name: "Prepare this device" }).click();
  await page.getByRole("alert").filter({ hasText: "Sign in first" }).waitFor();
  await axe(page);
  await fitsWidth(page);
  await close();
});
