#!/usr/bin/env node
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const main = join(__dirname, '..', 'dist', 'main.js')

if (existsSync(main)) {
  require(main)
} else {
  process.stderr.write('novation is not built yet: run `npm run build` at the root of the checkout, then try again.\n')
  process.exitCode = 1
}
