// `npm start`: builds what is missing or stale and then is the server, in this process.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** @param {string} relative */
const file = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

if (!existsSync(file('node_modules'))) {
  console.error('The packages are not installed yet: npm ci')
  process.exit(1)
}

const { staleParts } = await import('./build.mjs')
const stale = staleParts()
if (stale.length > 0) {
  console.log(`Building the ${stale.join(' and the ')} first …`)
  await buildApart()
}

process.setSourceMapsEnabled(true)
const server = file('dist/server/main.js')
process.argv = [process.execPath, server, 'start', ...process.argv.slice(2)]
await import(pathToFileURL(server).href)

/** In a process of its own: the builders take hundreds of megabytes, and set NODE_ENV. A signal stops it and us. */
async function buildApart() {
  const builder = spawn(process.execPath, [file('scripts/build.mjs'), '--if-stale'], { stdio: 'inherit' })
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => builder.kill(signal)
  process.on('SIGTERM', stop).on('SIGINT', stop)
  const [code, signal] = await new Promise((resolve, reject) => {
    builder.on('error', reject)
    builder.on('exit', (...how) => resolve(how))
  })
  process.off('SIGTERM', stop).off('SIGINT', stop)
  if (signal) process.kill(process.pid, signal)
  if (code !== 0) process.exit(code ?? 1)
}
