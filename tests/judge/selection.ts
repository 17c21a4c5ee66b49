import type { Selection } from '../../fixtures/http/service.ts';
import { levels as allLevels, type Level, type Route } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import {
  isJudged,
  needs,
  placesOf,
  type Requirement,
  testTitle,
} from '../requirements/requirement.ts';

/** What chooses the requirements of a run. */
interface Choice {
  readonly levels: readonly Level[];
  readonly target: { readonly routes: readonly Route[] };
}

/** The requirements that a run has a test for: those of its levels, on one of its routes. */
export function requirementsIn({ levels, target }: Choice): Requirement[] {
  return requirements.filter(
    (each) => levels.includes(each.level) && placesOf(each, target.routes).length > 0,
  );
}

/**
 * What is sent where only some of the requirements are judged; undefined: everything. `titles`: of the
 * tests that run; none: all of them.
 */
export function selectionOf(
  all: readonly Requirement[],
  titles: readonly string[],
  { levels }: Choice,
): Selection | undefined {
  const chosen = titles.length === 0 ? all : all.filter((each) => titles.includes(testTitle(each)));
  const isGrep = chosen.length < all.length;
  const isOfLevels = levels.length < allLevels.length;
  if (!isGrep && !isOfLevels) return undefined;
  const judged = chosen.filter(isJudged);
  return {
    ...(isGrep && { to: judged.map(({ id }) => id) }),
    ...(isOfLevels && { levels }),
    wants: (requestCase) => judged.some((each) => needs(each, requestCase)),
  };
}
