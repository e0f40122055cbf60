// Lets a process of its own run the sources, as the tests do: `node --require packages/testing/register.js file.ts`.
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const Module = require('node:module')
const { transformSync, version } = require('@swc/core')

const root = path.join(__dirname, '..', '..')
const resolve = Module._resolveFilename
Module._resolveFilename = (request, ...rest) => {
  const [, name] = /^@novation\/([a-z-]+)$/.exec(request) ?? []
  const sources = ['packages', 'services'].map((group) => path.join(root, group, name ?? '', 'src', 'index.ts'))
  return (name && sources.find((file) => fs.existsSync(file))) || resolve(request, ...rest)
}

const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }

/** Each source is transformed once, and not by each process and thread that a test starts: what comes of it lies here, under a hash of all that it is made of. */
const kept = path.join(root, 'node_modules', '.cache', 'novation-sources')
fs.mkdirSync(kept, { recursive: true })

const transformed = (source, filename) => {
  const made = createHash('sha256')
    .update(JSON.stringify([version, options, filename, source]))
    .digest('hex')
  const file = path.join(kept, made)
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    const { code } = transformSync(source, { filename, ...options })
    const own = `${file}-${process.pid}-${process.hrtime.bigint()}`
    fs.writeFileSync(own, code)
    fs.renameSync(own, file)
    return code
  }
}

require.extensions['.ts'] = (module, filename) =>
  module._compile(transformed(fs.readFileSync(filename, 'utf8'), filename), filename)
