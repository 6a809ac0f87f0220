/**
 * Builds the front end.
 *
 *   node build.mjs         src/main.ts → ../static/index.js (one ES module, CSS inlined), and the
 *                          licences of all that is bundled → ../static/THIRD_PARTY_LICENSES.txt
 *   node build.mjs --same  builds beside, and fails where ../static/ is not the same
 *   node build.mjs --test  bundles test/*.test.ts and runs them
 *
 * The same sources and lockfile give the same bytes: nothing of the machine or the hour goes in.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "static");

/** Options that bundle and tests share; CSS becomes a string. */
const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  loader: { ".css": "text" },
  logLevel: "warning",
  target: "es2021",
};

/** The packages whose code is in the bundle, by the paths of the files that esbuild read. */
function bundledPackages(metafile) {
  const roots = Object.keys(metafile.inputs)
    .map((file) => file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter((root) => root !== undefined);
  return [...new Set(roots)].sort();
}

function licence(root) {
  const folder = join(here, root);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${about.name} ${about.version} comes without a licence file.`);
  const text = readFileSync(join(folder, file), "utf8").trim();
  return `${about.name} ${about.version} (${about.license})\n${"-".repeat(72)}\n${text}\n`;
}

async function bundle(folder) {
  const { metafile } = await build({
    ...common,
    entryPoints: [join("src", "main.ts")],
    outfile: relative(here, join(folder, "index.js")),
    banner: { js: "/* Built from frontend/; licences: THIRD_PARTY_LICENSES.txt */" },
    metafile: true,
    minify: true,
  });
  const licences = bundledPackages(metafile).map(licence);
  const head = "Licences of the packages whose code is part of index.js\n\n";
  writeFileSync(join(folder, "THIRD_PARTY_LICENSES.txt"), head + licences.join("\n\n"));
}

/** Builds into `folder` and compares with what is committed; the exit status. */
async function sameIn(folder) {
  await bundle(folder);
  const built = readdirSync(folder);
  const others = built.filter((name) => !same(join(folder, name), join(output, name)));
  for (const name of others)
    console.error(`static/${name} is not what these sources make: npm run build, and commit it.`);
  return others.length > 0 ? 1 : 0;
}

function same(one, other) {
  return existsSync(other) && readFileSync(one).equals(readFileSync(other));
}

async function beside(work) {
  const folder = mkdtempSync(join(here, ".test-build-"));
  try {
    process.exitCode = await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function testIn(folder) {
  const names = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: names.map((name) => join("test", name)),
    outdir: relative(here, folder),
    outExtension: { ".js": ".mjs" },
    platform: "node",
    sourcemap: "inline",
  });
  const files = names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], {
    stdio: "inherit",
    cwd: here,
    timeout: 120_000,
  });
  return run.status ?? 1;
}

if (process.argv.includes("--test")) await beside(testIn);
else if (process.argv.includes("--same")) await beside(sameIn);
else await bundle(output);
