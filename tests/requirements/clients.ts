import type { Finding } from '../../schemas/files/finding.ts';
import { isCreate, requestIdHeader } from '../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { ownerOf } from './match/beside.ts';
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
];

/** Only where answers may be mixed up: client-request-id speaks of every other response. */
const echoed: Trait = {
  of: ({ echo, ownId }) => echo && `${echo === ownId ? 'its own' : "another request's"} id`,
  right: 'its own id',
  otherwise: () => {
    const received = 'the client-request-id of another request';
    return { received, part: 'header', header: requestIdHeader };
  },
};

function otherStatus(answer: Answer): Finding {
  const { status = 0 } = answer;
  return noResponse(answer) ?? { status, received: String(status), part: 'status' };
}

/** The first trait in which an answer is neither right nor like that to a plain create on its route. */
function unlikePlain(shown: readonly Trait[], answer: Answer, answers: readonly Answer[]) {
  const { route } = answer.requestCase;
  const isPlain = ({ requestCase }: Answer) => isCreate(requestCase) && requestCase.route === route;
  for (const { of, right, otherwise } of shown) {
    const own = of(answer);
    if (own === undefined || own === right) continue;
    const seen = new Set(answers.filter(isPlain).flatMap((each) => of(each) ?? []));
    if (seen.size === 0 || seen.has(own)) continue;
    const finding = otherwise(answer);
    const usual = `plain creates: ${[...seen].sort().join(' or ')}`;
    return { ...finding, detail: [finding.detail, usual].filter(Boolean).join('; ') };
  }
  return undefined;
}

export const differenceFromPlain: Check = (answer, { answers }) =>
  unlikePlain(traits, answer, answers);
const alsoInEcho: Check = (answer, { answers }) =>
  unlikePlain([...traits, echoed], answer, answers);

const anotherAnswer = 'the answer to another request';

/** What is wrong with an answer as a whole, so that other findings only repeat it. */
export function causesIn(answers: readonly Answer[]) {
  const causes = new Map<Answer, NonNullable<Finding['cause']>>();
  for (const each of answers) {
    const owner = ownerOf(each, answers);
    if (owner)
      for (const mixed of [each, owner])
        causes.set(mixed, { requirement: 'answers-own', received: anotherAnswer });
    const { kind, requirement } = each.requestCase;
    if (causes.has(each) || kind !== 'equivalent' || requirement === undefined) continue;
    const received = unlikePlain(traits, each, answers)?.received;
    if (received !== undefined) causes.set(each, { requirement, received });
  }
  return causes;
}

/** The answer to another request, or one that is unlike that to a plain create. */
/** A connection may be closed while a request is on its way (RFC 9112 §9.5): once, not again and again. */
const isResetOnKept = ({ failure, exchange }: Answer) =>
  failure?.kind === 'reset' && exchange.isReused === true;
const keptAnswer: Check = (answer, context) =>
  (!isResetOnKept(answer) || context.answers.filter(isResetOnKept).length > 1) &&
  alsoInEcho(answer, context);

const ownAnswer: Check = (answer, context) => {
  const owner = ownerOf(answer, context.answers)?.requestCase;
  if (owner === undefined) return alsoInEcho(answer, context);
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
  // A target may close a connection that waits (RFC 9112 §9.5): what was lost so says nothing.
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
  'connection-reuse': { ...equivalent, check: keptAnswer },
  'answers-own': { ...equivalent, check: ownAnswer },
  'id-again': refusable,
  'id-forms': refusable,
  'dates-outermost': refusable,
  'reference-probe': refusable,
} satisfies Rules;
