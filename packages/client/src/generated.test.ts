import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './kit/generated'

it.each([...generatedFiles()])(
  'generated/%s is what the OpenAPI document says today; if not, run npm run generate',
  (file, text) => expect(readFileSync(join(__dirname, 'generated', file), 'utf8')).toBe(text),
)
