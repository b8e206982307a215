// A second reader of calendar files, other than the one that the program's own tests use: what calendars will really enter.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { newVisitor, signIn, startBrowser, visit } from "./lib/browser.mjs";
import { startEssor } from "./lib/essor.mjs";
import { follow, letters, press, says, type } from "./lib/people.mjs";

const email = "calendrier@exemple.example";

let browser;
let essor;
let api;

before(async () => {
  [browser, essor] = await Promise.all([startBrowser(), startEssor()]);
  const authorization = `Bearer ${essor.accounts.coordinator.api_token}`;
  api = async (path, body) => {
    const answer = await fetch(essor.base + path, {
      method: body ? "POST" : "GET",
      headers: { authorization, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
});

after(async () => {
  await browser?.close();
  await essor?.stop();
});

/** Read strictly: what does not hold to RFC 5545 is an error. Lines are at most 75 octets and end in CRLF. */
function read(text) {
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  for (const line of text.slice(0, -2).split("\r\n")) {
    assert.ok(Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line), `a line of the file: ${line}`);
  }
  assert.ok(ICAL.design.strict);
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.getFirstPropertyValue("version"), "2.0");
  assert.ok(calendar.getFirstPropertyValue("prodid"));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  return { method: calendar.getFirstPropertyValue("method"), events };
}

/** An instant as the API says it, from one of the file: in UTC, so that it means the same to everybody. */
function instant(time) {
  assert.equal(time.zone.tzid, "UTC", `${time} is not in UTC`);
  return time.toJSDate().toISOString().replace(".000Z", "Z");
}

test("a calendar that follows the agenda has every session of it at its time", async () => {
  const answer = await fetch(`${essor.base}/agenda.ics`);
  assert.match(answer.headers.get("content-type"), /^text\/calendar/);
  const { method, events } = read(await answer.text());
  assert.equal(method, "PUBLISH");
  const { items } = await api("/api/v1/sessions?limit=200");
  const coming = items.filter((session) => session.status !== "cancelled");
  assert.ok(coming.length > 10);
  assert.equal(new Set(events.map((event) => event.uid)).size, events.length, "one entry a session");
  for (const session of coming) {
    const event = events.find(({ uid }) => uid.includes(session.id));
    assert.ok(event, `${session.title} of ${session.starts_at} is not in the feed`);
    assert.equal(instant(event.startDate), session.starts_at);
    assert.equal(instant(event.endDate), session.ends_at);
    assert.ok(event.summary.includes(session.title), event.summary);
    assert.ok(event.location.includes(session.site_name), event.location);
    assert.equal(event.component.getFirstPropertyValue("url"), session.url);
  }
});

test("a confirmation, its change and its cancellation are one entry that changes and goes", async () => {
  const { items } = await api("/api/v1/sessions?free=true&limit=200");
  // Far enough away that one can still change it.
  const session = items.at(-1);
  const person = { name: "Camille Horloge", email, commune: "62767" };
  const enrolment = await api(`/api/v1/sessions/${session.id}/enrolments`, { person });
  assert.equal(enrolment.status, "placed");

  const { page, close } = await newVisitor(browser, { base: essor.base });
  await signIn(page, essor.accounts.coordinator);
  const file = async (subject) => {
    const letter = (await letters(page, email)).find((one) => one.subject.includes(subject));
    assert.ok(letter, `no letter “${subject}”`);
    await visit(page, letter.href);
    const href = await page.locator('main a[href$=".ics"]').first().getAttribute("href");
    const answer = await page.request.get(href);
    const { method, events } = read(await answer.text());
    assert.equal(events.length, 1);
    const [event] = events;
    assert.ok(answer.headers()["content-type"].startsWith("text/calendar"));
    const attendee = event.component.getFirstProperty("attendee");
    assert.equal(attendee.getFirstValue().toLowerCase(), `mailto:${email}`);
    assert.match(event.component.getFirstPropertyValue("organizer"), /^mailto:/i);
    return { method, event, status: event.component.getFirstPropertyValue("status") };
  };

  const placed = await file("place est réservée");
  assert.equal(placed.method, "REQUEST");
  assert.equal(instant(placed.event.startDate), session.starts_at);
  assert.equal(instant(placed.event.endDate), session.ends_at);

  await visit(page, `/bureau/seances/${session.id}/modifier`);
  await type(page, "Début", "08:05");
  await type(page, "Fin", "09:50");
  await press(page, "Enregistrer");
  const anyway = page.getByLabel("Je sais, garder quand même");
  if ((await anyway.count()) > 0) await anyway.check();
  await press(page, "Enregistrer et prévenir");
  await says(page, "La séance est modifiée.");
  const now = await api(`/api/v1/sessions/${session.id}`);
  assert.notEqual(now.starts_at, session.starts_at);
  const changed = await file("Changement");
  assert.equal(changed.method, "REQUEST");
  assert.equal(changed.event.uid, placed.event.uid, "the same entry");
  assert.ok(changed.event.sequence > placed.event.sequence, "a newer version of it");
  assert.equal(instant(changed.event.startDate), now.starts_at);
  assert.equal(instant(changed.event.endDate), now.ends_at);
  assert.notEqual(changed.status, "CANCELLED");

  await visit(page, `/bureau/seances/${session.id}`);
  await follow(page, "Annuler la séance");
  await type(page, /Pourquoi/, "La salle est inondée ; on n’entre plus, même en bottes.");
  await page.locator('main form[method="post"] button').first().click();
  await page.waitForLoadState("load");
  const sure = page.locator('main button[name="sure"]');
  if ((await sure.count()) > 0) await sure.click();
  await page.waitForLoadState("load");
  await says(page, "La séance est annulée.");
  const gone = await file("Annulé");
  assert.equal(gone.method, "CANCEL");
  assert.equal(gone.event.uid, placed.event.uid);
  assert.ok(gone.event.sequence > changed.event.sequence);
  assert.equal(gone.status, "CANCELLED");
  await close();

  const feed = read(await (await fetch(`${essor.base}/agenda.ics`)).text());
  const left = feed.events.find(({ uid }) => uid.includes(session.id));
  assert.ok(!left || left.component.getFirstPropertyValue("status") === "CANCELLED", "the feed does not invite to it any more");
});
