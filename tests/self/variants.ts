import { badCalls } from './variants/bad-calls.ts';
import { bodies } from './variants/bodies.ts';
import { dates } from './variants/dates.ts';
import { errors } from './variants/errors.ts';
import { framing } from './variants/framing.ts';
import { headers } from './variants/headers.ts';
import { identities } from './variants/ids.ts';
import type { Variant } from './variants/variant.ts';

export type { Variant } from './variants/variant.ts';

/** Servers that conform; the judge may blame none of them. */
export const variants: readonly Variant[] = [
  ...headers,
  ...framing,
  ...bodies,
  ...identities,
  ...dates,
  ...errors,
  ...badCalls,
];
