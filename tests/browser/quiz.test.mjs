// Quizzes and the trainer's preparation, on a phone without scripts and at a desk: each page read by axe and measured.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, signIn, startBrowser, visit } from "./lib/browser.mjs";
import { startEssor } from "./lib/essor.mjs";

let browser;
let essor;

before(async () => {
  [browser, essor] = await Promise.all([startBrowser(), startEssor()]);
});

after(async () => {
  await browser?.close();
  await essor?.stop();
});

async function good(page, name) {
  await fitsWidth(page);
  await axe(page);
  await shot(page, `quiz-${name}`);
}

/** The address behind the first link that begins so. */
async function first(page, selector) {
  return page.locator(selector).first().getAttribute("href");
}

async function letterLink() {
  const { page, close } = await newVisitor(browser, { base: essor.base });
  await signIn(page, essor.accounts.coordinator);
  await visit(page, "/bureau/courrier?q=quiz");
  await visit(page, await first(page, "main a[href^='/bureau/courrier/']"));
  const text = await page.locator("main").innerText();
  await close();
  const [, path] = text.match(/(\/quiz\/[0-9a-f-]+\/[0-9a-f-]+\?cle=[0-9a-f]+)/);
  return path;
}

for (const viewport of ["phone", "desktop"]) {
  describe(`on a ${viewport}`, () => {
    test("a trainer prepares a session, makes a quiz and reads what was missed", async () => {
      const { page, close } = await newVisitor(browser, { base: essor.base, viewport, script: false });
      await signIn(page, essor.accounts.trainer);
      await visit(page, "/formateur");
      await good(page, `days-${viewport}`);
      await visit(page, await first(page, "main a[href$='/preparation']"));
      await good(page, `preparation-${viewport}`);
      assert.equal(await page.locator("tbody tr").count(), 4, "the four parts with their hours");

      await visit(page, "/bureau/quiz");
      await good(page, `list-${viewport}`);
      await visit(page, "/bureau/quiz/resultats");
      await good(page, `by-module-${viewport}`);
      await visit(page, await first(page, "main tbody a"));
      await good(page, `results-${viewport}`);
      await visit(page, await first(page, "main a[href^='/formateur/seances/']"));
      await good(page, `session-${viewport}`);

      await visit(page, "/bureau/quiz/nouveau");
      await page.fill("#title", "Essai");
      await page.selectOption("#module", "courriel");
      await page.fill("#text", "Bonne ? {T}\n\nVide {}\n");
      await page.click("main form[enctype] button");
      await good(page, `import-${viewport}`);
      assert.equal(await page.locator("#questions-a-revoir tbody tr").count(), 1);
      await page.check("#keep");
      await page.click("main form[enctype] button");
      await good(page, `page-${viewport}`);
      const quiz = new URL(page.url()).pathname;
      for (const kind of ["single", "multiple", "truth", "words", "number", "matching", "description"]) {
        await visit(page, `${quiz}/questions/nouvelle?genre=${kind}`);
        await good(page, `question-${kind}-${viewport}`);
      }
      await visit(page, `${quiz}/apercu`);
      await good(page, `preview-${viewport}`);
      await visit(page, `${quiz}/importer`);
      await good(page, `again-${viewport}`);
      await visit(page, `${quiz}/modifier`);
      await good(page, `settings-${viewport}`);
      await close();
    });

    test("somebody answers through the letter's link and sees the correction", async () => {
      const path = await letterLink();
      const { page, close } = await newVisitor(browser, { base: essor.base, viewport, script: false });
      await visit(page, path);
      if ((await page.locator("main form").count()) === 0) {
        await good(page, `sheet-${viewport}`);
        await close();
        return;
      }
      await good(page, `take-${viewport}`);
      await page.locator("main input[type=radio]").first().check();
      await page.click("main form button.big");
      await good(page, `missing-${viewport}`);
      assert.ok((await page.locator(".field.wrong").count()) > 0, "what is missing is told");
      assert.ok(await page.locator("main input[type=radio]").first().isChecked(), "what was answered is kept");
      await page.click("main button[name=anyway]");
      await good(page, `sheet-${viewport}`);
      assert.ok((await page.locator("article h3 .badge").count()) > 0);
      await close();
    });

    test("the desk enters a sheet of paper with the keyboard", async () => {
      const { page, close } = await newVisitor(browser, { base: essor.base, viewport, script: false });
      await signIn(page, essor.accounts.coordinator);
      await visit(page, "/bureau/quiz/resultats");
      await visit(page, await first(page, "main tbody a"));
      await visit(page, await first(page, "main tbody a[href^='/formateur/seances/']"));
      const entry = await first(page, "main a[href*='/saisie/']");
      assert.ok(entry, "somebody has not answered on the screen");
      await visit(page, entry);
      await good(page, `entry-${viewport}`);
      await close();
    });
  });
}
