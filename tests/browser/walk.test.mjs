// The whole job from the first question to the certificate, by telephone without scripts and at a desk with them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, fitsWidth, newVisitor, shot, signIn, startBrowser, visit } from "./lib/browser.mjs";
import { startEssor } from "./lib/essor.mjs";
import { answer, calendarOf, follow, openLetter, press, says, type } from "./lib/people.mjs";

let browser;

before(async () => {
  browser = await startBrowser();
});

after(() => browser?.close());

/** A civil date some days from today, as forms want it. */
function day(distance) {
  const date = new Date(Date.now() + distance * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(date);
}

const ways = [
  { way: "phone", title: "on a phone without scripts", viewport: "phone", script: false },
  { way: "desktop", title: "at a desk with scripts", viewport: "desktop", script: true },
];

for (const { way, title, viewport, script } of ways) {
  test(`a whole season ${title}`, { timeout: 120_000 }, async (t) => {
    const essor = await startEssor();
    const docs = way === "desktop";
    const open = [];
    const someone = async (role) => {
      const visitor = await newVisitor(browser, { base: essor.base, viewport, script });
      open.push(visitor);
      if (role) await signIn(visitor.page, essor.accounts[role]);
      return visitor.page;
    };
    const look = async (page, name, more) => {
      await fitsWidth(page);
      await axe(page);
      await shot(page, `walk/${way}/${name}`, more);
    };
    const picture = async (page, name) => docs && shot(page, name, { docs: true, fullPage: false });
    try {
      await walk(t, { way, someone, look, picture });
      for (const visitor of open) await visitor.close();
    } finally {
      for (const visitor of open) await visitor.context.close();
      await essor.stop();
    }
  });
}

async function walk(t, { way, someone, look, picture }) {
  const name = way === "phone" ? "Odile Vasseur" : "Régis Delattre";
  const email = way === "phone" ? "odile@exemple.fr" : "regis@exemple.fr";
  const coordinator = await someone("coordinator");
  let failed = false;
  const step = async (title, act) => {
    if (failed) return;
    await t.test(title, async () => {
      failed = true;
      await act();
      failed = false;
    });
  };

  await step("answer the questionnaire, stop, take it up again elsewhere, get a path", async () => {
    let page = await someone();
    await visit(page, "/");
    await follow(page, "Trouver mon parcours");
    await look(page, "questionnaire");
    await press(page, "Commencer");
    await answer(page, ["Commerçant ou commerçante"]);
    await look(page, "questionnaire-1");
    if (way === "phone") await shot(page, "questionnaire-telephone", { docs: true, fullPage: false });
    await press(page, /Continuer/);
    await answer(page, ["Je travaille seul"]);
    await press(page, /M’arrêter/);
    await look(page, "questionnaire-pause");
    const link = await page.locator('main a[href*="/questionnaire/reprise/"]').first().getAttribute("href");

    page = await someone();
    await visit(page, link);
    for (let place = 0; place < 12 && !page.url().includes("/coordonnees"); place += 1) {
      const commune = page.locator('main input[name="commune"]');
      if ((await commune.count()) > 0) await commune.fill("Frévent 62270");
      await answer(page, ["Être trouvé", "Tous les jours", "30"]);
      await press(page, /Continuer/);
      assert.equal(await page.locator("#erreurs").count(), 0, await page.locator("main").innerText());
    }
    await type(page, "Nom et prénom", name);
    await page.locator('main input[name="email"]').fill(email);
    await look(page, "questionnaire-contact");
    await press(page, "Voir mon parcours");
    assert.match(page.url(), /\/parcours/);
    assert.ok((await page.locator("ol.path > li").count()) > 0, "a path has steps");
    assert.ok((await page.locator("ol.path .reason").count()) > 0, "a step says why");
    await look(page, "path");
    await picture(page, "parcours");
  });

  let visitor;
  await step("register for a date of the path, and wait for a seat elsewhere", async () => {
    visitor = await someone();
    await visit(visitor, "/agenda");
    await look(visitor, "agenda");
    const free = visitor.locator("main .events > li").filter({ hasText: /Reste \d+ place/ }).filter({ hasNotText: "Réservé" });
    await free.last().getByRole("link").first().click();
    await visitor.waitForLoadState("load");
    await look(visitor, "session");
    await picture(visitor, "seance-publique");
    await follow(visitor, "M’inscrire");
    await type(visitor, "Nom et prénom", name);
    await type(visitor, "Adresse électronique", email);
    await type(visitor, /Votre commune/, "Frévent 62270");
    await look(visitor, "registration");
    await press(visitor, "M’inscrire");
    await says(visitor, "Place réservée");
    await look(visitor, "registered");

    await visit(visitor, "/agenda");
    const full = visitor.locator("main .events > li").filter({ hasText: "Complet" }).filter({ hasNotText: "Réservé" });
    await full.first().getByRole("link").first().click();
    await visitor.waitForLoadState("load");
    await follow(visitor, "Me mettre sur la liste d’attente");
    await type(visitor, "Nom et prénom", name);
    await type(visitor, "Adresse électronique", email);
    await press(visitor, "M’inscrire sur la liste d’attente");
    await says(visitor, /En attente, (1er rang|rang \d+)/);
    await look(visitor, "waiting");
  });

  await step("the coordinator sees what there is to do today", async () => {
    await visit(coordinator, "/bureau");
    await says(coordinator, "À faire aujourd’hui");
    await look(coordinator, "today");
    await picture(coordinator, "bureau-aujourdhui");
    await visit(coordinator, "/bureau/saison");
    await picture(coordinator, "bureau-tableau");
    await visit(coordinator, "/bureau/calendrier");
    await picture(coordinator, "bureau-calendrier");
    await visit(coordinator, "/bureau/seances");
    await picture(coordinator, "bureau-seances");
  });

  let session;
  await step("creates a session although the room is taken, and duplicates it", async () => {
    await visit(coordinator, "/bureau/seances");
    await coordinator.locator('main th a[href^="/bureau/seances/"], main td a[href^="/bureau/seances/"]').nth(2).click();
    await coordinator.waitForLoadState("load");
    await follow(coordinator, "Modifier la séance");
    const other = {};
    for (const field of ["place", "day", "starts"]) other[field] = await coordinator.locator(`main [name="${field}"]`).inputValue();
    await visit(coordinator, "/bureau/seances/nouvelle");
    await look(coordinator, "session-new");
    await coordinator.getByLabel("Atelier").selectOption({ index: 3 });
    await coordinator.locator('main [name="place"]').selectOption(other.place);
    await type(coordinator, "Date", other.day);
    await type(coordinator, "Début", other.starts);
    await type(coordinator, "Places", "3");
    await type(coordinator, "Ouvre à partir de", "1");
    await press(coordinator, "Enregistrer");
    await says(coordinator, "La salle est déjà prise");
    await look(coordinator, "session-conflict");
    await picture(coordinator, "bureau-seance-conflit");
    await coordinator.getByLabel("Je sais, garder quand même").check();
    await press(coordinator, /^Enregistrer/);
    await says(coordinator, "La séance est créée.");
    session = new URL(coordinator.url()).pathname;
    await look(coordinator, "session-created");

    await follow(coordinator, "Répéter");
    await type(coordinator, "Combien de semaines de plus ?", "2");
    await press(coordinator, /Répéter|Créer|Enregistrer/);
    if (await coordinator.locator('main button[name="sure"]').count()) {
      const anyway = coordinator.getByLabel("Je sais, garder quand même");
      if (await anyway.count()) await anyway.check();
      await coordinator.locator('main button[name="sure"]').click();
      await coordinator.waitForLoadState("load");
    }
    await says(coordinator, "2 séances sont créées.");
  });

  const caller = way === "phone" ? "Lucette Caron" : "Firmin Duhamel";
  const callerMail = way === "phone" ? "lucette@exemple.fr" : "firmin@exemple.fr";
  await step("registers somebody who calls, moves the session and sees who is told what", async () => {
    await visit(coordinator, session);
    await follow(coordinator, "Inscrire quelqu’un");
    await type(coordinator, "Nom, téléphone ou entreprise", caller);
    await press(coordinator, "Chercher");
    await says(coordinator, "Personne ne correspond");
    await look(coordinator, "register-by-phone");
    const fields = coordinator.locator('main form[method="post"]');
    await fields.locator('input[name$="name"]').first().fill(caller);
    await fields.locator('input[name$="phone"]').first().fill("03 21 47 00 11");
    await fields.locator('input[name$="email"]').first().fill(callerMail);
    await press(coordinator, /^Inscrire$/);
    await says(coordinator, `${caller} a une place.`);
    await look(coordinator, "session-with-people");

    await follow(coordinator, "Modifier la séance");
    const starts = await coordinator.locator('main [name="starts"]').inputValue();
    await type(coordinator, "Date", day(40));
    await type(coordinator, "Début", starts === "17:00" ? "16:00" : "17:00");
    await type(coordinator, "Fin", "");
    await press(coordinator, "Enregistrer");
    await says(coordinator, "Une personne est prévenue");
    await says(coordinator, caller);
    await look(coordinator, "session-preview");
    await picture(coordinator, "bureau-seance-apercu");
    const anyway = coordinator.getByLabel("Je sais, garder quand même");
    if ((await anyway.count()) > 0) await anyway.check();
    await press(coordinator, "Enregistrer et prévenir");
    await says(coordinator, "La séance est modifiée.");
    await openLetter(coordinator, callerMail, "Changement");
    await says(coordinator, "Il y a un changement pour votre atelier");
    await look(coordinator, "letter-changed");
    const calendar = await calendarOf(coordinator);
    assert.match(calendar, /METHOD:REQUEST/);
    assert.match(calendar, /SEQUENCE:[1-9]/);
  });

  await step("cancels the session; the entry in the calendar goes away", async () => {
    await visit(coordinator, session);
    await follow(coordinator, "Annuler la séance");
    await type(coordinator, /Pourquoi/, "La salle est inondée.");
    await look(coordinator, "session-cancel");
    await coordinator.locator('main form[method="post"] button').first().click();
    await coordinator.waitForLoadState("load");
    if (await coordinator.locator('main button[name="sure"]').count()) await coordinator.locator('main button[name="sure"]').click();
    await coordinator.waitForLoadState("load");
    await says(coordinator, "La séance est annulée.");
    await openLetter(coordinator, callerMail, "Annulé");
    await says(coordinator, "La salle est inondée.");
    assert.match(await calendarOf(coordinator), /METHOD:CANCEL/);
  });

  await step("the participant withdraws in one click from the letter", async () => {
    await openLetter(coordinator, email, "Votre place est réservée");
    await look(coordinator, "letter-placed");
    assert.match(await calendarOf(coordinator), /METHOD:REQUEST/);
    await picture(coordinator, "bureau-courrier");
    const link = await coordinator.locator('main a[href*="/retrait"]').first().getAttribute("href");
    const page = await someone();
    await visit(page, link);
    await look(page, "withdraw");
    await press(page, "Je me désinscris");
    await says(page, /retirée|Il n’y a plus rien à faire|C’est noté/);
    await look(page, "withdrawn");
    await openLetter(coordinator, email, "vous ne venez plus");
  });

  let list;
  await step("the trainer marks who is there and closes the list", async () => {
    // A session of yesterday, so that the test does not depend on the hour.
    const trainer = await someone("trainer");
    await visit(coordinator, "/bureau/seances/nouvelle");
    await coordinator.getByLabel("Atelier").selectOption({ index: 4 });
    await coordinator.locator('main [name="place"]').selectOption({ index: 1 });
    const trainerName = (await trainer.locator(".topbar .who").innerText()).trim();
    await coordinator.locator('main [name="trainer"]').selectOption({ label: trainerName });
    await type(coordinator, "Date", day(-1));
    await type(coordinator, "Début", "06:00");
    await type(coordinator, "Fin", "09:00");
    await press(coordinator, "Enregistrer");
    if ((await coordinator.locator('main button[name="sure"]').count()) > 0) {
      await says(coordinator, "Cette date est déjà passée.");
      const anyway = coordinator.getByLabel("Je sais, garder quand même");
      if ((await anyway.count()) > 0) await anyway.check();
      await coordinator.locator('main button[name="sure"]').click();
      await coordinator.waitForLoadState("load");
    }
    await says(coordinator, "La séance est créée.");
    list = new URL(coordinator.url()).pathname.replace("/bureau/", "/formateur/");

    await visit(trainer, "/formateur");
    await look(trainer, "trainer-days");
    await trainer.locator(`main a[href="${list}"]`).click();
    await trainer.waitForLoadState("load");
    for (const [who, phone] of [[`${caller} fils`, "03 21 47 00 12"], [`${caller} fille`, "03 21 47 00 13"]]) {
      await type(trainer, "Prénom et nom", who);
      await type(trainer, "Téléphone", phone);
      await press(trainer, "Ajouter et noter présent");
      await says(trainer, `${who} est sur la liste, présent.`);
    }
    await trainer.locator("article.sheet").filter({ hasText: "fille" }).getByRole("button", { name: /^Absent/ }).click();
    await trainer.locator("article.sheet").filter({ hasText: "fille" }).filter({ has: trainer.locator('button[aria-pressed="true"]', { hasText: "Absent" }) }).waitFor();
    await look(trainer, "trainer-list");
    await picture(trainer, "formateur-seance");
    await type(trainer, "Votre note", "Prévoir une rallonge.");
    await press(trainer, "Enregistrer la note");
    await follow(trainer, "Terminer la liste");
    await press(trainer, "Terminer la liste");
    await says(trainer, "La liste est terminée.");
    const sheet = await trainer.request.get(`${list}/emargement.pdf`);
    assert.equal((await sheet.body()).subarray(0, 4).toString(), "%PDF");
  });

  await step("the certificate is given, downloaded and verified", async () => {
    await visit(coordinator, `/bureau/attestations?q=${encodeURIComponent(`${caller} fils`)}`);
    await look(coordinator, "certificates");
    await press(coordinator, /^Délivrer (?!l)/);
    await says(coordinator, /L’attestation \S+ est délivrée\./);
    const code = /L’attestation (\S+) est délivrée/.exec(await coordinator.locator("main").innerText())[1];
    await visit(coordinator, `/bureau/attestations?q=${encodeURIComponent(`${caller} fils`)}`);
    await picture(coordinator, "bureau-attestations");
    const paper = await coordinator.request.get(await coordinator.locator('main a[href$=".pdf"]').last().getAttribute("href"));
    assert.equal(paper.status(), 200);
    assert.equal((await paper.body()).subarray(0, 4).toString(), "%PDF");
    const anyone = await someone();
    await visit(anyone, "/attestations");
    await type(anyone, "Code", code.toLowerCase());
    await press(anyone, "Vérifier");
    await says(anyone, "Cette attestation est authentique");
    await says(anyone, `${caller} fils`);
    await look(anyone, "certificate");
  });

  await step("the referent enters a paper questionnaire by keyboard alone", async () => {
    const referent = await someone("referent");
    await visit(referent, "/referent");
    await follow(referent, "Saisir un questionnaire");
    await look(referent, "entry");
    await picture(referent, "saisie-questionnaire");
    await referent.locator("#name").focus();
    const typed = { name: `Papier ${caller}`, phone: "03 21 47 00 20", r_profil: "1", r_commune: "Frévent 62270", r_disponibilites: "1 2 3" };
    let sent = false;
    for (let presses = 0; presses < 80 && !sent; presses += 1) {
      const field = await referent.evaluate(() => ({
        name: document.activeElement.name ?? "",
        tag: document.activeElement.tagName,
        choices: document.activeElement.dataset?.most ?? "",
        submits: document.activeElement.tagName === "BUTTON",
        filled: Boolean(document.activeElement.value),
      }));
      if (field.submits) {
        const shown = referent.waitForEvent("load");
        await referent.keyboard.press("Enter");
        await shown;
        sent = true;
      } else if (field.tag === "INPUT" && !field.filled) {
        const value = typed[field.name] ?? (field.choices ? "1" : "");
        if (value) await referent.keyboard.type(value);
      }
      if (!sent) await referent.keyboard.press("Tab");
    }
    await says(referent, `le parcours de Papier ${caller} est prêt`);
    assert.equal(await referent.locator("#erreurs").count(), 0, await referent.locator("main").innerText());
    await look(referent, "entered");
  });

  await step("lists go out, and a list with one bad line stays out as a whole", async () => {
    const csv = await coordinator.request.get("/bureau/personnes?format=csv");
    assert.ok((await csv.text()).includes("Nom"), "the list has a heading");
    const xlsx = await coordinator.request.get("/bureau/seances?format=xlsx");
    assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");

    await visit(coordinator, "/bureau/imports/personnes");
    const lines = ["Nom;Courriel;Commune", "Berthe Import;berthe@exemple.fr;Frévent 62270", "Gaston Import;pas-une-adresse;Frévent 62270"];
    await coordinator.locator('input[type="file"]').setInputFiles({
      name: "personnes.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`),
    });
    await press(coordinator, "Vérifier le fichier");
    await says(coordinator, "Rien n’a été enregistré.");
    await says(coordinator, "Ce n’est pas une adresse électronique.");
    await look(coordinator, "import-refused");
    await picture(coordinator, "bureau-import");
    await visit(coordinator, "/bureau/personnes?q=Berthe+Import");
    await says(coordinator, "Personne ne correspond");
  });
}
