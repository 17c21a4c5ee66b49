import { personalToken } from '../support/personal-token.ts';
import { crash } from './defects/failing.ts';
import { type Change, onCreate, onProperty, onRefusal, sends, when } from './defects/on.ts';
import { withBody, withHeader } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

const withId = sends(/"id"/);
const accept: Change = (_, request) => request.accept();
const lowerCase = onProperty('@odata.type', (type) => type.toLowerCase());
const nullId = onProperty('id', () => null);

/** Faults that spare the documented example, so that one requirement alone can detect each. */
export const alone: Mutant[] = [
  mutant('dropped-in-9999', 'A create in the year 9999 gets no response.', () =>
    onCreate(when(sends(/"9999-/), (response) => ({ ...response, wire: 'drop' }))),
  ),
  mutant('text-json-where-id-sent', 'A create with an id is answered as text/json.', () =>
    onCreate(
      when(withId, (response) =>
        withHeader(response, 'Content-Type', 'text/json;odata.metadata=minimal'),
      ),
    ),
  ),
  mutant('body-truncated-where-id-sent', 'The response to a create with an id stops early.', () =>
    onCreate(when(withId, (response) => withBody(response, response.body.subarray(0, -12)))),
  ),
  mutant(
    'type-lower-case-where-id-sent',
    'The type is in lower case where an id was sent.',
    () => (response, request) => (withId(request) ? lowerCase(response, request) : response),
  ),
  mutant(
    'id-null-where-sent',
    'The id is null where one was sent.',
    () => (response, request) => (withId(request) ? nullId(response, request) : response),
  ),
  mutant('foreign-token-500', 'A token of another issuer is answered with 500.', () =>
    onRefusal(
      ['wrong-token'],
      when((request) => request.headers.authorization?.includes('nobody') === true, crash),
    ),
  ),
  mutant('epoch-date-accepted', 'Seconds since 1970 create.', () =>
    onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\d/), accept)),
  ),
  mutant('array-date-500', 'An array as deletedDateTime is answered with 500.', () =>
    onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\[/), crash)),
  ),
  mutant('personal-token-accepted', 'The token of a personal account creates.', () =>
    onRefusal(
      ['wrong-token'],
      when((request) => request.headers.authorization === `Bearer ${personalToken}`, accept),
    ),
  ),
];
