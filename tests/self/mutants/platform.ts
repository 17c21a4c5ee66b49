import { randomUUID } from 'node:crypto';
import type { MockResponse } from '../support/mock.ts';
import { onCreate, onObject, onProperty, onRefusal } from './defects/on.ts';
import { header, typed, withBody, withHeader, withLine, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

/** The response with another id in the header and, where it is there, in the body. */
function named(response: MockResponse, name: string, id: string): MockResponse {
  const body = response.body.toString().replaceAll(header(response, name) ?? id, id);
  return withHeader(withBody(response, body), name, id);
}

export const platform: Mutant[] = [
  mutant(
    'no-odata-version',
    'No response has OData-Version.',
    () => (a) => without(a, 'OData-Version'),
  ),
  mutant('no-odata-version-on-errors', 'Errors have no OData-Version.', () =>
    onRefusal('all', (a) => without(a, 'OData-Version')),
  ),
  mutant(
    'date-header-iso',
    'Date is written as in JSON.',
    () => (a) => withHeader(a, 'Date', '2026-11-26T02:01:50Z'),
  ),
  mutant('last-modified-local', 'Last-Modified has an offset in place of GMT.', () =>
    onCreate((a) => withHeader(a, 'Last-Modified', 'Thu, 26 Nov 2026 02:01:50 +0300')),
  ),
  mutant('etag-unquoted', 'The ETag has no quotation marks.', () =>
    onCreate((a) => withHeader(a, 'ETag', 'W/1')),
  ),
  mutant(
    'odata-version-3',
    'OData-Version is 3.0.',
    () => (a) => withHeader(a, 'OData-Version', '3.0'),
  ),
  mutant(
    'odata-version-twice',
    'A response has two OData-Versions.',
    () => (a) => withLine(a, 'OData-Version', '4.01'),
  ),
  mutant('context-empty', 'The @odata.context of the object is empty.', () =>
    onProperty('@odata.context', () => ''),
  ),
  mutant('context-without-fragment', 'The @odata.context does not say what the object is.', () =>
    onProperty('@odata.context', (context) => context.replace(/#.*/, '')),
  ),
  mutant('context-without-metadata', 'The @odata.context is a fragment of no $metadata.', () =>
    onProperty('@odata.context', (context) => context.replace(/.*#/, '#')),
  ),
  mutant('property-type-number', 'The type of a property is given as a number.', () =>
    onObject((object) => ({ ...object, 'deletedDateTime@odata.type': 1 })),
  ),
  mutant(
    'request-id-constant',
    'Every response has the same request-id.',
    () => (a) => named(a, 'request-id', '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10'),
  ),
  mutant(
    'request-id-of-other-route',
    'Each create shares its request-id with the other route.',
    () => {
      const ids: string[] = [];
      const counts = { me: 0, users: 0 };
      return onCreate((a, { route = 'me' }) => {
        const k = counts[route]++;
        ids[k] ??= header(a, 'request-id') ?? '';
        return withHeader(a, 'request-id', ids[k]);
      });
    },
  ),
  mutant('no-context', 'The object has no @odata.context.', () =>
    onProperty('@odata.context', () => undefined),
  ),
  mutant('context-number', 'The @odata.context of the object is a number.', () =>
    onProperty('@odata.context', () => 1),
  ),
  mutant('no-metadata-parameter', 'The Content-Type has no odata.metadata parameter.', () =>
    onCreate(typed('application/json;charset=utf-8')),
  ),
  mutant('metadata-full-bare', 'Full metadata is announced, and minimal is sent.', () =>
    onCreate(typed('application/json;odata.metadata=full;charset=utf-8')),
  ),
  mutant('streaming-reversed', 'Streaming is announced, and the context comes last.', () =>
    onObject((object) => Object.fromEntries(Object.entries(object).toReversed())),
  ),
  mutant('streaming-type-last', 'Streaming is announced, and the type comes last.', () =>
    onObject(({ '@odata.type': type = null, ...rest }) => ({ ...rest, '@odata.type': type })),
  ),
  mutant('streaming-etag-last', 'Streaming is announced, and the ETag comes last.', () =>
    onObject((object) => ({ ...object, '@odata.etag': 'W/"1"' })),
  ),
  mutant('no-request-id', 'No response has a request-id.', () => (a) => without(a, 'request-id')),
  mutant(
    'no-client-request-id',
    'No response has a client-request-id.',
    () => (a) => without(a, 'client-request-id'),
  ),
  mutant(
    'other-client-request-id',
    'The client-request-id is not the one sent.',
    () => (a) => named(a, 'client-request-id', randomUUID()),
  ),
];
