import { expect, test } from '@playwright/test';
import { createOutcomeOf } from '../../../fixtures/tenant/outcome.ts';
import type { Exchange } from '../../../schemas/files/recording.ts';
import { exchange } from '../support/recorded.ts';
import table from './creates.json' with { type: 'json' };

const userId = 'aaaaaaaa-2222-4333-8444-555555555555';
const isSecret = (text: string) => text.includes('canary0token0of0letters0and0digits');

test('what became of a create, and the id of what it made: never a token, nor a user', () => {
  for (const {
    status,
    id,
    header: [name = '', value = ''] = [],
    sent,
    ...outcome
  } of table.answers) {
    const body = Buffer.from(id === undefined ? 'not JSON' : JSON.stringify({ id }));
    const given = exchange({ status, headers: name ? [[name, value]] : [], body });
    const found = createOutcomeOf({ create: 'a', userId, ...sent }, given, isSecret);
    expect(found, `${status} ${id} ${value}`).toEqual({ create: 'a', ...outcome });
  }
  const { response: _, ...rest } = exchange();
  const lost: Exchange = { ...rest, failure: { kind: 'dropped', detail: '' } };
  const unclear = { create: 'a', unclear: 'no response: dropped' };
  expect(createOutcomeOf({ create: 'a' }, lost, isSecret)).toEqual(unclear);
});
