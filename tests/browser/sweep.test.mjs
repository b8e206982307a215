// Every page that each role can reach, at two widths, with script and without.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, signIn, startBrowser, viewports, visit, weigh } from "./lib/browser.mjs";
import { crawl, kind } from "./lib/crawl.mjs";
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

/** Who walks, from where, and some of the places where they must get. */
const walkers = [
  {
    role: "visitor",
    starts: ["/"],
    reaches: ["/agenda", "/seances/*", "/ateliers/*", "/lieux/*", "/saison", "/questionnaire", "/connexion", "/attestations", "/badges"],
  },
  { role: "participant", starts: ["/mon-espace"], reaches: ["/mon-espace/test", "/mon-espace/bilan", "/avis/seance/*/*"] },
  {
    role: "trainer",
    starts: ["/formateur"],
    reaches: ["/formateur/seances/*", "/formateur/seances/*/preparation", "/formateur/seances/*/quiz", "/bureau/quiz", "/bureau/quiz/*", "/bureau/tests/bilan", "/bureau/bilans", "/bureau/manques", "/bureau/avis"],
  },
  { role: "referent", starts: ["/referent"], reaches: ["/bureau/personnes", "/bureau/tests/bilan", "/bureau/bilans", "/bureau/manques"] },
  {
    role: "coordinator",
    starts: ["/bureau", "/bureau/personnes"],
    reaches: [
      "/bureau/seances",
      "/bureau/seances/*",
      "/bureau/seances/nouvelle",
      "/bureau/calendrier",
      "/bureau/planification",
      "/bureau/planification/nouveau",
      "/bureau/planification/comparer",
      "/bureau/planification/*",
      "/bureau/planification/*/calendrier",
      "/bureau/personnes/*",
      "/bureau/souhaits",
      "/bureau/bilans",
      "/bureau/manques",
      "/bureau/manques/module.*",
      "/bureau/manques/subject.*",
      "/bureau/manques/sujets/*",
      "/bureau/manques/regrouper",
      "/bureau/propositions",
      "/bureau/propositions/*",
      "/bureau/avis",
      "/bureau/avis/seance/*",
      "/bureau/avis/saison/*",
      "/bureau/lieux",
      "/bureau/formateurs",
      "/bureau/territoires",
      "/bureau/programmes",
      "/bureau/regles",
      "/bureau/attestations",
      "/bureau/tests",
      "/bureau/tests/bilan",
      "/bureau/tests/questions",
      "/bureau/tests/questions/*",
      "/bureau/financeurs",
      "/bureau/financeurs/seances",
      "/bureau/financeurs/presences",
      "/bureau/seances/*/financeur",
      "/bureau/programmes/boutic/preuves",
      "/bureau/courrier",
      "/bureau/historique",
    ],
  },
  {
    role: "administrator",
    starts: ["/bureau", "/bureau/comptes"],
    reaches: [
      "/bureau/compte",
      "/bureau/comptes",
      "/bureau/comptes/*",
      "/bureau/comptes/nouveau",
      "/bureau/comptes/*/modifier",
      "/bureau/badges",
    ],
  },
];

/** Everybody also sees the public pages, where the visitor has been; the demonstration's page leads into somebody else's. */
const parts = {
  visitor: /^(?!\/(bureau|acces)\/)/,
  participant: /^\/(mon-espace|avis)(\/|$)/,
  // All else at the desk is as the coordinator sees it.
  administrator: /^\/bureau(\/(comptes?|badges)(\/|$)|$)/,
};
const mine = (role) => (url) => (parts[role] ?? /^\/(bureau|formateur|referent)(\/|$)/).test(url.pathname);

function name(role, url, way) {
  const path = kind(url).replaceAll("*", "un").replaceAll("/", "-").replace(/^-/, "") || "accueil";
  return `sweep/${role}/${path}-${way}`;
}

