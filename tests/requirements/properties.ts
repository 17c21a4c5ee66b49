import type { Finding } from '../../schemas/files/finding.ts';
import { isCreate } from '../../schemas/files/recording.ts';
import { entityType } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { excerpt, show } from './match/json.ts';
import type { Check, Rules } from './requirement.ts';
import { createdObjects } from './scopes.ts';

/** 100 ns, the tick of the service's clock, in picoseconds. */
const tick = 100_000n;

const leftOut = (what: string): Finding => ({
  received: 'absent',
  told: `no ${what}`,
  wrong: `leaves out ${what}`,
});

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

/** Whether there is a date, and it is not the echo of one that no grammar has. */
const isDateJudged = ({ object, sentDate, sentInstant }: Answer) =>
  (object?.deletedDateTime ?? null) !== null &&
  ((sentDate ?? null) === null || sentInstant !== undefined);

const dateInForm: Check = ({ object, objectErrors }) => {
  if (!objectErrors.some(({ property }) => property === 'deletedDateTime')) return false;
  const value = object?.deletedDateTime;
  const isText = typeof value === 'string';
  const received = isText ? 'a string of another form' : `a JSON ${typeof value}`;
  return { received, detail: show(value) };
};

const sameInstant: Check = (answer, { answers }) => {
  const { object, sentDate, sentInstant: before, answeredInstant: after } = answer;
  const given = object?.deletedDateTime;
  if (before === undefined) return false;
  if (given === undefined) return leftOut('deletedDateTime');
  if (given === null) return 'null';
  if (after === undefined) return false;
  const difference = after - before;
  const distance = difference < 0n ? -difference : difference;
  if (distance * 2n <= tick) return false;
  const unit = units.find(([, size]) => before - (((before % size) + size) % size) === after)?.[0];
  const whose = unit ? undefined : answers.find(({ sentInstant }) => sentInstant === after);
  const how =
    (unit && `cut to ${unit}s`) ??
    (whose && `the date of ${whose.requestCase.name}`) ??
    `${duration(distance)} ${difference < 0n ? 'earlier' : 'later'}`;
  const detail = `sent ${sentDate}, received ${excerpt(String(given))}: ${how}`;
  const wrong = `returns another instant than was sent: ${how}`;
  return { received: 'another instant', detail, wrong };
};

// biome-ignore format: a row a line
const units = [
  ['hour', 3_600_000_000_000_000n],
  ['minute', 60_000_000_000_000n],
  ['second', 1_000_000_000_000n],
  ['millisecond', 1_000_000_000n],
  ['microsecond', 1_000_000n],
  ['nanosecond', 1_000n],
  ['picosecond', 1n],
] as const;

function duration(picoseconds: bigint): string {
  const [name = '', size = 1n] = units.find(([, unit]) => picoseconds % unit === 0n) ?? [];
  const count = picoseconds / size;
  return excerpt(`${count} ${name}${count === 1n ? '' : 's'}`);
}

// biome-ignore format: a row a line
export const propertyRules = {
  'odata-type': { ...createdObjects, property: '@odata.type', check: documentedType },
  'id-present': { ...createdObjects, property: 'id', check: propertyCheck('id') },
  'id-distinct': { ...createdObjects, property: 'id', scope: 'service', requests: isCreate, check: distinctId },
  'id-usable': { ...createdObjects, property: 'id', when: ({ object }) => typeof object?.id === 'string' && object.id !== '', check: usableId },
  'date-form': { ...createdObjects, property: 'deletedDateTime', when: isDateJudged, check: dateInForm },
  'date-instant': { ...createdObjects, property: 'deletedDateTime', check: sameInstant },
} satisfies Rules;
