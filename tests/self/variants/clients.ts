import { failing } from '../mutants/defects/failing.ts';
import { accepting, onCreate, onRefusal, when } from '../mutants/defects/on.ts';
import { bare, withHeader } from '../mutants/defects/rewrite.ts';
import type { MockRequest } from '../support/mock.ts';
import { type Variant, variant } from './variant.ts';

const isChunked = ({ headers }: MockRequest) => headers['transfer-encoding'] !== undefined;

export const clients: Variant[] = [
  variant(
    'chunked-411',
    'RFC 9112 6.1: a body without Content-Length may be refused with 411.',
    () => onCreate(when(isChunked, failing(411, 'LengthRequired'))),
  ),
  variant(
    'connection-closed',
    'RFC 9112 9.6: a server may close after every response.',
    () => (a) => withHeader(a, 'Connection', 'close'),
  ),
  variant(
    'connection-closed-unannounced',
    'RFC 9112 9.5: or close a connection that waits, without a word.',
    () => (a) => ({ ...a, wire: { cutAfter: a.body.length } }),
  ),
  variant('same-id-accepted', 'The page does not say that an id is refused twice.', () =>
    accepting('twice'),
  ),
  variant('same-id-409', 'RFC 9110 15.5.10: a conflict with what is there.', () =>
    onRefusal(['twice'], failing(409, 'Conflict')),
  ),
  variant('reference-204', 'OData 11.4.6.1: a reference is answered with an empty 204.', () =>
    onRefusal(['reference'], (_, request) => bare(request.accept(), 204)),
  ),
  variant('reference-201', 'The page: a create is answered with 201.', () =>
    accepting('reference'),
  ),
  variant('reference-501', 'OData 9.3.1: functionality that is not implemented.', () =>
    onRefusal(['reference'], failing(501, 'notImplemented')),
  ),
];
