import { spawnSync } from 'node:child_process'
import { findBrowser } from './browser'

/** So long an installation may take. */
const patience_ms = 300_000

/** What Chromium itself needs of the system is installed too by whoever may. */
const install = (): void => {
  const withSystem = process.getuid?.() === 0 ? ['--with-deps'] : []
  spawnSync('npx', ['playwright-core', 'install', ...withSystem, 'chromium'], {
    stdio: 'inherit',
    timeout: patience_ms,
  })
}

/**
 * Has a Chromium installed where none is, for the tests that need one: `npm run browser`. Where it cannot be had they are skipped, and that
 * is no failure.
 */
const main = (): void => {
  if (findBrowser() === undefined) install()
  const found = findBrowser()
  console.log(
    found === undefined
      ? 'no Chromium can be had here: tests that need one are skipped, and count as that'
      : `the browser of the tests is ${found}`,
  )
}
main()
