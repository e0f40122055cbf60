/** One figure: its number in the standards, what it is called there, what it means here, and its value. */
export interface Figure {
  /** The number of the disclosure; several figures may belong to one. */
  readonly reference: string
  /** The same from version to version, and no two alike. */
  readonly name: string
  readonly title: string
  readonly meaning: string
  /** Decimal strings in the settlement asset unless the meaning says otherwise; `null` where nothing was observed. */
  readonly value: unknown
}

export interface Unanswered {
  readonly reference: string
  readonly why: string
}

export interface Disclosure {
  readonly pool: string
  readonly asset?: string
  readonly from: { readonly revision: number; readonly at: string }
  readonly to: { readonly revision: number; readonly at: string }
  readonly figures: readonly Figure[]
  /** Parts of the standards that are asked for together with these, and that a ledger cannot answer. */
  readonly notAnswered: readonly Unanswered[]
}

export const figure = (reference: string, name: string, title: string, meaning: string, value: unknown): Figure => ({
  reference,
  name,
  title,
  meaning,
  value: value ?? null,
})

export const notAnswered: readonly Unanswered[] = [
  {
    reference: '4.1',
    why: 'contributions of participants: there are none here, but one fund, of nobody in particular (insurance fund)',
  },
  { reference: '4.1', why: 'commitments to pay more: they stand in contracts, not in the ledger' },
  { reference: '4.2', why: 'Kccp is a matter of capital rules' },
  { reference: '4.3', why: 'where the money lies (central banks, secured, unsecured) is not known to the ledger' },
  {
    reference: '4.4',
    why: 'whether one or two defaults must be covered, and how long closing out is taken to last, is a rule of the operator',
  },
  { reference: '6.1', why: 'house and clients apart: the ledger knows accounts, not whose they are' },
  {
    reference: '6.8',
    why: 'the largest call of a day: a call says what is missing, and nobody is paid on account of it',
  },
  {
    reference: '18',
    why: 'kinds of members, and accounts of one owner taken together: the ledger knows accounts, not whose they are',
  },
]
