// Builds everything the pages load: `npm run build` writes into ../crates/web/static/.
// One style sheet (Pico in a cascade layer below our own rules), one small file per island,
// htmx as it comes. Text files are also written compressed, so that the server never
// spends time on it.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = join(here, "..", "crates", "web", "static");
const fresh = join(here, "node_modules", ".static");

const islands = (await readdir(source)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });

const common = { bundle: true, minify: true, target: "es2020", outdir: fresh, logLevel: "warning", legalComments: "none" };
await build({ ...common, entryPoints: [join(source, "styles", "essor.css")], target: ["chrome99", "firefox97", "safari15.4"], external: ["/static/*"] });
await build({ ...common, entryPoints: islands.map((name) => join(source, name)), format: "iife" });
await writeFile(join(fresh, "htmx.js"), await readFile(join(here, "node_modules", "htmx.org", "dist", "htmx.min.js")));
await writeFile(join(fresh, "favicon.svg"), await readFile(join(source, "favicon.svg")));

const sizes = [];
for (const name of (await readdir(fresh)).sort()) {
  const content = await readFile(join(fresh, name));
  const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const gz = gzipSync(content, { level: 9 });
  await writeFile(join(fresh, `${name}.br`), br);
  await writeFile(join(fresh, `${name}.gz`), gz);
  sizes.push({ file: basename(name), bytes: content.length, gzip: gz.length, brotli: br.length });
}

// Swapped in at the end, so that a failed build never leaves half a folder.
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.table(sizes);
