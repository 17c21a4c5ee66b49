import { clientRequirements } from './clients.ts';
import { errorRequirements } from './errors.ts';
import { exampleRequirements } from './example.ts';
import { httpRequirements, requestIdRequirements } from './http.ts';
import { odataRequirements } from './odata.ts';
import { propertyRequirements } from './properties.ts';
import { refusalRequirements, refusalsAnswered } from './refusals.ts';
import type { Requirement } from './requirement.ts';
import { responseRequirements } from './response.ts';
import { untestedStatements } from './untested.ts';

const ofCreates = [...responseRequirements, ...propertyRequirements];

/**
 * Every statement about the operation, in the order in which fixing helps most: a route before its
 * status, a status before its body, the page before the platform; last what nobody can judge.
 */
export const requirements: readonly Requirement[] = [
  ...ofCreates,
  ...exampleRequirements(ofCreates),
  refusalsAnswered,
  ...clientRequirements,
  ...refusalRequirements,
  ...errorRequirements,
  ...httpRequirements,
  ...odataRequirements,
  ...requestIdRequirements,
  ...untestedStatements,
];
