// The first page that anyone sees.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, startBrowser, visit, weigh } from "./lib/browser.mjs";
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

for (const viewport of ["phone", "desktop"]) {
  test(`the home page is French, fits a ${viewport} and keeps nobody out`, async () => {
    const { page, close } = await newVisitor(browser, { base: essor.base, viewport });
    await visit(page, "/");
    assert.equal(await page.getAttribute("html", "lang"), "fr");
    assert.equal(await page.locator("h1").count(), 1);
    await fitsWidth(page);
    await axe(page);
    await shot(page, `home-${viewport}`, { docs: viewport === "desktop", fullPage: false });
    await close();
  });
}

test("the home page leads to the agenda without scripts", async () => {
  const { page, close } = await newVisitor(browser, { base: essor.base, viewport: "phone", script: false });
  await visit(page, "/");
  const way = page.locator('main a[href^="/agenda"], main form[action^="/agenda"]');
  assert.ok((await way.count()) > 0, "no way to the agenda");
  await close();
});

test("a first visit and the next page stay within the budget", async () => {
  const [first, next] = await weigh(browser, essor.base, ["/", "/agenda"]);
  assert.ok(first.requests <= 6 && first.bytes <= 45_000, JSON.stringify(first));
  assert.ok(next.bytes <= 10_000, JSON.stringify(next));
});
