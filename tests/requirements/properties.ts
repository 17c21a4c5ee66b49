import { instantOf } from '../../schemas/edm-date-time-offset.ts';
import { isCreate } from '../../schemas/files/recording.ts';
import { entityType } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { excerpt, show } from './match/excerpt.ts';
import type { Check, Judged } from './requirement.ts';
import { createdObjects } from './scopes.ts';

/** 100 ns, the tick of the service's clock, in picoseconds. */
const tick = 100_000n;

/** 10,000 years of 365.2425 days in picoseconds: every date that is sent lies within fewer. */
const longest = 10_000n * 31_556_952n * 1_000_000_000_000n;

/** The value, where the schema's errors speak of this property. */
function propertyCheck(property: string): Check {
  return ({ object, objectErrors }) =>
    objectErrors.some((error) => error.property === property)
      ? { received: show(object?.[property]) }
      : undefined;
}

const checkType = propertyCheck('@odata.type');

/** An id that an earlier create was given too; where the request sent one that exists, that may be. */
const distinctId: Check = ({ object, requestCase }, { earlier }) => {
  const id = object?.id;
  if (typeof id !== 'string' || id === '' || requestCase.requirement === 'id-again')
    return undefined;
  const other = earlier.findLast((each) => each.object?.id === id)?.requestCase;
  if (other === undefined) return undefined;
  const detail = `${show(id)} was given to ${other.name} on ${other.route} too`;
  return { received: 'the id of another create', detail };
};

/** Whether a date was sent that no grammar has: its echo is not judged. */
function isSentMalformed({ sentDate, sentInstant }: Answer): boolean {
  return sentDate !== null && sentDate !== undefined && sentInstant === undefined;
}

/** Whether what came back is the instant that was sent; its form is another requirement's. */
const sameInstant: Check = ({ object, sentDate, sentInstant: before }, { answers }) => {
  if (before === undefined) return undefined;
  const given = object?.deletedDateTime ?? undefined;
  if (given === undefined) return { received: show(object?.deletedDateTime) };
  const after = typeof given === 'string' ? instantOf(given) : undefined;
  if (after === undefined) return undefined;
  const difference = after - before;
  const distance = difference < 0n ? -difference : difference;
  if (distance * 2n <= tick) return undefined;
  const unit = units.find(([, size]) => before - (((before % size) + size) % size) === after)?.[0];
  const whose = unit ? undefined : answers.find(({ sentInstant }) => sentInstant === after);
  const how =
    (unit && `cut to ${unit}`) ??
    (whose && `the date of ${whose.requestCase.name}`) ??
    `${duration(distance)} ${difference < 0n ? 'earlier' : 'later'}`;
  const detail = `sent ${sentDate}, received ${excerpt(String(given))}: ${how}`;
  return { received: 'another instant', detail };
};

const units = [
  ['h', 3_600_000_000_000_000n],
  ['min', 60_000_000_000_000n],
  ['s', 1_000_000_000_000n],
  ['ms', 1_000_000_000n],
  ['µs', 1_000_000n],
  ['ns', 1_000n],
] as const;

/** Picoseconds in the largest unit that shows them without loss, as far as anybody would count them. */
function duration(picoseconds: bigint): string {
  if (picoseconds > longest) return 'more than 10000 years';
  const [name, size] = units.find(([, unit]) => picoseconds % unit === 0n) ?? ['ps', 1n];
  return `${picoseconds / size} ${name}`;
}

const documentedType: Check = (answer, context) => {
  const sent = answer.sent?.['@odata.type'];
  if (sent !== undefined && sent !== entityType) return undefined;
  // OData JSON 3.1.3: who announces no metadata leaves the type out.
  const isLeftOut = answer.object !== undefined && !('@odata.type' in answer.object);
  return isLeftOut && answer.format('metadata') === 'none' ? undefined : checkType(answer, context);
};

const usableId: Check = ({ object }) => {
  const id = String(object?.id);
  const received = faultOf(id);
  return received === undefined ? undefined : { received, detail: show(id) };
};

const dateInForm: Check = ({ object, objectErrors }) => {
  if (!objectErrors.some(({ property }) => property === 'deletedDateTime')) return undefined;
  const value = object?.deletedDateTime;
  const isText = typeof value === 'string';
  const received = isText ? 'a string of another form' : `a JSON ${typeof value}`;
  return { received, detail: show(value) };
};

/** What the created object says. */
// biome-ignore format: a row a line
export const propertyRequirements: Judged[] = [
  { id: 'odata-type', level: 'shown', source: 'page, example response', text: 'names the documented type in @odata.type', expected: JSON.stringify(entityType), ...createdObjects, part: 'body', check: documentedType },
  { id: 'id-present', level: 'stated', source: 'page, table of properties: id is a String; opaque, so of any shape', text: 'gives the created object an id: a string that is not empty', expected: 'a string that is not empty', ...createdObjects, part: 'body', check: propertyCheck('id') },
  { id: 'id-distinct', level: 'shown', source: 'page, example: the response names the object by an id that the request did not send, the key of every entity', text: 'gives every created object an id of its own', expected: 'an id that no other create was given', ...createdObjects, part: 'body', scope: 'service', requests: isCreate, dependsOn: [...createdObjects.dependsOn, 'answers-own'], check: distinctId },
  { id: 'id-usable', level: 'platform', source: 'OData URL §4.3: the id is the key by which URLs name the object', text: 'gives the created object an id that can be read and written', expected: 'a character that is seen, and no control character', ...createdObjects, part: 'body', when: ({ object }) => typeof object?.id === 'string' && object.id !== '', notApplicableReason: 'no created object had an id', dependsOn: [...createdObjects.dependsOn, 'id-present'], check: usableId },
  { id: 'date-form', level: 'stated', source: 'page, table of properties: deletedDateTime is a DateTimeOffset; OData ABNF', text: 'writes deletedDateTime as an Edm.DateTimeOffset of a day that exists', expected: 'an Edm.DateTimeOffset', ...createdObjects, part: 'body', when: (answer) => (answer.object?.deletedDateTime ?? null) !== null && !isSentMalformed(answer), notApplicableReason: 'no created object had a deletedDateTime', dependsOn: [...createdObjects.dependsOn, 'date-instant'], check: dateInForm },
  { id: 'date-instant', level: 'shown', source: 'page, example: the response repeats the deletedDateTime sent; compared as instants, since offsets may be normalised (OData 11.4.1.2)', text: 'returns in deletedDateTime the instant that was sent, to 100 ns', expected: 'the instant that was sent', ...createdObjects, part: 'body', dependsOn: [...createdObjects.dependsOn, 'answers-own'], check: sameInstant },
];

/** What keeps an id from being read or written, in words; undefined: nothing. */
function faultOf(id: string): string | undefined {
  if (!/[^\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(id)) return 'an id of blanks';
  if (/\p{Cc}/u.test(id)) return 'an id with a control character';
  return /\p{Cs}/u.test(id) ? 'an id with a lone surrogate' : undefined;
}
