import { bodies } from './bodies.ts';
import { clients } from './clients.ts';
import { dates } from './dates.ts';
import { errors } from './errors.ts';
import { framing } from './framing.ts';
import { headers } from './headers.ts';
import { identities } from './ids.ts';
import { negative } from './negative.ts';
import type { Variant } from './variant.ts';

export type { Variant } from './variant.ts';

/** Servers that conform; the judge may blame none of them. */
export const variants: readonly Variant[] = [
  ...headers,
  ...framing,
  ...bodies,
  ...identities,
  ...dates,
  ...errors,
  ...clients,
  ...negative,
];
