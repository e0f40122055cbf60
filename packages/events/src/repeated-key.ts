const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]

/** How many keys a JSON text writes: its colons that stand in no string. */
const keysWritten = (text: string): number => {
  let keys = 0
  let inString = false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === quote) inString = !inString
    else if (code === backslash) i += 1
    else if (code === colon && !inString) keys += 1
  }
  return keys
}

const keysIn = (json: unknown): number => {
  if (typeof json !== 'object' || json === null) return 0
  let keys = Array.isArray(json) ? 0 : Object.keys(json).length
  for (const value of Object.values(json)) if (typeof value === 'object') keys += keysIn(value)
  return keys
}

/** The first key that an object of a JSON text has twice, whichever way it is written. */
const firstRepeated = (text: string): string | undefined => {
  const objects: Set<string>[] = []
  for (const [, mark, written = '', isKey] of text.matchAll(/([{}])|("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (mark === '{') objects.push(new Set())
    else if (mark === '}') objects.pop()
    else if (isKey !== undefined) {
      const key = String(JSON.parse(written))
      const keys = objects.at(-1)
      if (keys?.has(key) === true) return key
      keys?.add(key)
    }
  }
  return undefined
}

/**
 * The key that stands twice in one object of a JSON text, or undefined. JSON.parse takes the last of them without a word,
 * other readers the first: whoever writes such a text may mean either. `json` is what JSON.parse makes of the text.
 */
export const repeatedKey = (text: string, json: unknown): string | undefined =>
  keysWritten(text) === keysIn(json) ? undefined : firstRepeated(text)
