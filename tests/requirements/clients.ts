import { isCreate } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames, routes } from '../../schemas/operation.ts';
import type { Answer, Traits } from './answer.ts';
import type { Finding } from './match/finding.ts';
import { anotherAnswer, ownerOf } from './match/mixed-up.ts';
import { takenBodies } from './match/taken-bodies.ts';
import type { Check, Context, Judged } from './requirement.ts';
import { noResponse } from './scopes.ts';

/** A trait of the answers to creates: what is right whatever plain creates show, and the finding where an answer has another. */
interface Trait {
  readonly trait: keyof Traits;
  readonly right: string;
  readonly otherwise: (answer: Answer) => Finding;
}

// biome-ignore format: a row a line
const traits: readonly Trait[] = [
  { trait: 'status', right: String(created.status), otherwise: otherStatus },
  { trait: 'mediaType', right: mediaType, otherwise: () => ({ received: 'another media type', part: 'header', header: 'content-type' }) },
  { trait: 'properties', right: propertyNames.join(', '), otherwise: () => ({ received: 'other properties', part: 'body' }) },
  { trait: 'instant', right: 'the instant', otherwise: ({ requestCase }) => ({ received: 'another instant', detail: `sent ${requestCase.deletedDateTime}`, part: 'body' }) },
  { trait: 'echo', right: 'its own id', otherwise: () => ({ received: 'the client-request-id of another request', part: 'header', header: 'client-request-id' }) },
];

function otherStatus(answer: Answer): Finding {
  const { status, failure } = answer;
  const { detail: _, ...silent } = noResponse(answer) ?? { received: 'no whole response' };
  if (status === undefined || failure !== undefined) return silent;
  return { status, received: String(status), part: 'status' };
}

/** The answer to another request of those that were in flight with it, or one that is unlike that to a plain create. */
const ownAnswer: Check = (answer, context) => {
  const owner = ownerOf(answer, context.answers)?.requestCase;
  if (owner === undefined) return differenceFromPlain(answer, context);
  const wrong = 'mixes up the answers of requests that are in flight together';
  return { received: anotherAnswer, detail: `that to ${owner.name} on ${owner.route}`, wrong };
};

/** The first trait in which an answer is neither right nor like that to a plain create on its route; undefined: there is none. */
export function differenceFromPlain(answer: Answer, { answers }: Context): Finding | undefined {
  const plain = answers.filter(
    ({ requestCase }) => isCreate(requestCase) && requestCase.route === answer.requestCase.route,
  );
  for (const { trait, right, otherwise } of traits) {
    const shown = answer.traits[trait];
    const seen = new Set(plain.flatMap((each) => each.traits[trait] ?? []));
    if (shown === undefined || shown === right || seen.size === 0 || seen.has(shown)) continue;
    const finding = otherwise(answer);
    const usual = `plain creates: ${[...seen].sort().join(' or ')}`;
    return { ...finding, detail: [finding.detail, usual].filter(Boolean).join('; ') };
  }
  return undefined;
}

/** `or`: statuses that the source allows beside that of a plain create. */
type Equivalent = Pick<Judged, 'id' | 'source' | 'text'> &
  Partial<Pick<Judged, 'check'>> & { readonly or?: readonly number[] };

