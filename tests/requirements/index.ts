import { contentRequirements } from './content.ts';
import { createRequirements } from './create.ts';
import { errorRequirements } from './errors.ts';
import { wholeRequirements } from './example.ts';
import { platformRequirements } from './platform.ts';
import { propertyRequirements } from './properties.ts';
import { negativeHeaderRequirements, negativeRequirements } from './refusals.ts';
import type { Requirement } from './requirement.ts';
import { untestedStatements } from './untested.ts';

/**
 * Every statement about the operation, in the order in which mending helps most: a route before its
 * status, a status before its body, the page before the platform; last what nobody can judge.
 */
export const requirements: readonly Requirement[] = [
  ...createRequirements,
  ...contentRequirements,
  ...propertyRequirements,
  ...wholeRequirements,
  ...negativeRequirements,
  ...negativeHeaderRequirements,
  ...errorRequirements,
  ...platformRequirements,
  ...untestedStatements,
];
