// Prints the weight of pages as JSON: node weigh.mjs BASE PATH…

import { startBrowser, weigh } from "./lib/browser.mjs";

const [base, ...paths] = process.argv.slice(2);
const browser = await startBrowser();
try {
  console.log(JSON.stringify(await weigh(browser, base, paths)));
} finally {
  await browser.close();
}
