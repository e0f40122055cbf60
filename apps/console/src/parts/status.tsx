/** The shape of each status, and its colour. */
export const marks = {
  healthy: ['○', 'well'],
  restricted: ['◐', 'watched'],
  liquidatable: ['◆', 'danger'],
  bankrupt: ['✕', 'short'],
} as const

/** How an account stands: a shape, a colour and the word; any two of them are enough. */
export const Status = ({ of }: { readonly of: string }) => {
  const [shape, tone] = marks[of as keyof typeof marks] ?? ['·', 'dim']
  return (
    <span class={`status ${tone}`}>
      <span aria-hidden="true">{shape}</span> {of}
    </span>
  )
}

const tones = { well: '○', watched: '◐', short: '✕' } as const

/** The shape of how the house stands. */
export const Tone = ({ of }: { readonly of: keyof typeof tones }) => (
  <span class={of} aria-hidden="true">
    {tones[of]}
  </span>
)
