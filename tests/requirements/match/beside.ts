import { isCreate } from '../../../schemas/files/recording.ts';
import type { Answer } from '../answer.ts';

// What several answers show only beside each other.

/** Whose answer it is: that of another request where it has both its client-request-id and its instant. */
export function ownerOf(answer: Answer, answers: readonly Answer[]): Answer | undefined {
  const { echo, ownId, answeredInstant } = answer;
  if (answeredInstant === undefined || echo === ownId) return undefined;
  const owners = answers.filter(({ sentInstant }) => sentInstant === answeredInstant);
  if (echo !== undefined) return owners.find((each) => each !== answer && each.ownId === echo);
  return ownerUnnamed(answer, owners, answers);
}

/**
 * The same for a target that echoes no client-request-id: the instant is that of a request that was in
 * flight together with every one that got it wrongly, or got the same answer. A target that says the
 * same again and again is not meant.
 */
function ownerUnnamed(answer: Answer, owners: readonly Answer[], answers: readonly Answer[]) {
  const { object, requestId, sentInstant, answeredInstant } = answer;
  const isSame = (other: Answer) =>
    other === answer ||
    (requestId !== undefined && requestId === other.requestId && object?.id === other.object?.id);
  const alike = answers.filter((each) => each.answeredInstant === answeredInstant);
  if (sentInstant === answeredInstant && alike.filter(isSame).length === 1) return undefined;
  const taken = alike.filter((each) => each.sentInstant !== answeredInstant || isSame(each));
  const near = owners.filter((each) => taken.every((other) => areTogether(each, other)));
  const owner = near.find(({ sent }) => sent?.id === object?.id) ?? near[0];
  return owner === answer ? undefined : owner;
}

/** Whether both were in flight at the same time. */
function areTogether(...both: readonly [Answer, Answer]): boolean {
  const begins = both.map(({ exchange }) => Date.parse(exchange.at));
  const ends = both.map(({ exchange: { at, ms } }) => Date.parse(at) + ms);
  return Math.max(...begins) <= Math.min(...ends);
}

/** Which body a target takes, the page's object or OData's reference; undefined: not both were asked. */
export function takenBodies(answers: readonly Answer[]): string | undefined {
  const answered = answers.filter(({ status }) => status !== undefined);
  const creates = answered.filter(({ requestCase }) => isCreate(requestCase));
  const reference = answered.findLast(
    ({ requestCase }) => requestCase.requirement === 'reference-probe',
  );
  if (creates.length === 0 || reference === undefined) return undefined;
  if (creates.some(({ isSuccess }) => isSuccess))
    return `takes objects${reference.isSuccess ? ' and' : ', not'} references`;
  return reference.isSuccess
    ? 'takes references, not objects'
    : 'takes neither objects nor references';
}
