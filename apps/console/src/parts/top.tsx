import { speeds } from '../model/play'
import { hold, isPlaying, play, speed } from '../model/playing'
import { go, goTo, head, isLive, link, place, poolNames, revision } from '../model/session'
import { verifiedTo } from '../model/verifying'
import { number } from '../say/counts'
import { CopyLink } from './copy-link'
import { Keys } from './keys'
import { Moment, Strip } from './strip'

const links = {
  connecting: 'connecting …',
  live: '',
  away: 'The gateway does not answer; what is shown is what was last known.',
  empty: '',
  'no-pool': 'This pool is no more; what is shown is what was last known.',
  'not-permitted': 'This token sees this pool no more; what is shown is what was last known.',
  'signed-out': '',
} as const

const Pools = () => {
  const pool = place.value?.pool
  return poolNames.value.length < 2 ? (
    <strong class="pool">{pool}</strong>
  ) : (
    <select
      aria-label="Pool"
      value={pool}
      onChange={(event: Event) => go({ pool: (event.currentTarget as HTMLSelectElement).value, page: 'overview' })}
    >
      {poolNames.value.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

/** How far this browser has proved the history of the pool. */
const Verified = () => {
  const to = verifiedTo(place.value?.pool)
  return to === undefined ? null : <span class="well">✓ verified to {number(to)}</span>
}

/** An event back, an event on; play and hold; and to the present. */
const Steps = () => {
  const [at, newest] = [revision.value ?? 0, head.value?.revision ?? 0]
  const isMoving = isLive.value || isPlaying.value
  return (
    <span class="together">
      <button type="button" aria-label="One event back" disabled={at === 0} onClick={() => goTo(at - 1)}>
        ◀
      </button>
      <button type="button" onClick={() => (isMoving ? hold() : void play())}>
        {isMoving ? 'Hold' : 'Play'}
      </button>
      <button type="button" aria-label="One event on" disabled={at >= newest} onClick={() => goTo(at + 1)}>
        ▶
      </button>
      <select
        aria-label="Speed of the play, in seconds of the ledger a second"
        value={String(speed.value)}
        onChange={(event: Event) => {
          speed.value = Number((event.currentTarget as HTMLSelectElement).value)
        }}
      >
        {speeds.map((one) => (
          <option key={one} value={String(one)}>
            {number(one)}×
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-pressed={isLive.value}
        onClick={() => {
          isPlaying.value = false
          goTo(undefined, 'step')
        }}
      >
        {isLive.value ? '● Live' : 'Go live'}
      </button>
    </span>
  )
}

/** Which pool, which moment, and the way through history. */
export const Top = () => (
  <header class="top">
    <div class="bar">
      <Pools />
      <Moment />
      <Verified />
      <span class="spacer" />
      <span class="watched" role="status">
        {links[link.value]}
      </span>
      <Steps />
      <CopyLink />
      <Keys />
    </div>
    <Strip />
  </header>
)
