import { expect, test } from '@playwright/test';
import { orderFault } from '../../requirements/match/names.ts';
import orders from './payload-order.json' with { type: 'json' };

// JSON.parse puts names that are whole numbers first: where they stood is not known.
for (const [names, fault] of orders as [names: string[], fault?: string][])
  test(`the order ${names.join(', ')} has ${fault ?? 'no fault'}`, () => {
    expect(orderFault(Object.fromEntries(names.map((name) => [name, 1])))).toBe(fault);
  });
