import { crash, failing } from './defects/failing.ts';
import { accepting, type Change, onMethod, onRefusal } from './defects/on.ts';
import { withBody, withHeader, withJson, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

const accept: Change = (_, request) => request.accept();
const PATHS = ['path', 'path-form'] as const;

export const negative: Mutant[] = [
  mutant('text-plain-accepted', 'A body sent as text/plain creates.', () =>
    accepting('media-type'),
  ),
  mutant('no-content-type-accepted', 'A body without Content-Type creates.', () =>
    accepting('no-content-type'),
  ),
  mutant('malformed-json-accepted', 'Malformed JSON creates.', () => accepting('malformed')),
  mutant('array-accepted', 'An array creates.', () => accepting('not-object')),
  mutant('number-date-accepted', 'A number for deletedDateTime creates.', () =>
    accepting('date-not-string'),
  ),
  mutant('non-date-accepted', 'Any text for deletedDateTime creates.', () =>
    accepting('date-grammar'),
  ),
  mutant('february-30-accepted', 'The 30th of February creates.', () => accepting('date-calendar')),
  mutant('wrong-type-accepted', 'Another @odata.type creates.', () => accepting('type')),
  mutant('unknown-user-accepted', 'An unknown user gets a device.', () => accepting('user')),
  mutant('path-accepted', 'Any path creates.', () => accepting(...PATHS)),
  mutant('get-creates', 'GET creates.', () => onMethod('GET', accept)),
  mutant('get-empty-object', 'GET is answered with 200 and an empty object.', () =>
    onMethod('GET', (a) => ({ ...withJson(without(a, 'Allow'), {}), status: 200 })),
  ),
  mutant('put-creates', 'PUT creates.', () => onMethod('PUT', accept)),
  mutant('text-plain-500', 'A body sent as text/plain is answered with 500.', () =>
    onRefusal(['media-type'], crash),
  ),
  mutant('malformed-json-500', 'Malformed JSON is answered with 500.', () =>
    onRefusal(['malformed'], crash),
  ),
  mutant('malformed-json-404', 'Malformed JSON is answered with 404.', () =>
    onRefusal(['malformed'], failing(404, 'ResourceNotFound')),
  ),
  mutant('array-500', 'An array is answered with 500.', () => onRefusal(['not-object'], crash)),
  mutant('number-date-500', 'A number for deletedDateTime is answered with 500.', () =>
    onRefusal(['date-not-string'], crash),
  ),
  mutant('non-date-500', 'A text that is not a date is answered with 500.', () =>
    onRefusal(['date-grammar'], crash),
  ),
  mutant('missing-date-500', 'A body without deletedDateTime is answered with 500.', () =>
    onRefusal(['date-missing'], crash),
  ),
  mutant('missing-date-xml', 'A body without deletedDateTime is answered in XML.', () =>
    onRefusal(['date-missing'], (_, request) => withBody(request.accept(), '<created/>')),
  ),
  mutant('wrong-type-500', 'Another @odata.type is answered with 500.', () =>
    onRefusal(['type'], crash),
  ),
  mutant('unknown-user-500', 'An unknown user is answered with 500.', () =>
    onRefusal(['user'], crash),
  ),
  mutant('path-500', 'An unsupported path is answered with 500.', () => onRefusal(PATHS, crash)),
  mutant('put-500', 'PUT is answered with 500.', () => onMethod('PUT', crash)),
  mutant('no-allow', 'A 405 has no Allow.', () =>
    onRefusal(['method'], (a) => without(a, 'Allow')),
  ),
  mutant('allow-without-post', 'The Allow of a 405 names only GET.', () =>
    onRefusal(['method'], (a) => withHeader(a, 'Allow', 'GET')),
  ),
];
