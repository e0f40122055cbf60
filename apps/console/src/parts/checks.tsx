import type { ComponentChildren } from 'preact'
import type { Verifying } from '../model/verifying'
import { number } from '../say/counts'
import type { Verification } from '../say/verification'
import type { Worked } from './job'

/** How far something was found to hold. */
interface Reached {
  readonly shape: string
  readonly tone: string
  readonly share: number
  readonly upTo: string
}

const notAsked: Reached = { shape: '–', tone: 'dim', share: 0, upTo: 'not asked' }
const held = (upTo: number, to: number): Reached => ({
  shape: '✓',
  tone: 'well',
  share: upTo / Math.max(1, to),
  upTo: number(upTo),
})
const broken = (upTo: number, to: number): Reached => ({ ...held(upTo, to), shape: '✕', tone: 'short' })
const working = (says: string, share: number): Reached => ({ shape: '◐', tone: 'watched', share, upTo: says })

const chainReached = (state: Verifying): Reached => {
  if (state.is === 'working') return working(number(state.done), state.done / Math.max(1, state.to))
  if (state.is !== 'done') return notAsked
  return state.chain.sound ? held(state.to, state.to) : broken(Math.max(0, state.chain.revision - 1), state.to)
}

const signedReached = (state: Verifying): Reached =>
  state.is === 'done' && state.chain.sound && state.vouched !== undefined
    ? held(state.vouched.last, state.to)
    : notAsked

const decisionsReached = (worked: Worked<Verification>): Reached => {
  if (worked.is === 'working') return working(worked.says, 0)
  if (worked.is !== 'done') return notAsked
  const { sound, events, checks } = worked.result
  const through = checks.find(({ check }) => check === 'execution')?.through ?? -1
  return (sound ? held : broken)(Math.max(0, through), events - 1)
}

const chain = [
  ['order', 'revisions follow one another without a gap, from 0'],
  ['link', 'each event names the hash of the one before it'],
  ['hash', 'each hash is that of the bytes of its event and of the hash before'],
  ['postings', 'what each event moves sums to zero in every asset'],
] as const

const Check = ({
  name,
  means,
  reached: { shape, tone, share, upTo },
  children,
}: {
  readonly name: string
  readonly means: string
  readonly reached: Reached
  readonly children: ComponentChildren
}) => (
  <tr>
    <th scope="row">
      <span class={tone} aria-hidden="true">
        {shape}
      </span>{' '}
      {name}
    </th>
    <td class="wide">{means}</td>
    <td>
      <svg class="time-bar" viewBox="0 0 100 4" width="100" height="4" aria-hidden="true">
        <rect class="tank-room" width="100" height="4" rx="2" />
        <rect class={`done ${tone}`} width={100 * share} height="4" rx="2" />
      </svg>{' '}
      <span class="dim">{upTo}</span>
    </td>
    <td>{children}</td>
  </tr>
)

/** All that is looked at, how far it was found to hold, and who finds that. */
export const Checks = ({
  state,
  decided,
  decide,
}: {
  readonly state: Verifying
  /** What the gateway finds where it decides everything again. */
  readonly decided: Worked<Verification>
  /** Has it do that, where whoever looks may. */
  readonly decide: (() => void) | undefined
}) => (
  <table>
    <thead>
      <tr>
        <th scope="col">check</th>
        <th scope="col">what it means that it holds</th>
        <th scope="col">up to</th>
        <th scope="col">where</th>
      </tr>
    </thead>
    <tbody>
      {chain.map(([name, means]) => (
        <Check key={name} {...{ name, means }} reached={chainReached(state)}>
          in this browser
        </Check>
      ))}
      <Check
        name="end"
        means="somebody whose key is shown below has signed the hash that stands there"
        reached={signedReached(state)}
      >
        in this browser
      </Check>
      <Check
        name="decisions"
        means="each command, decided again at its recorded time, gives the same events"
        reached={decisionsReached(decided)}
      >
        {decide === undefined || decided.is !== 'idle' ? (
          'at the gateway'
        ) : (
          <button type="button" onClick={decide}>
            Have the gateway decide again
          </button>
        )}
      </Check>
    </tbody>
  </table>
)
