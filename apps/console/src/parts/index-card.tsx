import { exactly, readable } from '../say/amounts'
import { beliefIn, countingOf, type Index, type Source } from '../say/indices'
import { moment } from '../say/times'
import { Card } from './card'
import { Tone } from './status'
import { type Column, Table } from './table'

const Counting = ({ source }: { readonly source: Source }) => {
  const [shape, tone, word] = countingOf(source)
  return (
    <span class={tone}>
      <span aria-hidden="true">{shape}</span> {word}
    </span>
  )
}

const columns: readonly Column<Source>[] = [
  { head: 'source', cell: ({ source }) => source, text: ({ source }) => source },
  { head: 'weight', isFigure: true, cell: ({ weight }) => String(weight), text: ({ weight }) => String(weight) },
  { head: 'counts', cell: (source) => <Counting source={source} />, text: ({ counts }) => counts },
  {
    head: 'bond',
    isFigure: true,
    cell: ({ bond }) => (bond === undefined ? 'none' : readable(bond)),
    text: ({ bond }) => bond ?? '',
  },
  {
    head: 'last quote seen at',
    cell: ({ quotedAt }) => (quotedAt === undefined ? '' : moment(quotedAt)),
    text: ({ quotedAt }) => quotedAt ?? '',
  },
]

const figure = (amount: string | undefined): string => (amount === undefined ? 'none yet' : exactly(amount))

/** Where one price comes from: what it is by now and by itself a while ago, how sure it is, and who makes it. */
export const IndexCard = ({ of, isOld }: { readonly of: Index; readonly isOld: boolean }) => {
  const { index, base, currency, price, slow, confidence, observedAt, sources } = of
  const { tone, sentence } = beliefIn(of)
  return (
    <Card title={index} note={`of ${base} in ${currency}`} isOld={isOld}>
      <p>
        <Tone of={tone} /> {sentence}
      </p>
      <dl class="facts">
        <dt>price</dt>
        <dd>{figure(price)}</dd>
        <dt>slow price</dt>
        <dd>{figure(slow)}</dd>
        <dt>off by up to</dt>
        <dd>{figure(confidence)}</dd>
        <dt>seen at</dt>
        <dd>{observedAt === undefined ? '' : moment(observedAt)}</dd>
      </dl>
      <Table
        name={`sources of ${index}`}
        rows={sources}
        columns={columns}
        keyOf={({ source }) => source}
        none="No source."
      />
    </Card>
  )
}
