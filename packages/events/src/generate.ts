import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from './digest'
import { newGoldens } from './golden/files'
import { schemaFiles } from './schema/files'

/** `npm run generate`: writes the schemas anew, and the golden file of each version that has none yet. */
const root = join(__dirname, '..')

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

for (const [file, text] of schemaFiles()) write(join(root, 'schema', file), text)

const digestsFile = join(root, 'golden', 'digests.json')
const digests: Record<string, string> = existsSync(digestsFile) ? JSON.parse(readFileSync(digestsFile, 'utf8')) : {}
for (const [file, text] of newGoldens()) {
  if (existsSync(join(root, 'golden', file))) continue
  write(join(root, 'golden', file), text)
  digests[file] = sha256(text)
}
const sorted = Object.fromEntries(Object.entries(digests).sort(([a], [b]) => (a < b ? -1 : 1)))
write(digestsFile, `${JSON.stringify(sorted, null, 2)}\n`)
