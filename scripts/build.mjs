// Builds the web app (dist/web) and the server (dist/server): `npm run build`.
// `--if-stale` builds only what is missing or was built from other sources than there are now.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')

/**
 * What is built, from what, and how to see that it is there. The two have separate inputs, so that an edit of the
 * server does not build the web app again.
 * @type {Record<string, { from: string[], makes: string[], build: () => Promise<void> }>}
 */
const parts = {
  web: {
    from: ['web', 'vite.config.ts', 'package.json', 'package-lock.json', 'scripts/build.mjs'],
    makes: ['web/client/index.html', 'web/server/server.js'],
    build: buildWeb,
  },
  server: {
    from: ['server', 'package.json', 'package-lock.json', 'scripts/build.mjs'],
    makes: ['server/main.js', 'server/embedded-worker.mjs', 'redoc.standalone.js'],
    build: buildServer,
  },
}

/** The names of the parts that are missing or older than their sources. */
export function staleParts() {
  const stamp = readStamp()
  return Object.entries(parts)
    .filter(
      ([name, part]) => stamp[name] !== hashOf(part.from) || !part.makes.every((file) => existsSync(join(dist, file))),
    )
    .map(([name]) => name)
}

/**
 * Builds these parts. Stopped in the middle, it leaves them stale.
 * @param {string[]} names
 */
export async function build(names) {
  for (const name of names) {
    const part = parts[name]
    if (!part) throw new Error(`There is no part ${name}`)
    const begun = performance.now()
    const hash = hashOf(part.from) // of what is read now: who edits during the build gets another one
    writeStamp({ [name]: undefined })
    await part.build()
    writeStamp({ [name]: hash })
    console.log(`built ${name} in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
}

async function buildWeb() {
  const vite = await import('vite')
  const common = /** @type {const} */ ({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  await vite.build(common)
  await vite.build({ ...common, build: { ssr: join(root, 'web/server.tsx') } })
  compress(join(dist, 'web/client/assets'))
}

/**
 * Lays the compressed form of each file beside it, so that the server has nothing left to compress.
 * @param {string} folder
 */
function compress(folder) {
  for (const name of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
    const bytes = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

async function buildServer() {
  rmSync(join(dist, 'server'), { recursive: true, force: true })
  await bundle('server/main.ts', join(dist, 'server'))
  copyFileSync(
    fileURLToPath(import.meta.resolve('redoc/bundles/redoc.standalone.js')),
    join(dist, 'redoc.standalone.js'),
  )
}

/**
 * Bundles a program, with the embedded database's own thread beside it; answers the file to start.
 * @param {string} entry
 * @param {string} outdir
 * @returns {Promise<string>}
 */
export async function bundle(entry, outdir) {
  const esbuild = await import('esbuild')
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true, // what only demo mode imports is not loaded by the others
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [packagesStayOutside],
  })
  copyFileSync(join(root, 'server/db/embedded-worker.mjs'), join(outdir, 'embedded-worker.mjs'))
  return join(outdir, basename(entry).replace(/\.ts$/, '.js'))
}

/**
 * Packages are found in node_modules when the server runs; only our own files, `#names` among them, go into the bundle.
 * @type {import('esbuild').Plugin}
 */
const packagesStayOutside = {
  name: 'packages stay outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./#]/ }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path, external: true },
    )
  },
}

/**
 * One hash over the names and contents of these files and folders; tests do not count.
 * @param {string[]} paths
 */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesIn).sort()) {
    const bytes = readFileSync(join(root, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (/\.(ts|tsx|js|mjs|json)$/.test(path)) return [path]
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

/** @returns {Record<string, string | undefined>} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(join(dist, '.stamp'), 'utf8'))
  } catch {
    return {}
  }
}

/** @param {Record<string, string | undefined>} change */
function writeStamp(change) {
  mkdirSync(dist, { recursive: true })
  writeFileSync(join(dist, '.stamp'), JSON.stringify({ ...readStamp(), ...change }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(process.argv.includes('--if-stale') ? staleParts() : Object.keys(parts)).catch((error) => {
    console.error(`The build failed: ${error.message}`)
    process.exit(1)
  })
}
