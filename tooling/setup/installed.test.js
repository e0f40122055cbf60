const { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { isInstalled, markInstalled } = require('./installed')

const lock = {
  '': { name: 'novation' },
  'packages/risk': { version: '0.1.0' },
  'node_modules/jest': { version: '30.0.0' },
  'node_modules/@swc/core-darwin-arm64': { version: '1.0.0', optional: true },
}

const installed = {
  'packages/risk': { version: '0.1.0' },
  'node_modules/jest': { version: '30.0.0' },
}

describe('what is installed', () => {
  let root
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'novation-installed-'))
    mkdirSync(path.join(root, 'node_modules'))
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: lock }))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const withRecord = (packages) => {
    writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
    return isInstalled(root)
  }

  const withNewRoom = () => {
    const link = { resolved: 'services/new', link: true }
    const packages = { ...lock, 'services/new': { version: '0.1.0' }, 'node_modules/new': link }
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }))
    mkdirSync(path.join(root, 'services/new'), { recursive: true })
    writeFileSync(path.join(root, 'services/new/package.json'), '{}')
  }

  it('is nothing on a bare checkout, or where npm was interrupted', () => expect(isInstalled(root)).toBe(false))
  it('is enough without binaries for other platforms', () => expect(withRecord(installed)).toBe(true))
  it('is what npm ci has just left, as long as the lock file stays the same', () => {
    withRecord({})
    markInstalled(root)
    expect(isInstalled(root)).toBe(true)
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { ...lock, more: {} } }))
    expect(isInstalled(root)).toBe(false)
  })
  it('is not enough where a package is missing', () =>
    expect(withRecord({ 'packages/risk': { version: '0.1.0' } })).toBe(false))
  it('is not enough for a new room before it is linked, and is as soon as it is', () => {
    withNewRoom()
    expect(withRecord(installed)).toBe(false)
    symlinkSync('../services/new', path.join(root, 'node_modules/new'))
    expect(isInstalled(root)).toBe(true)
  })
  it('is not enough where the lock file names another version', () =>
    expect(withRecord({ ...installed, 'node_modules/jest': { version: '29.0.0' } })).toBe(false))
})
