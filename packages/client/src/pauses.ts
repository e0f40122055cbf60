/** How often a request is made before it is given up, and how long is waited in between. */
export interface Patience {
  readonly attempts: number
  readonly first_ms: number
  readonly most_ms: number
}

export const patience: Patience = { attempts: 6, first_ms: 100, most_ms: 5_000 }

/** Whether the same request may find what this one did not: too much is asked, or a part is away. */
export const isPassing = (status: number): boolean => status === 429 || status === 503 || status === 504

/** How long to wait after the attempt of this number, counted from 0: twice as long each time, or as long as the other side says. */
export const pauseAfter = (attempt: number, { first_ms, most_ms }: Patience, retryAfter?: string | null): number => {
  const asked_ms = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 0
  return Math.max(asked_ms, Math.min(most_ms, first_ms * 2 ** attempt))
}
