import type { Answer } from './answer.ts';
import { anotherAnswer, ownerOf, unlikePlain } from './match/beside.ts';
import type { Check, Context, Rules } from './requirement.ts';
import { asked } from './scopes.ts';

/** A connection may be closed while a request is on its way (RFC 9112 §9.5): once, not again and again. */
const isResetOnKept = ({ failure, exchange }: Answer) =>
  failure?.kind === 'reset' && exchange.isReused === true;
const keptAnswer: Check = (answer, context) =>
  (!isResetOnKept(answer) || context.answers.filter(isResetOnKept).length > 1) &&
  unlikePlain(answer, context.answers, true);

const ownAnswer: Check = (answer, context) => {
  const owner = ownerOf(answer, context.answers)?.requestCase;
  if (owner === undefined) return unlikePlain(answer, context.answers, true);
  const wrong = 'mixes up the answers of requests that are in flight together';
  return { received: anotherAnswer, detail: `that to ${owner.name} on ${owner.route}`, wrong };
};

/** A failure, unless plain creates fail so; what a refusal says is judged elsewhere. */
const noFailure: Check = (answer, context) => {
  const { status = 500 } = answer;
  const isFailure =
    status >= 500 && (status !== 501 || answer.requestCase.requirement !== 'reference-probe');
  return isFailure && unlikePlain(answer, context.answers);
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
  check: (answer: Answer, { answers }: Pick<Context, 'answers'>) => unlikePlain(answer, answers),
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
  'dates-outermost': refusable,
  'reference-probe': refusable,
} satisfies Rules;
