// A server of our own with the demonstration season, for one file of tests.

import { spawn, execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

function program() {
  const path = process.env.ESSOR_BIN;
  if (!path) throw new Error("ESSOR_BIN names no program: run `cargo xtask test`");
  return path;
}

/** Start Essor on a copy of the demonstration season. `stop` ends it and removes its data. */
export async function startEssor() {
  const folder = await mkdtemp(join(tmpdir(), "essor-browser-"));
  let stop = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(await demonstration(), folder, { recursive: true });
    const accounts = JSON.parse(await readFile(join(folder, "demo-credentials.json"), "utf8"));
    const listen = `127.0.0.1:${await freePort()}`;
    const base = `http://${listen}`;
    const server = spawn(
      program(),
      ["serve", "--demo", "--listen", listen, "--base-url", base, ...place(folder)],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let log = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (log += text));
    }
    const ended = new Promise((resolve) => server.once("exit", resolve));
    const kill = () => server.kill("SIGKILL");
    process.once("exit", kill);
    server.once("exit", (code, signal) => code !== 0 && signal !== "SIGTERM" && console.error(`essor ended (${code ?? signal}):\n${log}`));
    stop = async () => {
      server.kill("SIGTERM");
      const late = setTimeout(kill, 5000);
      await ended;
      clearTimeout(late);
      process.removeListener("exit", kill);
      await rm(folder, { recursive: true, force: true });
    };
    await ready(base, server, () => log);
    return { base, accounts: atThisAddress(accounts, base), stop, log: () => log };
  } catch (error) {
    await stop();
    throw error;
  }
}

function place(folder) {
  return ["--database", `sqlite:${join(folder, "essor.sqlite")}`, "--data-dir", folder];
}

/** The demonstration season, made once for a build of the program and copied afterwards. */
async function demonstration() {
  const { mtimeMs } = await stat(program());
  const parent = join(dirname(program()), "browser-seed");
  const made = join(parent, String(Math.round(mtimeMs)));
  if (await exists(made)) return made;
  // Several files of tests may be here at once: each makes its own, the first to finish stays.
  await mkdir(parent, { recursive: true });
  const making = await mkdtemp(join(parent, "making-"));
  await run(program(), ["demo", "seed", "--json", ...place(making)], { maxBuffer: 1e7 });
  try {
    await rename(making, made);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!(await exists(made))) throw error;
  }
  return made;
}

async function exists(path) {
  return stat(path).then(() => true, () => false);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function ready(base, server, log) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`essor ended:\n${log()}`);
    const answer = await fetch(`${base}/sante`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`essor did not answer in 30 s:\n${log()}`);
}

/** Links were made for another address; their path is what counts. */
function atThisAddress(accounts, base) {
  for (const account of Object.values(accounts)) {
    if (typeof account?.link === "string") {
      const { pathname, search } = new URL(account.link, base);
      account.link = base + pathname + search;
    }
  }
  return accounts;
}
