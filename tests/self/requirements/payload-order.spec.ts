import { expect, test } from '@playwright/test';
import { orderFault } from '../../requirements/match/names.ts';

const cases: [names: string[], fault: string | undefined][] = [
  [[], undefined],
  [['id'], undefined],
  [['@odata.context', '@odata.type', 'id'], undefined],
  [['@context', '@type', 'id'], undefined],
  [['@odata.type', 'id'], undefined],
  [['@odata.context', '@odata.id', '@odata.etag', 'id', '@odata.editLink'], undefined],
  [['@odata.context', '@odata.type', 'id@odata.type', 'id', '@vendor.note'], undefined],
  // JSON.parse puts names that are whole numbers first: where they stood is not known.
  [['1', '@odata.context', '@odata.type', 'id'], undefined],
  [['id', '@odata.context'], 'a context that is not first'],
  [['@odata.type', '@odata.context'], 'a context that is not first'],
  [['@odata.context', 'id', '@odata.type'], 'a type that is not next'],
  [['@odata.context', '@odata.etag', '@odata.type'], 'a type that is not next'],
  [['id', '@odata.type'], 'a type that is not first'],
  [['@odata.context', 'id', '@odata.id'], '@odata.id behind a property'],
  [['@odata.context', 'id@odata.type', '@odata.etag', 'id'], '@odata.etag behind a property'],
];

for (const [names, fault] of cases)
  test(`the order ${names.join(', ')} has ${fault ?? 'no fault'}`, () => {
    expect(orderFault(Object.fromEntries(names.map((name) => [name, 1])))).toBe(fault);
  });
