import { ask, onDuties } from '@novation/platform'

/** Calls margin from accounts below their initial margin, and closes the call once they are back. It cannot liquidate. */
export const margin = onDuties({
  name: 'margin',
  asks: ({ standing: { duties } }, which) => [
    ...which(duties.call).map((account) => ask('CallMargin', { account }, account)),
    ...which(duties.closeCall).map((account) => ask('CloseCall', { account }, account)),
  ],
  waits: () => false,
})
