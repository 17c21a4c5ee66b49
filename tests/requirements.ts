import type { Judged, Requirement, Untested } from './requirement.ts';
import { contentRequirements } from './requirements/content.ts';
import { createRequirements } from './requirements/creates.ts';
import { errorRequirements } from './requirements/errors.ts';
import { platformRequirements } from './requirements/platform.ts';
import { propertyRequirements } from './requirements/properties.ts';
import { refusalHeaderRequirements, refusalRequirements } from './requirements/refusals.ts';
import { untestedStatements } from './requirements/untested.ts';
import { wholeRequirements } from './requirements/whole.ts';

/**
 * Every statement about the operation, in the order in which mending helps most: a route before its
 * status, a status before its body, the page before the platform; last what nobody can judge.
 */
export const requirements: readonly Requirement[] = [
  ...createRequirements,
  ...contentRequirements,
  ...propertyRequirements,
  ...wholeRequirements,
  ...refusalRequirements,
  ...refusalHeaderRequirements,
  ...errorRequirements,
  ...platformRequirements,
  ...untestedStatements,
];

export function isJudged(requirement: Requirement): requirement is Judged {
  return !isUntested(requirement);
}

export function isUntested(requirement: Requirement): requirement is Untested {
  return 'untested' in requirement;
}