/** What a real client may write otherwise without meaning anything else. */
// biome-ignore format: a row a line
const equivalents: readonly Equivalent[] = [
  { id: 'content-type-parameters', source: 'RFC 9110 §8.3.1; RFC 8259 §11: a charset has no effect on JSON', text: 'accepts a Content-Type with charset=utf-8, quoted or not' },
  { id: 'content-type-case', source: 'RFC 9110 §8.3.1: type and subtype in any case', text: 'accepts the media type in other case' },
  { id: 'token-scheme-case', source: 'RFC 9110 §11.1: a scheme in any case', text: 'accepts the token behind "bearer" in lower case' },
  { id: 'header-name-case', source: 'RFC 9110 §5.1: header names in any case', text: 'accepts header names in lower case' },
  { id: 'accept-forms', source: 'RFC 9110 §12.5.1: no Accept, parameters, several types with weights', text: 'accepts every Accept that JSON satisfies, and none at all' },
  { id: 'path-encoding', source: 'RFC 3986 §2.2, §6.2.2.2; OData URL conventions §2: segments are percent-decoded', text: 'accepts the path with $ref or the user percent-encoded' },
  { id: 'json-spelling', source: 'RFC 8259 §2, §4, §7; OData JSON 4.4: ordered only where streaming is announced', text: 'accepts JSON with names in another order, escapes and blanks around it' },
  { id: 'type-absent', source: 'OData JSON 4.5.3: the type may be left out where it is the one that is expected', text: 'accepts an object without @odata.type' },
  { id: 'annotations-unknown', source: 'OData JSON 4.5: unknown annotations are never an error', text: 'accepts annotations that it does not know' },
  { id: 'properties-open', source: 'OData 11.4.2: directoryObject is open, undeclared properties are dynamic ones', text: 'accepts a property that no type declares' },
  { id: 'date-edges', source: 'page, table of properties; OData 4.01 Edm.DateTimeOffset', text: "accepts instants near a day's or a year's edge in UTC" },
  { id: 'body-framing', source: 'RFC 9112 §6.1, §7.1: chunked, or refused with 411', text: 'accepts a body in chunks, without Content-Length', or: [411] },
  { id: 'request-id-case', source: 'RFC 9562 §4: a GUID in any case', text: 'accepts a client-request-id in capitals' },
  { id: 'connection-reuse', source: 'RFC 9112 §9.2, §9.3', text: 'answers each of several creates over one connection with the answer to it' },
  { id: 'answers-own', source: 'RFC 9110 §3.5: a server handles requests of many clients at a time, each by itself', text: 'answers each of 16 creates that are in flight together with the answer to it', check: ownAnswer },
];

const comparing = {
  level: 'platform',
  part: 'status',
  isComparing: true,
  // A target may close a connection that waits (RFC 9112 §9.5), not reset it: what was lost so says nothing.
  when: ({ failure }: Answer) =>
    failure?.kind !== 'unreachable' &&
    (failure?.code !== 'KEPT_CONNECTION_CLOSED' || failure.kind === 'reset'),
  notApplicableReason: 'the request was not answered',
  dependsOn: ['route-answers', 'create-answered', 'refusals-answered'],
} as const;

const likeAPlainOne = equivalents.map(
  ({ or = [], check = differenceFromPlain, ...row }): Judged => ({
    ...comparing,
    ...row,
    expected: ['the answer to a plain create', ...or].join(', or '),
    scope: 'service',
    untestedReason:
      "its requests were not sent: a tenant is spared them, because each create is somebody's data, and so is a target that answers no plain create to the end",
    check: (answer, context) =>
      or.includes(answer.status ?? 0) ? undefined : check(answer, context),
  }),
);

/** A finding where the target failed, unless plain creates fail so; what a refusal says is judged elsewhere. */
const unlessFailing: Check = (answer, context) => {
  const { status = 500 } = answer;
  return status < 500 || (status === 501 && answer.requestCase.requirement === 'reference-probe')
    ? undefined
    : differenceFromPlain(answer, context);
};

const failingOver: Pick<Judged, 'expected' | 'scope' | 'untestedReason' | 'check'> = {
  expected: 'success, or a refusal with 4xx',
  scope: routes,
  untestedReason:
    "the request was not sent: a tenant is spared it, because each create is somebody's data",
  check: unlessFailing,
};

/** Creates as real clients send them. All of it is the platform's: the page shows one way to write a create. */
export const clientRequirements: Judged[] = [
  ...likeAPlainOne,
  {
    ...comparing,
    id: 'id-again',
    source: "service's general error page: 400, 409; RFC 9110 §15.6: 5xx is the server's own error",
    text: 'creates or refuses where an id exists already, but does not fail over it',
    ...failingOver,
  },
  {
    ...comparing,
    ...failingOver,
    id: 'id-forms',
    source:
      "page, table of properties: id is a String, so of any shape; RFC 9110 §15.6: 5xx is the server's own error",
    text: 'creates or refuses an id of any shape, but does not fail over it',
  },
  {
    ...comparing,
    ...failingOver,
    id: 'dates-outermost',
    source:
      "OData 4.01 Edm.DateTimeOffset: years 1 to 9999, in UTC or as written; RFC 9110 §15.6: 5xx is the server's own error",
    text: 'creates or refuses an instant at either end of all years, but does not fail over it',
  },
  {
    ...comparing,
    id: 'reference-probe',
    source: 'OData 4.01 §11.4.6.1, 9.3.1; the page says an object: both forms are legal',
    text: 'takes a reference with an empty 204 or refuses it, but does not fail over it',
    expected: 'success, or a refusal with 4xx or 501',
    scope: routes,
    untestedReason:
      'no reference was sent: CONTRACT_REFERENCE_PROBE=true sends one, also to a tenant',
    remark: takenBodies,
    check: unlessFailing,
  },
];
