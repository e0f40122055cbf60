// Lets a process of its own run the sources, as the tests do: `node --require packages/testing/register.js file.ts`.
const fs = require('node:fs')
const path = require('node:path')
const Module = require('node:module')
const { transformSync } = require('@swc/core')

const root = path.join(__dirname, '..', '..')
const resolve = Module._resolveFilename
Module._resolveFilename = (request, ...rest) => {
  const [, name] = /^@novation\/([a-z-]+)$/.exec(request) ?? []
  const sources = ['packages', 'services'].map((group) => path.join(root, group, name ?? '', 'src', 'index.ts'))
  return (name && sources.find((file) => fs.existsSync(file))) || resolve(request, ...rest)
}

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(fs.readFileSync(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  })
  module._compile(code, filename)
}
