import type { Answer } from '@novation/client'
import { type MarginEvents, marginLines, saidHow } from './margin-lines'

const account = { account: 'alice', collateral: { ETH: '2', USD: '1000' } } as unknown as Answer<'account'>
const position = {
  instrument: 'BTC-PERP',
  quantity: '-0.5',
  mark: '5000',
  unrealizedPnl: '10',
  accruedFunding: '-1',
}
const margin = {
  account: 'alice',
  equity: '1209',
  initialMargin: '300',
  maintenanceMargin: '150',
  room: '1059',
  positions: [position],
} as unknown as Answer<'margin'>
const events: MarginEvents = {
  account: 'alice',
  collateral: [
    { asset: 'ETH', held: 9, price: 1012, terms: 4 },
    { asset: 'USD', held: 7 },
  ],
  positions: [{ instrument: 'BTC-PERP', held: 30, price: 41, funding: 22, terms: 5 }],
}

describe('what a margin is made of', () => {
  const lines = marginLines(account, margin, events)
  const linked = (figure: string) =>
    lines.find((line) => line.figure === figure)?.how.flatMap(({ text, by }) => (by === undefined ? [] : [[text, by]]))

  it('says of each figure how it comes about, and names the events that told it', () => {
    expect(lines.map((line) => [line.figure, saidHow(line)])).toEqual([
      ['collateral, ETH', 'moved last by 9, priced by 1,012, on the terms of 4'],
      ['collateral, USD', 'moved last by 7'],
      ['BTC-PERP', '-0.5 at 5,000, less what they cost'],
      ['BTC-PERP, funding', 'due, and not settled yet; told last by 22'],
      ['equity', 'the sum of the above'],
      ['initial margin', 'what new risk needs'],
      ['maintenance margin', 'below it, it is sold'],
      ['room', 'above the line'],
    ])
    expect(linked('BTC-PERP')).toEqual([
      ['-0.5', 30],
      ['5,000', 41],
    ])
    expect(linked('collateral, ETH')).toEqual([
      ['9', 9],
      ['1,012', 1012],
      ['4', 4],
    ])
  })

  it('says the same of its figures while the events are not known, and whom a short one is short by', () => {
    const short = marginLines(account, { ...margin, room: '-3' }, undefined)
    expect(short.slice(0, 4).map(saidHow)).toEqual([
      'deposited, withdrawn, realised',
      'deposited, withdrawn, realised',
      '-0.5 at 5,000, less what they cost',
      'due, and not settled yet',
    ])
    expect(short.at(-1)).toMatchObject({ figure: 'short by', amount: '3', tone: 'danger' })
  })
})
