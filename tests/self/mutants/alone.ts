import { personalToken } from '../support/personal-token.ts';
import { crash } from './defects/failing.ts';
import { type Change, onCreate, onProperty, onRefusal, sends, when } from './defects/on.ts';
import { withBody, withHeader } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

const withId = sends(/"id"/);
const take: Change = (_, request) => request.accept();
const lowerCase = onProperty('@odata.type', (type) => type.toLowerCase());
const nullId = onProperty('id', () => null);

/** Faults that spare the documented example, so that one requirement alone can notice each. */
export const alone: Mutant[] = [
  mutant('dropped-in-9999', 'A create in the year 9999 gets no answer.', () =>
    onCreate(when(sends(/"9999-/), (answer) => ({ ...answer, wire: 'drop' }))),
  ),
  mutant('text-json-where-id-sent', 'A create with an id is answered as text/json.', () =>
    onCreate(
      when(withId, (answer) =>
        withHeader(answer, 'Content-Type', 'text/json;odata.metadata=minimal'),
      ),
    ),
  ),
  mutant('body-truncated-where-id-sent', 'The answer to a create with an id stops early.', () =>
    onCreate(when(withId, (answer) => withBody(answer, answer.body.subarray(0, -12)))),
  ),
  mutant(
    'type-lower-case-where-id-sent',
    'The type is in lower case where an id was sent.',
    () => (answer, request) => (withId(request) ? lowerCase(answer, request) : answer),
  ),
  mutant(
    'id-null-where-sent',
    'The id is null where one was sent.',
    () => (answer, request) => (withId(request) ? nullId(answer, request) : answer),
  ),
  mutant('foreign-token-500', 'A token of another issuer answers 500.', () =>
    onRefusal(
      ['wrong-token'],
      when((request) => request.headers.authorization?.includes('nobody') === true, crash),
    ),
  ),
  mutant('epoch-date-accepted', 'Seconds since 1970 create.', () =>
    onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\d/), take)),
  ),
  mutant('array-date-500', 'An array as deletedDateTime answers 500.', () =>
    onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\[/), crash)),
  ),
  mutant('personal-token-accepted', 'The token of a personal account creates.', () =>
    onRefusal(
      ['wrong-token'],
      when((request) => request.headers.authorization === `Bearer ${personalToken}`, take),
    ),
  ),
];
