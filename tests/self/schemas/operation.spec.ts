import { expect, test } from '@playwright/test';
import { example } from '../../../schemas/operation.ts';

const printed = (object: object) =>
  Buffer.from(JSON.stringify(object, null, 2).replaceAll('\n', '\r\n'));

test('the example is as long as its Content-lengths say', () => {
  expect(Buffer.from(example.request.text)).toEqual(printed(example.request.object));
  expect(printed(example.request.object)).toHaveLength(116);
  expect(printed(example.response.object)).toHaveLength(165);
});
