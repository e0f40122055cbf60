import crypto from 'node:crypto'
import { type Claim, developmentKey } from '@novation/events'
import { openCheckers } from './checkers'

const claims: readonly Claim[] = Array.from({ length: 12 }, (_, i) => {
  const { key, sign } = developmentKey('checkers', String(i))
  const text = `text ${i}`
  return { key, text, signature: sign(i % 4 === 3 ? 'another' : text) }
})

/** Has claims checked by threads, and then with none left; says what was answered, and how much of it was worked out here. */
const check = async (): Promise<void> => {
  // A thread keeps nobody alive.
  const alive = setInterval(() => undefined, 60_000)
  const own = crypto.verify
  let here = 0
  Object.assign(crypto, {
    verify: (...asked: Parameters<typeof own>) => {
      here += 1
      return own(...asked)
    },
  })
  const checkers = openCheckers(2)
  const answers = await Promise.all([0, 4, 8].map((from) => checkers.check(claims.slice(from, from + 4))))
  console.log(JSON.stringify({ answers: answers.flat(), here }))
  await checkers.close()
  const none = openCheckers(0)
  console.log(JSON.stringify({ answers: await none.check(claims.slice(0, 4)), here }))
  await none.close()
  clearInterval(alive)
}

void check()
