import type { Entry } from '../../../fixtures/tenant/journal.ts';

/** Where the creates of the tests' journals were made. */
export const here = {
  tenant: 't',
  baseUrl: 'http://127.0.0.1:1/v1.0',
  userId: '99999999-2222-4333-8444-555555555555',
};

/** A create as a line of the journal. */
export function pending(create: string, more: Partial<Entry> = {}): Entry {
  return {
    ...{ create, run: 'r', ...here, route: 'me', call: 'pair-01', kind: 'create' },
    ...{ at: '2026-11-23T01:02:03.000Z', ...more },
  };
}
