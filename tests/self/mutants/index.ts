import { alone } from './alone.ts';
import { bodies } from './bodies.ts';
import { clients } from './clients.ts';
import { dateForms } from './date-forms.ts';
import { dateFractions } from './date-fractions.ts';
import { dateMoves } from './date-moves.ts';
import { errors } from './errors.ts';
import { framing, timing } from './framing-and-time.ts';
import { locations } from './locations.ts';
import { mediaTypes } from './media-types.ts';
import type { Mutant } from './mutant.ts';
import { negative } from './negative.ts';
import { oneRequest } from './one-request.ts';
import { platform } from './platform.ts';
import { routes } from './routes.ts';
import { statuses } from './statuses.ts';
import { tokens } from './tokens.ts';
import { identities, types } from './types-and-ids.ts';

export type { Mutant } from './mutant.ts';

/** Faults of creates, which no refusal shows: of the negative requests one of each kind is enough. */
const ofCreates: readonly Mutant[] = [
  ...statuses,
  ...mediaTypes,
  ...types,
  ...identities,
  ...dateForms,
  ...dateFractions,
  ...dateMoves,
].map((each) => ({ ...each, sending: { wants: ({ source }) => source === undefined } }));

/** Servers wrong in exactly one way each; the judge must detect every one. */
export const mutants: readonly Mutant[] = [
  ...ofCreates,
  ...bodies,
  ...framing,
  ...timing,
  ...tokens,
  ...clients,
  ...negative,
  ...errors,
  ...platform,
  ...locations,
  ...routes,
  ...alone,
  ...oneRequest,
];
