import { commandLimit_bytes } from '@novation/events'

/** A line of a file, counted from 1; `text` is absent where it is longer than any command or no UTF-8. */
export interface FileLine {
  readonly number: number
  readonly text?: string
  readonly fault?: string
}

const newline = 0x0a
const tooLong = `longer than ${commandLimit_bytes} bytes, the limit of a command`

/** Splits bytes into lines, as many at a time as have come; a line longer than any command is counted, never kept. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncIterable<readonly FileLine[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let kept: Buffer[] = []
  let length = 0
  let number = 0

  const keep = (part: Buffer): void => {
    length += part.length
    if (length <= commandLimit_bytes + 1) kept.push(part)
  }

  const finish = (): FileLine => {
    const bytes = Buffer.concat(kept)
    const fault = length > bytes.length ? tooLong : undefined
    kept = []
    length = 0
    number += 1
    if (fault !== undefined) return { number, fault }
    try {
      return { number, text: decoder.decode(bytes).replace(/\r$/, '') }
    } catch {
      return { number, fault: 'not UTF-8' }
    }
  }

  for await (const chunk of chunks) {
    const lines: FileLine[] = []
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end))
      lines.push(finish())
      from = end + 1
    }
    keep(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [finish()]
}
