import { alone } from './mutants/alone.ts';
import { badCalls } from './mutants/bad-calls.ts';
import { bodies } from './mutants/bodies.ts';
import { dateForms } from './mutants/date-forms.ts';
import { dateFractions } from './mutants/date-fractions.ts';
import { dateMoves } from './mutants/date-moves.ts';
import { errors } from './mutants/errors.ts';
import { framing, timing } from './mutants/framing-and-time.ts';
import { mediaTypes } from './mutants/media-types.ts';
import type { Mutant } from './mutants/mutant.ts';
import { platform } from './mutants/platform.ts';
import { routes } from './mutants/routes.ts';
import { statuses } from './mutants/statuses.ts';
import { tokens } from './mutants/tokens.ts';
import { identities, types } from './mutants/types-and-ids.ts';

export type { Mutant } from './mutants/mutant.ts';

/** Servers wrong in exactly one way each; the judge must notice every one. */
export const mutants: readonly Mutant[] = [
  ...statuses,
  ...mediaTypes,
  ...bodies,
  ...types,
  ...identities,
  ...dateForms,
  ...dateFractions,
  ...dateMoves,
  ...framing,
  ...timing,
  ...tokens,
  ...badCalls,
  ...errors,
  ...platform,
  ...routes,
  ...alone,
];
