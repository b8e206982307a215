// The pages that somebody reaches by following links, one of each kind.

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Lists whose pages are all made alike, told apart by a word or a code in the address. */
const lists = /^((?:\/bureau)?\/(?:ateliers|lieux|saison|territoires|attestations|communes|comptes|historique|tests\/questions)|\/acces)\/(?!nouve(?:au|lle)$)[^/]+/;
const file = /\.(pdf|ics|atom|csv|xlsx|json|xml|txt|zip|epub|vcf)$/;
/** The last part of a link that is good for one answer. */
const token = /\/[0-9a-f]{32}$/;

/** What kind of page an address is. */
export function kind({ pathname }) {
  return pathname.replace(id, "*").replace(lists, "$1/*").replace(token, "/*").replace(/\/module\.[^/]+/, "/module.*");
}

export function isFile({ pathname, searchParams }) {
  return file.test(pathname) || ["csv", "xlsx"].includes(searchParams.get("format"));
}

/**
 * Follow links from `starts`, as far as they go `within` what is asked for, and call `look(url)` once for every kind of page, when it is open.
 * What breaks is collected and told at the end. Returns the kinds seen and the files met.
 */
export async function crawl(page, { base, starts, look, within = () => true, most = 260 }) {
  const queue = starts.map((path) => new URL(path, base));
  const known = new Set(queue.map(kind));
  const files = new Map();
  const from = new Map();
  const problems = [];
  const seen = [];
  while (queue.length > 0 && seen.length < most) {
    const url = queue.shift();
    seen.push(kind(url));
    const answer = await page.goto(url.href, { waitUntil: "load" }).catch((error) => {
      if (!error.message.includes("Download is starting")) throw error;
    });
    if (!answer) {
      files.set(kind(url), url);
      continue;
    }
    if (answer.status() !== 200) {
      problems.push(`${url.pathname}${url.search} answers ${answer.status()}; linked from ${from.get(kind(url)) ?? "nowhere"}`);
      continue;
    }
    try {
      await look(url);
    } catch (error) {
      problems.push(`${url.pathname}${url.search}: ${error.message}`);
    }
    const hrefs = await page.locator("a[href]:not([hreflang])").evaluateAll((links) => links.map(({ href }) => href));
    for (const href of hrefs) {
      const next = new URL(href);
      next.hash = "";
      if (next.origin !== new URL(base).origin || !within(next)) continue;
      const found = kind(next);
      if (isFile(next)) {
        files.set(`${found}${next.searchParams.get("format") ?? ""}`, next);
      } else if (!known.has(found)) {
        known.add(found);
        from.set(found, url.pathname);
        queue.push(next);
      }
    }
  }
  return { seen, files: [...files.values()], problems };
}
