// Compile static/styles/*.scss and shrink static/scripts/*.js into static/built/.
//
// Sass partials (names that start with "_") are only what the others use. Output carries no character-set mark, because
// pages put the styles inline, where they already are UTF-8.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileAsync } from "sass";
import { minify } from "terser";

const project = fileURLToPath(new URL("..", import.meta.url));
const styles = join(project, "static", "styles");
const scripts = join(project, "static", "scripts");
const built = join(project, "static", "built");

async function sources(folder, ending) {
  const names = await readdir(folder).catch((fault) => {
    if (fault.code === "ENOENT") return [];
    throw fault;
  });
  return names.filter((name) => name.endsWith(ending) && !name.startsWith("_")).sort();
}

// GOV.UK Frontend's details component speaks to Internet Explorer in a way that is no CSS ("screen\0", which Sass writes
// as a replacement character); the rest of its styles stands without it.
const FOR_INTERNET_EXPLORER = /@media screen\uFFFD[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g;

async function compiledStyles(name) {
  const result = await compileAsync(join(styles, name), {
    charset: false,
    loadPaths: [join(project, "node_modules")],
    quietDeps: true,
    style: "compressed",
  });
  return result.css.replace(FOR_INTERNET_EXPLORER, "");
}

async function shrunkScript(name) {
  const source = await readFile(join(scripts, name), "utf8");
  const result = await minify({ [name]: source }, { ecma: 2015, format: { comments: false } });
  return result.code;
}

// A site that is running meanwhile reads either the old file or the new one, never half of one.
async function put(name, text) {
  const unfinished = join(built, `.${name}.new`);
  await writeFile(unfinished, text);
  await rename(unfinished, join(built, name));
  console.log(`static/built/${name}: ${Buffer.byteLength(text)} bytes`);
}

async function forgetAllBut(wanted) {
  const names = await readdir(built);
  await Promise.all(names.filter((name) => !wanted.includes(name)).map((name) => rm(join(built, name))));
}

await mkdir(built, { recursive: true });
const outputs = [];
for (const name of await sources(styles, ".scss")) {
  outputs.push([`${basename(name, ".scss")}.css`, await compiledStyles(name)]);
}
for (const name of await sources(scripts, ".js")) {
  outputs.push([name, await shrunkScript(name)]);
}
for (const [name, text] of outputs) await put(name, text);
await forgetAllBut(outputs.map(([name]) => name));
