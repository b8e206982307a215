// What people do on the pages, in their words.

import assert from "node:assert/strict";
import { visit } from "./browser.mjs";

/** Press a button of the page, and wait for what it leads to. */
export async function press(page, name) {
  await page.locator("main").getByRole("button", { name }).first().click();
  await page.waitForLoadState("load");
}

/** Follow a link of the page. */
export async function follow(page, name) {
  await page.locator("main").getByRole("link", { name }).first().click();
  await page.waitForLoadState("load");
}

/** Fails unless the page says this. */
export async function says(page, words) {
  const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
  if (words instanceof RegExp) assert.match(text, words, page.url());
  else assert.ok(text.includes(words), `${page.url()} does not say “${words}”:\n${text.slice(0, 1500)}`);
}

/** Type into the field with this label. */
export async function type(page, label, value) {
  await page.locator("main").getByLabel(label).first().fill(value);
}

/**
 * Answer the page of the questionnaire that is open: `wanted` are labels of choices; what they leave open and must be answered
 * gets its first choice.
 */
export async function answer(page, wanted) {
  for (const words of wanted) {
    const choice = page.locator("main .choice").filter({ hasText: words }).locator("input");
    if ((await choice.count()) > 0) await choice.first().check();
  }
  for (const group of await page.locator("main fieldset").all()) {
    const boxes = group.locator("input[type=radio], input[type=checkbox]");
    if ((await group.locator("input:checked").count()) > 0 || (await boxes.count()) === 0) continue;
    if ((await group.locator("table.week").count()) > 0) {
      for (const box of await boxes.all()) await box.check();
    } else if ((await boxes.first().getAttribute("type")) === "radio") {
      await boxes.first().check();
    }
  }
}

/** The letters to an address, newest first, as the demonstration's mailbox shows them to whoever may see it. */
export async function letters(page, to) {
  await visit(page, `/bureau/courrier?q=${encodeURIComponent(to)}`);
  return page.locator('main a[href^="/bureau/courrier/"]:not([href*="?"])').evaluateAll((links) =>
    links.map((link) => ({ subject: link.textContent.trim(), href: link.getAttribute("href") })),
  );
}

/** Open the newest letter to an address whose subject says this. */
export async function openLetter(page, to, subject) {
  const all = await letters(page, to);
  const found = all.find((letter) => letter.subject.includes(subject));
  assert.ok(found, `no letter “${subject}” to ${to}, only: ${all.map((letter) => letter.subject).join(" | ")}`);
  await visit(page, found.href);
}

/** The calendar file of the letter that is open. */
export async function calendarOf(page) {
  const href = await page.locator('main a[href$=".ics"]').first().getAttribute("href");
  const answer = await page.request.get(href);
  assert.equal(answer.status(), 200);
  return (await answer.text()).replaceAll("\r\n ", "");
}
