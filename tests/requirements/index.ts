import { clientRules, equivalent } from './clients.ts';
import { errorRules } from './errors.ts';
import { exampleRules } from './example.ts';
import { httpRules } from './http.ts';
import { odataRules } from './odata.ts';
import { propertyRules } from './properties.ts';
import { type Refused, refusalOf, refusalRules } from './refusals.ts';
import type { Requirement, Rule, RuleId } from './requirement.ts';
import { responseRules } from './response.ts';
import statements from './statements.json' with { type: 'json' };

const rules: Readonly<Record<RuleId, Rule>> = {
  ...responseRules,
  ...propertyRules,
  ...exampleRules({ ...responseRules, ...propertyRules }),
  ...clientRules,
  ...refusalRules,
  ...errorRules,
  ...httpRules,
  ...odataRules,
};

const ofNobody = { scope: 'service', dependsOn: [] };
const hasRule = (id: string): id is RuleId => Object.hasOwn(rules, id);

/** In the order in which fixing helps most; last what nobody can judge. */
export const requirements = Object.entries(statements).map(([id, statement]) => {
  const rule = ruleOf(id, statement);
  const causes = 'dependsOn' in statement ? statement.dependsOn : [];
  return { id, ...rule, ...statement, dependsOn: [...rule.dependsOn, ...causes] };
}) as readonly Requirement[];

function ruleOf(id: string, statement: object) {
  if ('statuses' in statement) return refusalOf(statement as Refused);
  if (hasRule(id)) return rules[id];
  return 'untested' in statement ? ofNobody : equivalent;
}
