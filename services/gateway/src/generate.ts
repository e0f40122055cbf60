import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describedFiles } from './describe/files'

/** `npm run generate`: writes the descriptions of the interface anew. */
const folder = join(__dirname, '..', 'schema')
mkdirSync(folder, { recursive: true })
for (const [file, text] of describedFiles()) writeFileSync(join(folder, file), text)
