import { randomUUID } from 'node:crypto';
import { onCreate, onProperty, onRefusal } from '../defects/on.ts';
import { typed, withHeader, without } from '../defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

export const platform: Mutant[] = [
  mutant(
    'no-odata-version',
    'No answer has OData-Version.',
    () => (a) => without(a, 'OData-Version'),
  ),
  mutant('no-odata-version-on-errors', 'Errors have no OData-Version.', () =>
    onRefusal('all', (a) => without(a, 'OData-Version')),
  ),
  mutant(
    'odata-version-3',
    'OData-Version is 3.0.',
    () => (a) => withHeader(a, 'OData-Version', '3.0'),
  ),
  mutant('no-location', 'A create has no Location.', () => onCreate((a) => without(a, 'Location'))),
  mutant('no-context', 'The object has no @odata.context.', () =>
    onProperty('@odata.context', () => undefined),
  ),
  mutant('context-number', 'The @odata.context of the object is a number.', () =>
    onProperty('@odata.context', () => 1),
  ),
  mutant('no-metadata-parameter', 'The Content-Type has no odata.metadata parameter.', () =>
    onCreate(typed('application/json;charset=utf-8')),
  ),
  mutant('no-request-id', 'No answer has a request-id.', () => (a) => without(a, 'request-id')),
  mutant(
    'no-client-request-id',
    'No answer has a client-request-id.',
    () => (a) => without(a, 'client-request-id'),
  ),
  mutant(
    'other-client-request-id',
    'The client-request-id is not the one sent.',
    () => (a) => withHeader(a, 'client-request-id', randomUUID()),
  ),
];
