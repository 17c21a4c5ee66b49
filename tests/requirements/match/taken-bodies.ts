import { isCreate } from '../../../schemas/files/recording.ts';
import type { Answer } from '../answer.ts';

/** Which of the two forms of a body a target takes, the page's object or OData's reference; undefined: not both were asked. */
export function takenBodies(answers: readonly Answer[]): string | undefined {
  const answered = answers.filter(({ status }) => status !== undefined);
  const creates = answered.filter(({ requestCase }) => isCreate(requestCase));
  const reference = answered.findLast(
    ({ requestCase }) => requestCase.requirement === 'reference-probe',
  );
  if (creates.length === 0 || reference === undefined) return undefined;
  if (creates.some(({ isSuccess }) => isSuccess))
    return `takes objects${reference.isSuccess ? ' and' : ', not'} references`;
  return reference.isSuccess ? onlyThese : 'takes neither objects nor references';
}

const onlyThese = 'takes references, not objects';

/** The same, but only where it explains why creates are refused. */
export function onlyReferences(answers: readonly Answer[]): string | undefined {
  return takenBodies(answers) === onlyThese ? onlyThese : undefined;
}
