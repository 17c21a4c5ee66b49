import { createHash } from 'node:crypto';
import { instantOf } from '../../schemas/edm-date-time-offset.ts';
import { entityType } from '../../schemas/operation.ts';
import { excerpt, show } from './match/excerpt.ts';
import { metadataOf } from './match/media-type.ts';
import { directoryObjectErrors, hasCreatedBody, objectOf } from './match/object.ts';
import type { Check, Judged } from './requirement.ts';
import { createdObjects, isAnyCreate, stateless } from './scopes.ts';

/** 100 ns, the tick of the service's clock, in picoseconds. */
const tick = 100_000n;

/** 10,000 years of 365.2425 days in picoseconds: every date that is sent lies within fewer. */
const longest = 10_000n * 31_556_952n * 1_000_000_000_000n;

/** Ids of earlier creates by their digests, because an id may be of any length, with the request that got each. */
function distinctIds(): Check {
  const seen = new Map<string, string>();
  return (exchange) => {
    const id = objectOf(exchange)?.id;
    if (typeof id !== 'string' || id === '') return undefined;
    const { name, route } = exchange.requestCase;
    const digest = createHash('sha256').update(id).digest('base64');
    const earlier = seen.get(digest);
    seen.set(digest, `${name} on ${route}`);
    return earlier === undefined
      ? undefined
      : {
          code: 'repeated-id',
          received: 'the id of another create',
          detail: `${show(id)} was given to ${earlier} too`,
          part: 'body',
        };
  };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** The value, where the schema's errors speak of this property. */
function propertyCheck(property: string): Check {
  return (exchange) => {
    const wrong = directoryObjectErrors(exchange).some((error) => error.property === property);
    return wrong
      ? { code: 'schema', received: show(objectOf(exchange)?.[property]), part: 'body' }
      : undefined;
  };
}

const checkType = propertyCheck('@odata.type');

/** Whether what came back is the instant that was sent; its form is another requirement's. */
const sameInstant: Check = (exchange) => {
  const sent = exchange.requestCase.deletedDateTime ?? '';
  const given = objectOf(exchange)?.deletedDateTime;
  if (given === undefined || given === null)
    return { code: 'absent', received: show(given), part: 'body' };
  const [before, after] = [
    instantOf(sent),
    typeof given === 'string' ? instantOf(given) : undefined,
  ];
  if (before === undefined || after === undefined) return undefined;
  const difference = after - before;
  const distance = difference < 0n ? -difference : difference;
  if (distance * 2n <= tick) return undefined;
  const direction = difference < 0n ? 'earlier' : 'later';
  return {
    code: 'other-instant',
    received: 'another instant',
    detail: `sent ${sent}, received ${excerpt(String(given))}: ${duration(distance)} ${direction}`,
    part: 'body',
  };
};

/** Picoseconds in the largest unit that shows them without loss, as far as anybody would count them. */
function duration(picoseconds: bigint): string {
  if (picoseconds > longest) return 'more than 10000 years';
  const units = [
    ['h', 3_600_000_000_000_000n],
    ['min', 60_000_000_000_000n],
    ['s', 1_000_000_000_000n],
    ['ms', 1_000_000_000n],
    ['µs', 1_000_000n],
    ['ns', 1_000n],
  ] as const;
  const [name, size] = units.find(([, unit]) => picoseconds % unit === 0n) ?? ['ps', 1n];
  return `${picoseconds / size} ${name}`;
}

/** What the created object says. */
export const propertyRequirements: Judged[] = [
  {
    id: 'odata-type',
    level: 'shown',
    source: 'page, example response',
    text: 'names the documented type in @odata.type',
    expected: JSON.stringify(entityType),
    ...createdObjects,
    ...stateless((exchange, run) => {
      // OData JSON 3.1.3: who announces no metadata leaves the type out.
      const left =
        metadataOf(exchange) === 'none' && !('@odata.type' in (objectOf(exchange) ?? {}));
      return left ? undefined : checkType(exchange, run);
    }),
  },
  {
    id: 'id-present',
    level: 'stated',
    source: 'page, table of properties: id is a String; opaque, so of any shape',
    text: 'gives the created object an id: a string that is not empty',
    expected: 'a string that is not empty',
    ...createdObjects,
    ...stateless(propertyCheck('id')),
  },
  {
    id: 'id-distinct',
    level: 'shown',
    source: 'page, table of properties: id is inherited from entity, whose key it is',
    text: 'gives every created object an id of its own',
    expected: 'an id that no other create was given',
    ...createdObjects,
    scope: 'service',
    requests: isAnyCreate,
    createCheck: distinctIds,
  },
  {
    id: 'id-usable',
    level: 'platform',
    source: 'OData URL §4.3: the id is the key by which URLs name the object',
    text: 'gives the created object an id that can be read and written',
    expected: 'a character that is seen, and no control character',
    ...createdObjects,
    when: (exchange) => hasCreatedBody(exchange) && isText(objectOf(exchange)?.id),
    notApplicableReason: 'no created object had an id',
    dependsOn: [...createdObjects.dependsOn, 'id-present'],
    ...stateless((exchange) => {
      const id = String(objectOf(exchange)?.id);
      const isSeen = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(id);
      if (isSeen && !/[\p{Cc}\p{Cs}]/u.test(id)) return undefined;
      return {
        code: 'schema',
        received: isSeen ? 'an id with a control character' : 'an id of blanks',
        detail: show(id),
        part: 'body',
      };
    }),
  },
  {
    id: 'date-form',
    level: 'stated',
    source: 'page, table of properties: deletedDateTime is a DateTimeOffset; OData ABNF',
    text: 'writes deletedDateTime as an Edm.DateTimeOffset of a day that exists',
    expected: 'an Edm.DateTimeOffset',
    ...createdObjects,
    when: (exchange) =>
      hasCreatedBody(exchange) && (objectOf(exchange)?.deletedDateTime ?? null) !== null,
    notApplicableReason: 'no created object had a deletedDateTime',
    dependsOn: [...createdObjects.dependsOn, 'date-instant'],
    ...stateless((exchange) => {
      const wrong = directoryObjectErrors(exchange).some(
        ({ property }) => property === 'deletedDateTime',
      );
      const value = objectOf(exchange)?.deletedDateTime;
      return wrong
        ? {
            code: 'schema',
            received:
              typeof value === 'string' ? 'a string of another form' : `a JSON ${typeof value}`,
            detail: show(value),
            part: 'body',
          }
        : undefined;
    }),
  },
  {
    id: 'date-instant',
    level: 'shown',
    source:
      'page, example: the response repeats the deletedDateTime sent; compared as instants, since offsets may be normalised (OData 11.4.1.2)',
    text: 'returns in deletedDateTime the instant that was sent, to 100 ns',
    expected: 'the instant that was sent',
    ...createdObjects,
    ...stateless(sameInstant),
  },
];
