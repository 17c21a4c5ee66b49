import { expect, test } from '@playwright/test';
import { createOutcomeOf } from '../../../fixtures/tenant/outcome.ts';
import type { Exchange } from '../../../schemas/files/recording.ts';
import { exchange } from '../support/recorded.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const sentId = '11111111-2222-4333-8444-555555555555';
const userId = '99999999-2222-4333-8444-555555555555';
const token = 'canary0token0of0letters0and0digits';
const sent: Parameters<typeof createOutcomeOf>[2] = {
  id: undefined,
  userId,
  isSecret: (text: string) => text.includes(token),
};

function answered(status: number, body = '', headers: [string, string][] = []): Exchange {
  return exchange({ status, headers, body: Buffer.from(body) });
}

const outcomeOf = (given: Exchange, change: Partial<typeof sent> = {}) => {
  const { create, ...outcome } = createOutcomeOf('a', given, { ...sent, ...change });
  expect(create).toBe('a');
  return outcome;
};

test('the outcome says what to undo: the id in the body, in OData-EntityId or in Location', () => {
  const location = `https://h.invalid/t/directoryObjects/${id}`;
  const cases: [Exchange, object][] = [
    [answered(201, `{"id":"${id}"}`), { created: id }],
    [answered(204, '', [['Location', location]]), { created: id }],
    [answered(204, '', [['OData-EntityId', `directoryObjects('${id}')`]]), { created: id }],
    [answered(201, 'not JSON'), { created: null }],
    [answered(400), { nothing: '400' }],
    // It may have been carried out.
    [answered(503), { unclear: 'answered 503' }],
    [exchange({ status: 307 }), { unclear: 'answered 307' }],
  ];
  for (const [given, outcome] of cases) expect(outcomeOf(given)).toEqual(outcome);
  const { response: _, ...lost } = answered(201);
  expect(outcomeOf({ ...lost, failure: { kind: 'dropped', detail: '' } })).toEqual({
    unclear: 'no response: dropped',
  });
});

test('an id that is a token, or that no object can have, is not written down', () => {
  for (const given of [
    token,
    `Bearer ${token}`,
    `x${token}`,
    'a\u001b[31m',
    '../../users/x',
    'a/b',
  ])
    expect(outcomeOf(answered(201, JSON.stringify({ id: given })))).toEqual({ created: null });
});

test("an id is the run's own only if the response says that it was created, or if it was sent", () => {
  const body = `{"id":"${id}"}`;
  // A 200 may name what was there before, and a PUT that is accepted may name anything.
  expect(outcomeOf(answered(200, body))).toEqual({ created: null });
  expect(outcomeOf(answered(200, body.toUpperCase().replace('ID', 'id')), { id })).toEqual({
    created: id.toUpperCase(),
  });
  expect(outcomeOf(answered(201, body), { id: sentId })).toEqual({ created: id });
});

test('the id of the user is never taken for an object of the run', () => {
  const collection = `https://h.invalid/v1.0/users/${userId}/registeredDevices`;
  for (const given of [
    answered(201, JSON.stringify({ id: userId.toUpperCase() })),
    answered(204, '', [['Location', `https://h.invalid/v1.0/users/${userId}`]]),
    answered(204, '', [['Location', collection]]),
  ])
    expect(outcomeOf(given)).toEqual({ created: null });
  // Of a run for /me alone nobody knows the id of the user.
  for (const url of [collection, `https://h.invalid/v1.0/users('${id}')/registeredDevices`])
    expect(outcomeOf(answered(204, '', [['Location', url]]), { userId: undefined })).toEqual({
      created: null,
    });
});
