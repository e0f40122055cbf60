import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from './exit-code'
import { novation } from './novation'
import { processWorld } from './process-world'

const world = processWorld()

const version = (): string => {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'))
  return manifest.version
}

const report = async (error: unknown): Promise<number> => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  await world.err.write(
    `novation: this is a mistake in the program; please report it with what stands below\n${text}\n  id: bug\n`,
  )
  return exitCodes.failed
}

void novation(process.argv.slice(2), version(), world)
  .catch(report)
  .then((code) => {
    process.exitCode = code
  })
