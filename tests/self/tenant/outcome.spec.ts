import { expect, test } from '@playwright/test';
import { createOutcomeOf } from '../../../fixtures/tenant/outcome.ts';
import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import { here } from '../support/pending.ts';
import { exchange } from '../support/recorded.ts';

const { userId } = here;
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const other = '11111111-2222-4333-8444-555555555555';
const token = 'canary0token0of0letters0and0digits';
const root = 'https://h.invalid/v1.0';
const json = (value: unknown) => JSON.stringify({ id: value });
const location = (value: string): Header[] => [['Location', value]];

// What was answered to a create, and what that says of it; `id` sent where the row says so, by `userId` where it does not.
// biome-ignore format: a row a line
const answers: [status: number, body: string, headers: Header[], outcome: object, sent?: { id?: string; userId?: string | undefined }][] = [
  // The id in the body, in OData-EntityId or in Location.
  [201, json(id), [], { created: id }],
  [204, '', location(`${root}/directoryObjects/${id}`), { created: id }],
  [204, '', [['OData-EntityId', `directoryObjects('${id}')`]], { created: id }],
  [201, 'not JSON', [], { created: null }],
  // What was refused or put off created nothing; what says nothing may have been carried out.
  [400, '', [], { nothing: '400' }],
  [429, '', [], { nothing: '429' }],
  [503, '', [['Retry-After', '5']], { nothing: '503' }],
  [503, '', [], { unclear: 'answered 503' }],
  [500, '', [], { unclear: 'answered 500' }],
  [307, '', [], { unclear: 'answered 307' }],
  // A 200 may name what was there before; an id that was sent is the run's own whatever the status.
  [200, json(id), [], { created: null }],
  [200, json(id.toUpperCase()), [], { created: id.toUpperCase() }, { id }],
  [201, json(id), [], { created: id }, { id: other }],
  // Never a token, nor what no object can have as an id.
  ...[token, `Bearer ${token}`, `x${token}`, 'a\u001b[31m', '../../users/x', 'a/b', 7, ''].map((odd): [number, string, Header[], object] => [201, json(odd), [], { created: null }]),
  // Never the user, of whom a run for /me alone knows nothing.
  [201, json(userId.toUpperCase()), [], { created: null }],
  [204, '', location(`${root}/users/${userId}`), { created: null }],
  [204, '', location(`${root}/users/${userId}/registeredDevices`), { created: null }],
  [204, '', location(`${root}/users/${userId}/registeredDevices`), { created: null }, { userId: undefined }],
  [204, '', location(`${root}/users('${id}')/registeredDevices`), { created: null }, { userId: undefined }],
];

test('what became of a create, and the id of what it made', () => {
  const isSecret = (text: string) => text.includes(token);
  for (const [status, body, headers, outcome, sent] of answers) {
    const given = exchange({ status, headers, body: Buffer.from(body) });
    const found = createOutcomeOf({ create: 'a', userId, ...sent }, given, isSecret);
    expect(found, `${status} ${body} ${headers}`).toEqual({ create: 'a', ...outcome });
  }
  const { response: _, ...rest } = exchange();
  const lost: Exchange = { ...rest, failure: { kind: 'dropped', detail: '' } };
  expect(createOutcomeOf({ create: 'a', id }, lost, isSecret)).toEqual({
    ...{ create: 'a', unclear: 'no response: dropped' },
  });
});
