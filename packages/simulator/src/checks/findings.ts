/** Something that must never be, and was: by which check, when, and what was found. */
export interface Finding {
  readonly check: string
  readonly at_ms: number
  readonly what: string
}

/** Keeps what the checks find: the first is what a world fails by. */
export interface Findings {
  readonly found: (check: string, what: string) => void
  readonly first: () => Finding | undefined
}

export const openFindings = (now: () => number): Findings => {
  let first: Finding | undefined
  return {
    found: (check, what) => {
      first ??= { check, at_ms: now(), what }
    },
    first: () => first,
  }
}
