import { lockForWriting } from './writer-lock'

/** Takes the lock of a folder, says so, and keeps it until it is killed. */
const release = lockForWriting(process.argv[2] ?? '')
console.log(release === undefined ? 'taken' : 'held')
if (release !== undefined) setInterval(() => undefined, 60_000)
