import { headerValues, requestIdHeader } from '../../../schemas/files/recording.ts';
import type { Answer } from '../answer.ts';

const echoOf = (answer: Answer) => answer.header(requestIdHeader)[0]?.toLowerCase();
const idOf = ({ request }: Answer) =>
  headerValues(request.headers, requestIdHeader)[0]?.toLowerCase();

/** Whose answer it is: that of another request where it has both its client-request-id and its instant. */
export function ownerOf(answer: Answer, answers: readonly Answer[]): Answer | undefined {
  const echo = echoOf(answer);
  const { answeredInstant } = answer;
  if (echo === undefined || answeredInstant === undefined || echo === idOf(answer))
    return undefined;
  return answers.find(
    (each) => each !== answer && idOf(each) === echo && each.sentInstant === answeredInstant,
  );
}

/** The answers that went to another request, and those of the requests that they belong to. */
export function mixedUp(answers: readonly Answer[]): ReadonlySet<Answer> {
  const pairs = answers.map((each) => [each, ownerOf(each, answers)] as const);
  return new Set(pairs.flatMap(([each, owner]) => (owner === undefined ? [] : [each, owner])));
}

/** What answers-own receives, and what others repeat. */
export const anotherAnswer = 'the answer to another request';
