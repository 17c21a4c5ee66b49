import type { Finding } from '../../../schemas/files/finding.ts';
import { isCreate, type RequestCase, requestIdHeader } from '../../../schemas/files/recording.ts';
import { created, mediaType, propertyNames } from '../../../schemas/operation.ts';
import type { Answer } from '../answer.ts';

/** What an answer shows, what is right in any case, and the finding where plain creates show another; not set: the status. */
type Trait = Readonly<{
  of: (answer: Answer) => string | undefined;
  right: string;
  otherwise?: Finding;
}>;

const instantIn = ({ sentInstant, answeredInstant, object }: Answer) =>
  sentInstant !== undefined && typeof object?.deletedDateTime === 'string'
    ? `${answeredInstant === sentInstant ? 'the' : 'another'} instant`
    : undefined;

// biome-ignore format: a row a line
const traits: readonly Trait[] = [
  { of: ({ status, failure }) => failure || !status ? 'no whole response' : String(status), right: String(created.status) },
  { of: ({ hasObject, mediaType }) => hasObject ? (mediaType?.essence ?? 'none') : undefined, right: mediaType, otherwise: { received: 'another media type', part: 'header', header: 'content-type' } },
  { of: ({ properties }) => properties, right: propertyNames.join(', '), otherwise: { received: 'other properties', part: 'body' } },
  { of: instantIn, right: 'the instant', otherwise: { received: 'another instant', part: 'body', property: 'deletedDateTime' } },
];

/** Whether it is written as a plain create is: only when it is sent, or over what connection, differs. */
export function isAsPlain({ requirement = '' }: Pick<RequestCase, 'requirement'>) {
  return ['answers-own', 'connection-reuse'].includes(requirement);
}

const received = 'the client-request-id of another request';
const echoed: Trait = {
  of: ({ echo, ownId }) => echo && `${echo === ownId ? 'its own' : "another request's"} id`,
  right: 'its own id',
  otherwise: { received, part: 'header', header: requestIdHeader },
};

/**
 * The first trait in which an answer is neither right nor like that to a plain create on its route.
 * `isMixing`: whether answers may be mixed up; of other echoes client-request-id speaks.
 */
export function unlikePlain(answer: Answer, answers: readonly Answer[], isMixing = false) {
  const { requestCase } = answer;
  const isPlain = ({ requestCase: { kind, route } }: Answer) =>
    isCreate({ kind }) && route === requestCase.route;
  for (const { of, right, otherwise } of isMixing ? [...traits, echoed] : traits) {
    const own = of(answer);
    if (own === undefined || own === right) continue;
    const seen = new Set(answers.filter(isPlain).flatMap((each) => of(each) ?? []));
    if (seen.size === 0 || seen.has(own)) continue;
    const { status = 0, lost = { status, received: own } } = answer;
    const finding = otherwise ?? lost;
    const plain = [...seen].sort().join(' or ');
    const wrong = `answers ${requestCase.name} with ${finding.received}, expected ${plain} as to a plain create`;
    return { ...finding, wrong };
  }
  return undefined;
}

export const anotherAnswer = 'the answer to another request';

/** What is wrong with an answer as a whole, so that other findings only repeat it. */
export function causesIn(answers: readonly Answer[]) {
  const causes = new Map<Answer, NonNullable<Finding['cause']>>();
  const mixed = new Set<Answer>();
  for (const each of answers) {
    const owner = ownerOf(each, answers);
    if (owner) mixed.add(each).add(owner);
    const { kind, requirement } = each.requestCase;
    const received = kind === 'equivalent' && unlikePlain(each, answers)?.received;
    if (!received || !requirement) continue;
    const isRefused = isAsPlain({ requirement }) && (each.status ?? 0) >= 400;
    causes.set(each, { requirement: isRefused ? 'create-status' : requirement, received });
  }
  // Where answers are mixed up, two of one id were, too.
  const isTwin = (one: Answer, other: Answer) =>
    one !== other && one.object?.id === other.object?.id && areTogether(one, other);
  for (const each of mixed.size > 0 ? answers : [])
    if (mixed.has(each) || (each.object && answers.some((other) => isTwin(each, other))))
      causes.set(each, { requirement: 'answers-own', received: anotherAnswer });
  return causes;
}

/** Whose answer it is: by client-request-id and instant, or both ids; else of one in flight with all that got its instant wrongly. */
export function ownerOf(answer: Answer, answers: readonly Answer[]): Answer | undefined {
  const { echo = answer.ownId, ownId, answeredInstant, requestId } = answer;
  if (answeredInstant === undefined && requestId && echo !== ownId)
    return answers.find((each) => each.ownId === echo && each.requestId === requestId);
  if (answeredInstant === undefined || (echo === ownId && !isWrong(answer))) return undefined;
  const owners = answers.filter((each) => each !== answer && each.sentInstant === answeredInstant);
  if (echo !== ownId) return owners.find((each) => each.ownId === echo);
  const taken = answers.filter((each) => each.answeredInstant === answeredInstant && isWrong(each));
  return owners.find((each) => taken.every((other) => areTogether(each, other)));
}

const isWrong = ({ sentInstant, answeredInstant }: Answer) => sentInstant !== answeredInstant;

/** Whether both were in flight at the same time; the clock counts whole milliseconds. */
export function areTogether(...both: readonly [Answer, Answer]) {
  const begins = both.map(({ exchange }) => Date.parse(exchange.at));
  const ends = both.map(({ exchange: { at, ms } }) => Date.parse(at) + ms);
  return Math.max(...begins) + 1 < Math.min(...ends) || both[0] === both[1];
}
