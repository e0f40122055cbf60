#!/usr/bin/env node
const { existsSync } = require('node:fs')
const { join } = require('node:path')

if (existsSync(join(__dirname, '../dist/main.js'))) {
  require('../dist/main.js')
} else {
  process.stderr.write('novation is not built yet: run `npm run build` at the root of the checkout, then try again.\n')
  process.exitCode = 1
}
