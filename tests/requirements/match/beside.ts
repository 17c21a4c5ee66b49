import { isCreate } from '../../../schemas/files/recording.ts';
import type { Answer } from '../answer.ts';

// What several answers show only beside each other.

/** Whose answer it is: that of another request where it has both its client-request-id and its instant. */
export function ownerOf(answer: Answer, answers: readonly Answer[]): Answer | undefined {
  const { echo, ownId, answeredInstant } = answer;
  if (echo === undefined || echo === ownId || answeredInstant === undefined) return undefined;
  return answers.find(
    (each) => each !== answer && each.ownId === echo && each.sentInstant === answeredInstant,
  );
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
