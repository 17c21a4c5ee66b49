import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { refused } from '../../fixtures/configuration/errors.ts';
import { jsonIn, readText } from '../../fixtures/configuration/files.ts';
import { didYouMean } from '../../fixtures/configuration/variables.ts';
import type { Declared, Deviation } from '../../schemas/files/report.ts';
import { routes } from '../../schemas/operation.ts';
import { schemaErrors } from '../../schemas/validate.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, judgedRoutes } from '../requirements/requirement.ts';

/** @throws ConfigurationError where the file breaks its schema, or an entry matches no requirement. */
export function readDeviations(
  named: Configuration['deviations'],
  target: string,
  today: string = new Date().toISOString().slice(0, 10),
): Declared[] {
  const path = deviationsPath(named, target);
  if (named === undefined && !existsSync(path)) return [];
  const file = named ?? relative(process.cwd(), path);
  return parse(path).map((each, i, all) => {
    const fault = faultOf(each, all.slice(0, i));
    const { requirement, until } = each;
    const entry = i + 1;
    if (fault !== undefined) throw refused('bad declaration', { path, entry, requirement, fault });
    return { ...each, file, entry, isOver: until !== undefined && until < today };
  });
}

export function deviationsPath(named: Configuration['deviations'], target: string) {
  return (
    named ?? fileURLToPath(new URL(`../../fixtures/deviations/${target}.json`, import.meta.url))
  );
}

function parse(path: string): Deviation[] {
  const expected = 'a deviations file (schemas/files/deviations.json)';
  const document = jsonIn(readText(path, expected));
  if (document === undefined) throw refused('no JSON', { path, expected });
  const [error] = schemaErrors('deviations', document);
  if (error === undefined) return (document as { deviations: Deviation[] }).deviations;
  const { property, message } = error;
  throw refused('bad deviations', { path, property: property || 'the document', message });
}

function faultOf({ requirement, route }: Deviation, earlier: readonly Deviation[]) {
  const judged = requirements.filter(isJudged);
  const found = judged.find(({ id }) => id === requirement);
  if (found === undefined) {
    const ids = judged.map(({ id }) => id);
    const hint = didYouMean(requirement, ids);
    return `there is no judged requirement of this id${hint ? `, ${hint}` : ''}`;
  }
  const judgedOn = judgedRoutes(found, routes);
  if (route !== undefined && !judgedOn.includes(route))
    return judgedOn.includes('both')
      ? 'it is judged over both routes, so the entry must not name one'
      : `it is not judged on the route ${route}`;
  const isTwice = earlier.some(
    (each) => each.requirement === requirement && (each.route ?? route) === (route ?? each.route),
  );
  return isTwice ? 'an earlier entry declares the same' : undefined;
}