describe("every page that one can reach", { concurrency: 2 }, () => {
  for (const { role, starts, reaches } of walkers) {
    test(`a ${role} can use them on a desk and on a phone`, async () => {
      const { page, close } = await newVisitor(browser, { base: essor.base });
      if (role !== "visitor") await signIn(page, essor.accounts[role]);
      const look = async (url) => {
        for (const viewport of ["desktop", "phone"]) {
          await page.setViewportSize(viewports[viewport]);
          await shot(page, name(role, url, viewport));
          const troubles = await Promise.allSettled([fitsWidth(page), axe(page)]);
          const told = troubles.filter(({ reason }) => reason).map(({ reason }) => `${viewport}: ${reason.message}`);
          assert.equal(told.length, 0, told.join("\n"));
        }
        assert.equal(await page.locator("h1").count(), 1, "one first heading");
      };
      const { seen, files, problems } = await crawl(page, { base: essor.base, starts, look, within: mine(role) });
      for (const url of files) {
        const answer = await page.request.get(url.href);
        const type = answer.headers()["content-type"] ?? "";
        if (answer.status() !== 200 || type.startsWith("text/html")) {
          problems.push(`${url.pathname}${url.search}: ${answer.status()} ${type}`);
        }
      }
      const missed = reaches.filter((path) => !seen.includes(path));
      if (missed.length > 0) problems.push(`never reached: ${missed.join(", ")}`);
      await close().catch((error) => problems.push(error.message));
      assert.equal(problems.length, 0, `\n${problems.join("\n\n")}`);
    });

    test(`a ${role} can use them on a phone without scripts`, async () => {
      const { page, close } = await newVisitor(browser, { base: essor.base, viewport: "phone", script: false });
      if (role !== "visitor") await signIn(page, essor.accounts[role]);
      const look = async (url) => {
        await fitsWidth(page);
        await page.setViewportSize(viewports.desktop);
        await fitsWidth(page);
        await page.setViewportSize(viewports.phone);
        // A list or a form that scripts alone would fill is no use here.
        assert.ok((await page.locator("main").innerText()).trim().length > 30, "the page is empty");
      };
      const { problems } = await crawl(page, { base: essor.base, starts, look, within: mine(role) });
      await close().catch((error) => problems.push(error.message));
      assert.equal(problems.length, 0, `\n${problems.join("\n\n")}`);
    });
  }

  test("they can be read in the dark", async () => {
    const { page, close } = await newVisitor(browser, { base: essor.base });
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    for (const path of ["/", "/agenda", "/ateliers", "/questionnaire", "/connexion"]) {
      await visit(page, path);
      await axe(page, "color-contrast");
    }
    await signIn(page, essor.accounts.coordinator);
    for (const path of ["/bureau", "/bureau/seances", "/bureau/calendrier", "/bureau/personnes", "/bureau/seances/nouvelle"]) {
      await visit(page, path);
      await axe(page, "color-contrast");
    }
    await shot(page, "sweep/dark-form");
    await close();
  });
});

test("every public page is light enough for a weak line", async () => {
  const { page, close } = await newVisitor(browser, { base: essor.base });
  const { seen, problems } = await crawl(page, { base: essor.base, starts: ["/"], look: async () => {}, within: mine("visitor") });
  assert.equal(problems.length, 0, problems.join("\n"));
  await visit(page, "/agenda");
  const session = await page.locator('main a[href^="/seances/"]').first().getAttribute("href");
  await visit(page, "/ateliers");
  const module = await page.locator('main a[href^="/ateliers/"]').first().getAttribute("href");
  await visit(page, "/lieux");
  const site = await page.locator('main a[href^="/lieux/"]').first().getAttribute("href");
  await close();
  const paths = [...seen.filter((path) => !path.includes("*")), session, module, site];
  const heavy = [];
  const next = await weigh(browser, essor.base, ["/", ...paths]);
  for (const weight of next.slice(1)) {
    if (weight.bytes > 10_000) heavy.push({ next: true, ...weight });
  }
  for (const path of ["/", "/agenda", "/questionnaire", session, module]) {
    const [first] = await weigh(browser, essor.base, [path]);
    if (first.requests > 6 || first.bytes > 45_000) heavy.push({ first: true, ...first });
  }
  assert.deepEqual(heavy, []);
});
