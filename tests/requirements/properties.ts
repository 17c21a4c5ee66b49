import { isCreate } from '../../schemas/files/recording.ts';
import { entityType } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { instantFault } from './match/instants.ts';
import { excerpt, show } from './match/json.ts';
import type { Check, Rules } from './requirement.ts';
import { createdObjects, leftOut } from './scopes.ts';

function propertyCheck(property: string): Check {
  return ({ object = {}, objectErrors }) => {
    if (!objectErrors.some((error) => error.property === property)) return false;
    return property in object ? show(object[property]) : leftOut(property);
  };
}

const checkType = propertyCheck('@odata.type');

const documentedType: Check = (answer, context) => {
  const sent = answer.sent?.['@odata.type'];
  if (sent !== undefined && sent !== entityType) return false;
  // OData JSON 3.1.3: who announces no metadata leaves the type out.
  const isLeftOut = answer.object !== undefined && !('@odata.type' in answer.object);
  return !(isLeftOut && answer.format('metadata') === 'none') && checkType(answer, context);
};

/** An id that an earlier create was given too; where the request sent one that exists, that may be. */
const distinctId: Check = ({ object, requestCase }, { earlier }) => {
  const id = object?.id;
  if (typeof id !== 'string' || id === '' || requestCase.requirement === 'id-again') return false;
  const other = earlier.findLast((each) => each.object?.id === id)?.requestCase;
  if (other === undefined) return false;
  const detail = `${show(id)} was given to ${other.name} on ${other.route} too`;
  return { received: 'the id of another create', detail };
};

const unusable: Readonly<Record<string, RegExp>> = {
  'an id of blanks': /^[\p{Z}\p{Cc}\p{Cf}]*$/u,
  'an id with a control character': /\p{Cc}/u,
  'an id with a lone surrogate': /\p{Cs}/u,
};

const usableId: Check = ({ object }) => {
  const id = String(object?.id);
  const received = Object.keys(unusable).find((each) => unusable[each]?.test(id));
  return received !== undefined && { received, detail: show(id) };
};

/** Whether its date need not be taken, or read: a requirement of its own says what may come. */
const hasOwnRule = ({ requestCase: { requirement = '' } }: Answer) =>
  ['dates-outermost', 'json-one-text'].includes(requirement);

/** Whether there is a date, and it is not the echo of one that no grammar has. */
const isDateJudged = ({ object, sentDate, sentInstant }: Answer) =>
  (object?.deletedDateTime ?? null) !== null &&
  ((sentDate ?? null) === null || sentInstant !== undefined);

const dateInForm: Check = ({ object, objectErrors }) => {
  if (!objectErrors.some(({ property }) => property === 'deletedDateTime')) return false;
  const value = object?.deletedDateTime;
  const type = Array.isArray(value) ? 'array' : typeof value;
  const received = type === 'string' ? 'a string of another form' : `a JSON ${type}`;
  return { received, detail: show(value) };
};

const sameInstant: Check = (answer, { answers }) => {
  const { object, sentDate, sentInstant } = answer;
  const given = object?.deletedDateTime;
  if (sentInstant === undefined) return false;
  if (given === undefined) return leftOut('deletedDateTime');
  if (given === null) return 'null';
  const how = instantFault(answer, answers);
  if (how === undefined) return false;
  const detail = `sent ${sentDate}, received ${excerpt(String(given))}: ${how}`;
  const wrong = `returns another instant than was sent: ${how}`;
  return { received: 'another instant', detail, wrong };
};

// biome-ignore format: a row a line
export const propertyRules = {
  'odata-type': { ...createdObjects, check: documentedType },
  'id-present': { ...createdObjects, check: propertyCheck('id') },
  'id-distinct': { ...createdObjects, scope: 'service', requests: isCreate, check: distinctId },
  'id-usable': { ...createdObjects, when: ({ object }) => typeof object?.id === 'string' && object.id !== '', check: usableId },
  'date-form': { ...createdObjects, when: (answer) => isDateJudged(answer) && !hasOwnRule(answer), check: dateInForm },
  'date-instant': { ...createdObjects, when: (answer) => answer.object !== undefined && !hasOwnRule(answer), check: sameInstant },
} satisfies Rules;
