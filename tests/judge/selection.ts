import type { Selection } from '../../fixtures/http/service.ts';
import { isCreate } from '../../schemas/files/recording.ts';
import { levels as allLevels, type Level, type Route } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import {
  isJudged,
  judgedRoutes,
  judges,
  type Requirement,
  testTitle,
} from '../requirements/requirement.ts';

type Choice = Readonly<{
  levels: readonly Level[];
  target: { readonly routes: readonly Route[] };
}>;

export function requirementsIn({ levels, target }: Choice): Requirement[] {
  return requirements.filter(
    (each) => levels.includes(each.level) && judgedRoutes(each, target.routes).length > 0,
  );
}

/** What is sent where only some are judged; undefined: everything. `titles`: of the tests that run; none: all. */
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
    wants: (request) =>
      judged.some(
        (each) =>
          judges(each, request) ||
          (each.isComparing && isCreate(request)) ||
          (each.everyCreated && (request.kind === 'equivalent' || request.kind === 'probe')),
      ),
  };
}
