import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'

/** The cells of a line, which is counted from 1. */
export interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** What its first bytes say, whatever it is called. */
const isGzip = async (file: string): Promise<boolean> => {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
  } finally {
    await handle.close()
  }
}

/** The rows of a table of text, plain or compressed, its cells parted by commas, semicolons or tabs. */
export async function* rowsOf(file: string): AsyncIterable<Row> {
  const compressed = await isGzip(file)
  const bytes = createReadStream(file)
  const text = compressed ? bytes.pipe(createGunzip()) : bytes
  bytes.on('error', (error) => text.destroy(error))
  const rows = text.pipe(
    parse({
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  )
  text.on('error', (error: Error) => rows.destroy(error))
  for await (const row of rows) {
    const { record, info } = row as { readonly record: readonly string[]; readonly info: { readonly lines: number } }
    yield { line: info.lines, cells: record }
  }
}
