import { latest } from '../model/answers'
import { answerTo, leading } from '../model/session'
import { exactly, ratio, readable, sumOf } from '../say/amounts'
import { count, number } from '../say/counts'
import type { House } from './headline'

/** One figure, its name and what more there is to say of it. */
const Figure = ({ name, value, more }: { readonly name: string; readonly value: string; readonly more: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd>{more}</dd>
  </div>
)

const coverage = (prefunded: string, deficits: string): string => ratio(prefunded, deficits, 3) ?? 'no deficit'

/** The pool in six figures. */
export const Figures = ({ summary, waterfall, isOld }: House & { readonly isOld: boolean }) => {
  const known = answerTo('prices', { limit: 1000 })
  const prices = latest(known)?.items ?? []
  const lead = leading.value
  const first = prices.find(({ instrument }) => instrument === lead) ?? prices[0]
  const prefunded = sumOf([summary.insurance, summary.skinInTheGame])
  return (
    <dl class={isOld ? 'card figures old' : 'card figures'} aria-busy={isOld || known.data === undefined}>
      <Figure
        name="Coverage"
        value={coverage(prefunded, waterfall.deficits)}
        more={`${readable(prefunded)} prefunded`}
      />
      <Figure name="Accounts" value={number(summary.accounts)} more={count(summary.instruments, 'instrument')} />
      <Figure
        name="Margin calls open"
        value={number(summary.marginCalls)}
        more={`${number(summary.bankrupt)} below zero`}
      />
      <Figure
        name="Auctions open"
        value={number(summary.liquidations)}
        more={summary.frozen ? 'the pool is frozen' : 'the pool is open'}
      />
      <Figure
        name={first?.instrument ?? 'Price'}
        value={first === undefined ? 'none yet' : exactly(first.price)}
        more={
          first === undefined
            ? ''
            : first.stale
              ? `stale, ${number(first.age_s)} s old`
              : `${number(first.age_s)} s old`
        }
      />
      <Figure
        name="Paid by the layers"
        value={readable(sumOf([summary.losses.insurance, summary.losses.skinInTheGame]))}
        more={`${readable(summary.losses.socialized)} by those in profit`}
      />
    </dl>
  )
}
