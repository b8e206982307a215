// The level test: taken on a phone without scripts, left and taken up again elsewhere, and what the desk sees of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, signIn, startBrowser, visit } from "./lib/browser.mjs";
import { startEssor } from "./lib/essor.mjs";
import { follow, press, says } from "./lib/people.mjs";

let browser;
let essor;

before(async () => {
  [browser, essor] = await Promise.all([startBrowser(), startEssor()]);
});

after(async () => {
  await browser?.close();
  await essor?.stop();
});

async function look(page, name) {
  await fitsWidth(page);
  await axe(page);
  await shot(page, `assessment/${name}`);
}

/** Which question the page asks; none on another page. */
async function place(page) {
  const progress = page.locator("#progress");
  return (await progress.count()) > 0 ? Number(/\d+/.exec(await progress.innerText())[0]) : undefined;
}

async function choose(page, index) {
  const choices = page.locator('main input[name="choice"]');
  await choices.nth(index % (await choices.count())).check();
}

test("a participant takes the test on a phone without scripts", async () => {
  const { page, close } = await newVisitor(browser, { base: essor.base, viewport: "phone", script: false });
  await signIn(page, essor.accounts.participant);
  await visit(page, "/mon-espace");
  await follow(page, "Voir de quoi il s’agit");
  await look(page, "welcome");
  await press(page, "Commencer le test");
  assert.equal(await place(page), 1);
  await look(page, "question");
  await shot(page, "question", { docs: true, fullPage: false });

  await press(page, "Répondre");
  await says(page, "Choisissez une réponse");
  await look(page, "question-error");
  await press(page, "Je ne sais pas");
  assert.equal(await place(page), 2);
  await press(page, "Passer");
  assert.equal(await place(page), 3);
  // The same question in two windows: the second answer to it changes nothing.
  const other = await page.context().newPage();
  await visit(other, page.url());
  await choose(page, 0);
  await press(page, "Répondre");
  assert.equal(await place(page), 4);
  await choose(other, 1);
  await press(other, "Répondre");
  await says(other, "votre première réponse est gardée");
  assert.equal(await place(other), 4);
  await other.close();

  await follow(page, "Arrêter ici");
  await says(page, "Vos 3 réponses sont gardées.");
  await look(page, "paused");
  const link = await page.locator("main .address a").getAttribute("href");
  const elsewhere = await newVisitor(browser, { base: essor.base, viewport: "phone", script: false });
  await visit(elsewhere.page, link);
  for (let answers = 4; (await place(elsewhere.page)) !== undefined; answers += 1) {
    assert.equal(await place(elsewhere.page), answers);
    assert.ok(answers <= 15, "no test is longer");
    await fitsWidth(elsewhere.page);
    await axe(elsewhere.page);
    await choose(elsewhere.page, answers);
    await press(elsewhere.page, "Répondre");
  }
  assert.match(elsewhere.page.url(), /\/resultat/);
  await says(elsewhere.page, "Domaine par domaine");
  await elsewhere.page.locator("main details summary").first().click();
  await look(elsewhere.page, "result");
  await elsewhere.close();

  await visit(page, "/mon-espace");
  await follow(page, "Voir le résultat de votre test de niveau");
  await says(page, "Votre résultat");
  await close();
});

test("a picture can be touched, in its own measure, on a phone", async () => {
  const { page, close } = await newVisitor(browser, { base: essor.base, viewport: "phone", script: false });
  await signIn(page, essor.accounts.coordinator);
  await visit(page, "/bureau/personnes");
  const people = await page
    .locator('main a[href^="/bureau/personnes/"]')
    .evaluateAll((links) => links.map((one) => one.getAttribute("href")).filter((href) => /[0-9a-f-]{36}$/.test(href)));
  for (const person of people) {
    await visit(page, person);
    const begin = page.locator('main form[action$="/test"] button');
    if ((await begin.count()) === 0) continue;
    await begin.click();
    await page.waitForLoadState("load");
    for (let answers = 1; (await place(page)) !== undefined && answers <= 15; answers += 1) {
      const picture = page.locator('main input[type="image"]');
      if ((await picture.count()) > 0) {
        assert.equal(Math.round((await picture.boundingBox()).width), 320, "a point means the same to the server");
        await look(page, "picture");
        const before = await place(page);
        // The corner is no answer, as when the picture is chosen by keyboard.
        await picture.click({ position: { x: 1, y: 1 } });
        await page.waitForLoadState("load");
        await says(page, "Choisissez une réponse");
        await choose(page, 0);
        await press(page, "Répondre");
        assert.notEqual(await place(page), before);
        await close();
        return;
      }
      await press(page, "Je ne sais pas");
    }
  }
  assert.fail("no question of any test had a picture to touch");
});

test("the desk sees results and the bank, a referent the sums only", async () => {
  for (const viewport of ["phone", "desktop"]) {
    const { page, close } = await newVisitor(browser, { base: essor.base, viewport });
    await signIn(page, essor.accounts.coordinator);
    for (const [path, name] of [
      ["/bureau/tests", "desk-list"],
      ["/bureau/tests/bilan", "desk-summary"],
      ["/bureau/tests/questions?tri=-shown", "desk-bank"],
      ["/bureau/tests/questions/barre-adresse", "desk-item"],
    ]) {
      await visit(page, path);
      await look(page, `${name}-${viewport}`);
    }
    await close();
  }
  const { page, close } = await newVisitor(browser, { base: essor.base });
  await signIn(page, essor.accounts.referent);
  await visit(page, "/bureau/tests/bilan");
  await says(page, "Les groupes de moins de cinq personnes ne sont pas montrés");
  await look(page, "referent-summary");
  await close();
});
