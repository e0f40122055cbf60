import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './kit/generated'

/** `npm run generate`: writes anew what follows from the gateway's OpenAPI document. */
for (const [file, text] of generatedFiles()) writeFileSync(join(__dirname, 'generated', file), text)
