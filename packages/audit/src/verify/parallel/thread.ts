import { parentPort } from 'node:worker_threads'
import type { Part } from './messages'
import { newPieces } from './piece'

/** A thread of a verification: it answers each part it is sent, in order, until it is ended. */
const verified = newPieces()
parentPort?.on('message', (part: Part) => parentPort?.postMessage(verified(part)))
