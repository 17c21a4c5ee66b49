import { isCreate } from '../../schemas/files/recording.ts';
import type { Answer } from './answer.ts';
import { anotherAnswer, areTogether, ownerOf, unlikePlain } from './match/beside.ts';
import { show } from './match/json.ts';
import type { Check, Context, Rules } from './requirement.ts';
import { asked } from './scopes.ts';

/** A connection may be closed while a request is on its way (RFC 9112 §9.5): once, not again and again. */
const isResetOnKept = ({ failure, exchange }: Answer) =>
  failure?.kind === 'reset' && exchange.isReused === true;
const keptAnswer: Check = (answer, context) =>
  (!isResetOnKept(answer) || context.answers.filter(isResetOnKept).length > 1) &&
  unlikePlain(answer, context.answers, true);

const ownAnswer: Check = (answer, context) => {
  const owner = ownerOf(answer, context.answers);
  if (owner === undefined) return unlikePlain(answer, context.answers, true);
  const wrong = areTogether(answer, owner)
    ? 'mixes up the answers of requests that are in flight together'
    : 'gives an earlier answer again: is there a cache?';
  const { name, route } = owner.requestCase;
  return { received: anotherAnswer, detail: `that to ${name} on ${route}`, wrong };
};

/** A failure, unless plain creates fail so; what a refusal says is judged elsewhere. */
const noFailure: Check = (answer, context) => {
  const { status = 500, lost = { status, received: String(status) } } = answer;
  const isFailure =
    status >= 500 && (status !== 501 || answer.requestCase.requirement !== 'reference-probe');
  return isFailure && unlikePlain(answer, context.answers) && lost;
};

/** Another date, unless plain creates get one, too. */
const outermost: Check = (answer, context) => {
  const isOther = ({ object, sentInstant, answeredInstant }: Answer) =>
    object !== undefined && sentInstant !== answeredInstant;
  if (!answer.saysCreated || !isOther(answer)) return noFailure(answer, context);
  if (context.answers.some((each) => isCreate(each.requestCase) && isOther(each))) return false;
  const detail = `sent ${answer.sentDate}, received ${show(answer.object?.deletedDateTime)}`;
  return { received: 'another date', detail, part: 'body', property: 'deletedDateTime' };
};

/** What a real client may write otherwise without meaning anything else. */
export const equivalent = {
  ...asked,
  expected: 'the answer to a plain create',
  scope: 'service',
  isComparing: true,
  // A target may close a connection that waits (RFC 9112 §9.5): what was lost so says nothing.
  when: ({ failure, exchange }: Answer) =>
    failure?.kind !== 'unreachable' && (failure?.kind !== 'dropped' || !exchange.isReused),
  untestedReason:
    "its requests were not sent: neither to a tenant, where each create is somebody's data, nor to a target that is slow, or answers no plain create to the end",
  check: (answer: Answer, { answers }: Context) => unlikePlain(answer, answers),
} as const;

const refusable = {
  ...equivalent,
  scope: asked.scope,
  check: noFailure,
} as const;

// biome-ignore format: a row a line
export const clientRules = {
  'body-framing': { ...equivalent, check: (answer, { answers }) => answer.status !== 411 && unlikePlain(answer, answers) },
  'connection-reuse': { ...equivalent, check: keptAnswer },
  'answers-own': { ...equivalent, check: ownAnswer },
  'id-again': refusable,
  'id-forms': refusable,
  'dates-outermost': { ...refusable, check: outermost },
  'reference-probe': refusable,
} satisfies Rules;
