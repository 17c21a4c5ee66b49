import type { Finding } from '../../schemas/files/finding.ts';
import { isCreate, requestIdHeader } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { anotherAnswer, ownerOf } from './match/beside.ts';
import type { Check, Rules } from './requirement.ts';
import { asked, noResponse } from './scopes.ts';

/** What an answer shows, what is right in any case, and the finding where plain creates show another. */
interface Trait {
  readonly of: (answer: Answer) => string | undefined;
  readonly right: string;
  readonly otherwise: (answer: Answer) => Finding;
}

const instantIn = ({ sentInstant, answeredInstant, object }: Answer) =>
  sentInstant !== undefined && typeof object?.deletedDateTime === 'string'
    ? `${answeredInstant === sentInstant ? 'the' : 'another'} instant`
    : undefined;

// biome-ignore format: a row a line
const traits: readonly Trait[] = [
  { of: ({ status, failure }) => failure || !status ? 'no whole response' : String(status), right: String(created.status), otherwise: otherStatus },
  { of: ({ hasObject, mediaType }) => hasObject ? (mediaType?.essence ?? 'none') : undefined, right: mediaType, otherwise: () => ({ received: 'another media type', part: 'header', header: 'content-type' }) },
  { of: ({ properties }) => properties, right: propertyNames.join(', '), otherwise: () => ({ received: 'other properties', part: 'body' }) },
  { of: instantIn, right: 'the instant', otherwise: ({ requestCase }) => ({ received: 'another instant', detail: `sent ${requestCase.deletedDateTime}`, part: 'body' }) },
  { of: ({ echo, ownId }) => echo && `${echo === ownId ? 'its own' : "another request's"} id`, right: 'its own id', otherwise: () => ({ received: 'the client-request-id of another request', part: 'header', header: requestIdHeader }) },
];

function otherStatus(answer: Answer): Finding {
  const { status = 0 } = answer;
  return noResponse(answer) ?? { status, received: String(status), part: 'status' };
}

export const differenceFromPlain: Check = (answer, { answers }) => {
  const { route } = answer.requestCase;
  for (const { of, right, otherwise } of traits) {
    const own = of(answer);
    if (own === undefined || own === right) continue;
    const plain = answers.filter(
      ({ requestCase }) => isCreate(requestCase) && requestCase.route === route,
    );
    const seen = new Set(plain.flatMap((each) => of(each) ?? []));
    if (seen.size === 0 || seen.has(own)) continue;
    const finding = otherwise(answer);
    const usual = `plain creates: ${[...seen].sort().join(' or ')}`;
    return { ...finding, detail: [finding.detail, usual].filter(Boolean).join('; ') };
  }
  return false;
};

/** The answer to another request in flight with it, or one that is unlike that to a plain create. */
const ownAnswer: Check = (answer, context) => {
  const owner = ownerOf(answer, context.answers)?.requestCase;
  if (owner === undefined) return differenceFromPlain(answer, context);
  const wrong = 'mixes up the answers of requests that are in flight together';
  return { received: anotherAnswer, detail: `that to ${owner.name} on ${owner.route}`, wrong };
};

/** A failure, unless plain creates fail so; what a refusal says is judged elsewhere. */
const noFailure: Check = (answer, context) => {
  const { status = 500 } = answer;
  const isFailure =
    status >= 500 && (status !== 501 || answer.requestCase.requirement !== 'reference-probe');
  return isFailure && differenceFromPlain(answer, context);
};

/** What a real client may write otherwise without meaning anything else. */
const equivalent = {
  ...asked,
  scope: 'service',
  isComparing: true,
  // A target may close a connection that waits (RFC 9112 §9.5), not reset it: what was lost so says nothing.
  when: ({ failure, exchange }: Answer) =>
    failure?.kind !== 'unreachable' && (failure?.kind !== 'dropped' || !exchange.isReused),
  untestedReason:
    "its requests were not sent: a tenant is spared them, because each create is somebody's data, and so is a target that answers no plain create to the end",
  check: differenceFromPlain,
} as const;

const refusable = {
  ...equivalent,
  scope: asked.scope,
  untestedReason:
    "the request was not sent: a tenant is spared it, because each create is somebody's data",
  check: noFailure,
} as const;

const orRefused: Check = (answer, context) =>
  answer.status !== 411 && differenceFromPlain(answer, context);

/** All of it is the platform's: the page shows one way to write a create. */
export const clientRules = {
  'content-type-parameters': equivalent,
  'content-type-case': equivalent,
  'token-scheme-case': equivalent,
  'header-name-case': equivalent,
  'accept-forms': equivalent,
  'path-encoding': equivalent,
  'json-spelling': equivalent,
  'type-absent': equivalent,
  'annotations-unknown': equivalent,
  'properties-open': equivalent,
  'date-edges': equivalent,
  'body-framing': { ...equivalent, check: orRefused },
  'request-id-case': equivalent,
  'connection-reuse': equivalent,
  'answers-own': { ...equivalent, check: ownAnswer },
  'id-again': refusable,
  'id-forms': refusable,
  'dates-outermost': refusable,
  'reference-probe': refusable,
} satisfies Rules;
