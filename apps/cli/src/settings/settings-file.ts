import { readFileSync } from 'node:fs'
import { type Either, left, right } from 'fp-ts/Either'

/** What a file of settings says: texts by the names of their flags. */
export interface SettingsFile {
  readonly path: string
  readonly texts: Readonly<Record<string, string>>
}

export const noFile: SettingsFile = { path: '', texts: {} }

const parsed = (path: string): Either<string, object> => {
  try {
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? right(json)
      : left('expected an object such as {"kafka": "localhost:9092"}')
  } catch (error) {
    return left(error instanceof Error ? error.message : String(error))
  }
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

/**
 * Reads a JSON object whose keys are flags without their dashes (`"stalled-after": 30`). One file may serve several
 * commands, so it may hold any flag that is `known` to one of them; what no command knows is a mistake, and is named.
 */
export const readSettingsFile = (path: string, known: ReadonlySet<string>): Either<readonly string[], SettingsFile> => {
  const json = parsed(path)
  if (json._tag === 'Left') return left([`${path}: ${json.left}`])
  const entries = Object.entries(json.right)
  const problems = entries.flatMap(([key, value]) => {
    if (!known.has(key)) return [`${path}: no command has a setting ${JSON.stringify(key.slice(0, 60))}`]
    return isPlain(value) ? [] : [`${path}: ${key} must be a text, a number, true or false`]
  })
  return problems.length > 0
    ? left(problems)
    : right({ path, texts: Object.fromEntries(entries.map(([key, value]) => [key, String(value)])) })
}
