import { ask, onDuties } from '@novation/platform'

/**
 * Calls margin from accounts below their initial margin, and cash from who owes it with coins beside, and closes the call once
 * they are back. It cannot liquidate.
 */
export const margin = onDuties({
  name: 'margin',
  asks: ({ standing: { duties } }, which) => [
    ...which(duties.call).map((account) => ask('CallMargin', { account }, account)),
    ...which(duties.closeCall).map((account) => ask('CloseCall', { account }, account)),
    ...which(duties.callDebit).map((account) => ask('CallDebit', { account }, account)),
    ...which(duties.closeDebit).map((account) => ask('CloseDebit', { account }, account)),
  ],
  waits: () => false,
})
