import { createReadStream, statSync } from 'node:fs'
import { addAbortSignal, type Readable } from 'node:stream'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import type { World } from '../world'

/** What is read, and how much of it there is, where that is known. */
export interface Input {
  readonly chunks: AsyncIterable<Buffer>
  readonly size_bytes?: number
}

const unreadable = (file: string, error: unknown): Failure =>
  new Failure({
    id: 'cannot-read',
    exit: exitCodes.failed,
    what: `cannot read ${file}`,
    why: error instanceof Error ? error.message : String(error),
    remedy: 'check the path, or use - to read standard input',
  })

/** The bytes of a stream until it ends, or somebody asks to stop. */
async function* chunksOf(name: string, stream: Readable, interrupted: AbortSignal): AsyncIterable<Buffer> {
  try {
    for await (const chunk of addAbortSignal(interrupted, stream)) yield chunk
  } catch (error) {
    if (!interrupted.aborted) throw unreadable(name, error)
  }
}

/** Opens a file, or standard input for `-` and for no name at all. */
export const openInput = (file: string | undefined, world: World): Input => {
  if (file === undefined || file === '-')
    return { chunks: chunksOf('standard input', world.stdin(), world.interrupted) }
  try {
    const { size } = statSync(file)
    return { chunks: chunksOf(file, createReadStream(file), world.interrupted), size_bytes: size }
  } catch (error) {
    throw unreadable(file, error)
  }
}
