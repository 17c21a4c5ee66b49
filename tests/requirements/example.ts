import { isCreate } from '../../schemas/files/recording.ts';
import { routes } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { excerpt } from './match/json.ts';
import { type Check, findingOf, type Rule, type Rules } from './requirement.ts';
import { areBothAsked, asked, creates } from './scopes.ts';
import statements from './statements.json' with { type: 'json' };

function signature(answer: Answer) {
  const { status, isSuccess, properties, mediaType, requestCase } = answer;
  if (requestCase.kind === 'probe') return isSuccess ? 'accepted' : 'refused';
  if (properties === undefined) return String(status);
  const found = properties === 'no object' ? '' : properties;
  return `${status} ${excerpt(mediaType?.essence ?? 'no media type')} (${found})`;
}

/** A failure now and then says nothing of the route: other requirements speak of it. */
const isSure = ({ isWhole, status = 0 }: Answer) => isWhole && status < 500;

const alike: Check = (answer, { answers }) => {
  const { name, route } = answer.requestCase;
  const other = answers.find(
    (each) => isSure(each) && each.requestCase.name === name && each.requestCase.route !== route,
  );
  if (other === undefined) return false;
  const shown = { [route]: signature(answer), [other.requestCase.route]: signature(other) };
  if (shown.me === shown.users) return false;
  // Where each route shows what the other does, too, it is not the route that decides.
  const isMixed = routes.every((where) =>
    answers.some(
      (each) =>
        isCreate(each.requestCase) &&
        each.requestCase.route !== where &&
        signature(each) === shown[where],
    ),
  );
  return (
    !isMixed && { kind: 'routes-differ', received: `/me: ${shown.me}; /users: ${shown.users}` }
  );
};

function firstOf(rules: readonly (readonly [id: string, Rule])[]): Check {
  return (answer, context) => {
    for (const [id, rule] of rules) {
      const { part, header, property, when } = rule;
      const finding = when(answer, context.run) && findingOf(rule, answer, context);
      if (!finding) continue;
      const cause = { requirement: id, received: finding.received };
      const received = `${id}: ${finding.received}`;
      const told = finding.told && `${id}: ${finding.told}`;
      return { part, header, property, ...finding, cause, received, told };
    }
    return false;
  };
}

/** What only whole exchanges show. `others`: the rules about a create, as a reader would mend what they find. */
export function exampleRules(others: Rules) {
  const ofPage = (Object.keys(others) as (keyof typeof others)[]).flatMap((id) => {
    const { level, property }: { level: string; property?: string } = statements[id];
    const rule = others[id];
    const isShown = level !== 'platform' && !rule?.onlyIfAll && rule?.scope !== 'service';
    return rule && isShown ? [[id, { ...rule, property }] as const] : [];
  });
  const dependsOn = Object.keys(others);
  return {
    'example-exchange': {
      ...asked,
      part: 'body',
      requests: ({ kind }) => kind === 'example',
      dependsOn,
      check: firstOf(ofPage),
    },
    'routes-alike': {
      ...creates,
      scope: 'service',
      // Equivalents are compared with their own route; what becomes of an id that exists is the state's doing.
      requests: ({ kind, requirement }) =>
        kind !== 'negative' && kind !== 'equivalent' && requirement !== 'id-again',
      dependsOn,
      when: (answer, run) => isSure(answer) && areBothAsked(run),
      check: alike,
    },
  } satisfies Rules;
}
