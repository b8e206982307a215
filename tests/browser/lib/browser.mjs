// Pages as people see them: on a phone or a desk, with scripts or without.

import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const viewports = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 900 },
};

/** A picture of the guide weighs at most this. */
const MOST_BYTES = 120_000;

/** Visitors whose scripts are off. */
const scriptless = new WeakSet();

const launch = {
  executablePath: process.env.ESSOR_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The system's Chromium, without the errands it runs by itself. */
export function startBrowser() {
  return chromium.launch(launch);
}

/** A device of one's own that keeps what it holds in `profile`, and can be started again with it. `close` as in `newVisitor`. */
export async function startDevice(profile, { base, viewport = "phone", locale = "fr-FR" }) {
  const context = await chromium.launchPersistentContext(profile, { ...launch, ...person({ base, viewport, locale }) });
  context.setDefaultTimeout(15_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const broken = [];
  context.on("page", (opened) => watch(opened, broken));
  watch(page, broken);
  const close = async () => {
    await context.close();
    assert.deepEqual(broken, [], "the page broke");
  };
  return { page, context, close };
}

function person({ base, viewport, locale }) {
  return {
    baseURL: base,
    viewport: viewports[viewport],
    isMobile: viewport === "phone",
    hasTouch: viewport === "phone",
    locale,
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
  };
}

/**
 * A page of a visitor of one's own. `close` fails when the page broke meanwhile: an error of a script, something
 * that the content policy stopped, or an answer of the server above 499.
 */
export async function newVisitor(browser, { base, viewport = "desktop", script = true, locale = "fr-FR" }) {
  const context = await browser.newContext({
    ...person({ base, viewport, locale }),
    javaScriptEnabled: script,
  });
  if (!script) scriptless.add(context);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const broken = [];
  context.on("page", (opened) => watch(opened, broken));
  watch(page, broken);
  const close = async () => {
    await context.close();
    assert.deepEqual(broken, [], "the page broke");
  };
  return { page, context, close };
}

function watch(page, broken) {
  page.on("pageerror", (error) => broken.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // Refusals of the server (4xx) are the business of the test that caused them.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      broken.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("response", (answer) => {
    if (answer.status() >= 500) broken.push(`${answer.url()}: ${answer.status()}`);
  });
}

/** Open a path; the server must answer with `status`. */
export async function visit(page, path, { status = 200 } = {}) {
  const answer = await page.goto(path, { waitUntil: "load" });
  assert.equal(answer.status(), status, `${path} answers ${answer.status()}`);
  return answer;
}

/** Fails with the list of what keeps some people from using the page as it is now; `only` one rule, or all of them. */
export async function axe(page, only) {
  const judge = (copy) => audit(copy, only);
  const { violations } = scriptless.has(page.context()) ? await onCopy(page, judge) : await judge(page);
  const told = violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `  ${target.join(" ")}: ${failureSummary}`);
    return `${id}: ${help}\n${places.join("\n")}`;
  });
  assert.equal(told.length, 0, `${page.url()}\n${told.join("\n")}`);
}

async function audit(page, only) {
  await page.evaluate(await axeSource);
  // The size of targets (WCAG 2.2) is off unless asked for.
  return page.evaluate(
    (rule) =>
      globalThis.axe.run(document, {
        resultTypes: ["violations"],
        ...(rule ? { runOnly: [rule] } : { rules: { "target-size": { enabled: true } } }),
      }),
    only,
  );
}

/** axe is a script, and cannot run where scripts are off: it judges a copy of the page that has lost its own. */
async function onCopy(page, judge) {
  const url = page.url();
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("script").forEach((script) => script.remove());
    copy.querySelectorAll("noscript").forEach((otherwise) => otherwise.replaceWith(...otherwise.childNodes));
    return `<!doctype html>${copy.outerHTML}`;
  });
  const context = await page.context().browser().newContext({ viewport: page.viewportSize(), reducedMotion: "reduce" });
  try {
    await context.addCookies(await page.context().cookies());
    const copy = await context.newPage();
    await copy.route(url, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await copy.goto(url, { waitUntil: "load" });
    return await judge(copy);
  } finally {
    await context.close();
  }
}

/** Fails when the page must be scrolled sideways. */
export async function fitsWidth(page) {
  const { content, window, culprits } = await page.evaluate(() => {
    const window = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("main *")].filter((part) => part.getBoundingClientRect().right > window + 1);
    const culprits = wide.slice(0, 8).map((part) => `<${part.tagName.toLowerCase()} class="${part.getAttribute("class") ?? ""}">`);
    return { content: document.documentElement.scrollWidth, window, culprits };
  });
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window} px: ${culprits.join(" ")}`);
}

/**
 * Keep a picture of the page in test-results/screens. With `docs`, what is in the window is also a picture of the guide: written
 * to docs/images when it is not there yet, or when ESSOR_UPDATE_IMAGES is set.
 */
export async function shot(page, name, { docs = false, fullPage = true } = {}) {
  const path = join(root, "test-results/screens", `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage });
  if (!docs) return;
  const kept = join(root, "docs/images", `${name}.webp`);
  const absent = await stat(kept).then(() => false, () => true);
  if (absent || process.env.ESSOR_UPDATE_IMAGES) {
    await mkdir(dirname(kept), { recursive: true });
    await writeFile(kept, await light(page, name));
  }
}

/** The window as WebP, in the best quality that fits MOST_BYTES: pictures of the guide are read on weak networks too. */
async function light(page, name) {
  const wire = await page.context().newCDPSession(page);
  try {
    for (const quality of [90, 80, 70, 60]) {
      const { data } = await wire.send("Page.captureScreenshot", { format: "webp", quality });
      const bytes = Buffer.from(data, "base64");
      if (bytes.length <= MOST_BYTES) return bytes;
    }
  } finally {
    await wire.detach();
  }
  throw new Error(`the picture ${name} is heavier than ${MOST_BYTES} bytes`);
}

/** Sign in as an account of the demonstration: staff with a password, participants by the link of a letter. */
export async function signIn(page, { email, password, link }) {
  await visit(page, link ?? "/connexion");
  if (link) {
    // Whoever is signed in as staff is asked first.
    const sure = page.locator('main form[action^="/acces/"] button');
    if ((await sure.count()) > 0) await sure.first().click();
  } else {
    const form = page.locator('form:has(input[type="password"])');
    await form.locator('input[name="email"]').fill(email);
    await form.locator('input[name="password"]').fill(password);
    await form.getByRole("button").click();
  }
  await page.waitForLoadState("load");
  assert.doesNotMatch(new URL(page.url()).pathname, /^\/(connexion|acces)/, `${email} could not sign in`);
}

/** Requests and bytes over the wire, headers included, for each of `paths` opened in turn by a new visitor. */
export async function weigh(browser, base, paths) {
  const { page, context, close } = await newVisitor(browser, { base });
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let requests = 0;
  let bytes = 0;
  const answered = new Set();
  wire.on("Network.responseReceived", ({ requestId, response }) => {
    if (!response.fromDiskCache && response.url.startsWith("http")) {
      requests += 1;
      answered.add(requestId);
    }
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (answered.has(requestId)) bytes += encodedDataLength;
  });
  const weights = [];
  for (const path of paths) {
    requests = 0;
    bytes = 0;
    await page.goto(path, { waitUntil: "networkidle" });
    weights.push({ path, requests, bytes: Math.round(bytes) });
  }
  await close();
  return weights;
}
