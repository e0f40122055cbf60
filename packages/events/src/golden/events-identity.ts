import { anna, venue } from './commands'
import type { EventSamples } from './samples'

/** Who may speak in whose name. */
export const identitySamples: EventSamples<
  'IdentityAdopted' | 'DomainRenewed' | 'KeyRegistered' | 'KeyRevoked' | 'ConsentSet' | 'OrderCancelled'
> = {
  IdentityAdopted: {
    of: 'AdoptIdentity',
    events: 1,
    data: {
      domain: '3f9a1c5e7b2d4860a1c3e5f709182b3d',
      keys: [{ actor: 'operator:anna', key: anna }],
      development: false,
      commandLife_s: 600,
      keyDelay_s: 86_400,
      recoveryDelay_s: 259_200,
    },
    postings: [],
  },
  DomainRenewed: {
    of: 'RenewDomain',
    events: 1,
    data: { domain: '90aa17c2d4e6f8b1a3c5e7092b4d6f81' },
    postings: [],
  },
  KeyRegistered: {
    of: 'RegisterKey',
    events: 1,
    data: { actor: 'venue', key: venue, activeFrom: '2020-03-12T10:00:00.000Z', by: [anna] },
    postings: [],
  },
  ConsentSet: {
    of: 'SetConsent',
    events: 1,
    data: { account: 'alice', consent: 'withdrawals', from: '2020-03-12T10:00:00.000Z' },
    postings: [],
  },
  OrderCancelled: { of: 'CancelOrder', events: 1, data: { account: 'alice', order: 'o-77' }, postings: [] },
  KeyRevoked: {
    of: 'RevokeKey',
    events: 1,
    data: { key: venue, reason: 'compromised', bindings: [{ actor: 'venue', key: venue }] },
    postings: [],
  },
}
