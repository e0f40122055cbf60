import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reports } from './test-reports'

/** `npm run generate`: writes anew what this room tells of one eventful history. Read the difference before you take it. */
const generate = async (): Promise<void> => {
  const golden = join(__dirname, '..', 'golden')
  mkdirSync(golden, { recursive: true })
  for (const [file, make] of Object.entries(reports))
    writeFileSync(join(golden, file), `${JSON.stringify(await make(), null, 1)}\n`)
}

void generate()
