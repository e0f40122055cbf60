import type { Answer } from '@novation/client'
import { readable } from '../say/amounts'
import { requirementOf, type Underlying, worstOf } from '../say/portfolio'
import { EventLink } from './go'
import { type Column, Table } from './table'

const columns: readonly Column<Underlying>[] = [
  { head: 'underlying', cell: ({ underlying }) => underlying, text: ({ underlying }) => underlying },
  { head: 'alone', isFigure: true, cell: ({ alone }) => readable(alone), text: ({ alone }) => alone },
  {
    head: 'beside that',
    isFigure: true,
    cell: ({ contingency }) => readable(contingency),
    text: ({ contingency }) => contingency,
  },
  { head: 'the worst for it', cell: worstOf, text: ({ binding }) => binding },
]

/** How the one requirement of a portfolio comes about: by which worst of each underlying, and what is spared since not all happens at once. */
export const Requirement = ({
  of,
  inputs,
}: {
  readonly of: Answer<'margin'>
  /** What all of it is marked and margined by, and at which revision each of that was told last. */
  readonly inputs: NonNullable<Answer<'account'>['inputs']>
}) => {
  const { portfolio, account } = of
  if (portfolio === undefined) return null
  return (
    <>
      <p class="sentence">{requirementOf(of)}</p>
      <dl class="facts">
        <dt>each alone</dt>
        <dd>{readable(portfolio.alone)}</dd>
        <dt>spared together</dt>
        <dd>{readable(portfolio.offset)}</dd>
        <dt>by scenarios</dt>
        <dd>{readable(portfolio.scan)}</dd>
      </dl>
      <p class="dim">Maintenance margin is a set part of what scenarios come to, and what stands beside that.</p>
      <Table
        name={`requirement-${account}`}
        rows={portfolio.underlyings}
        columns={columns}
        keyOf={({ underlying }) => underlying}
        none="Nothing is required of it."
      />
      {inputs.length === 0 ? null : (
        <p class="dim">
          What that was told by last:{' '}
          {inputs.map(({ input, revision }, i) => (
            <span key={input}>
              {i === 0 ? '' : ', '}
              {input} <EventLink revision={revision} />
            </span>
          ))}
        </p>
      )}
    </>
  )
}
