import { crash, failing, refuse } from './defects/failing.ts';
import { onCreate, onEvery, sends, when } from './defects/on.ts';
import { bare, status } from './defects/rewrite.ts';
import { type Mutant, mutant, NOW_AND_THEN } from './mutant.ts';

// the page's own 116 bytes; not the fixtures' copy, whose slip must show
const EXAMPLE = Buffer.from(
  [
    '{',
    '  "@odata.type": "#microsoft.graph.directoryObject",',
    '  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"',
    '}',
  ].join('\r\n'),
);

export const statuses: Mutant[] = [
  mutant('status-200', 'A create is answered with 200.', () => onCreate(status(200))),
  mutant('status-202', 'A create is answered with 202.', () => onCreate(status(202))),
  mutant('status-204', 'A create is answered with an empty 204.', () =>
    onCreate((a) => bare(a, 204)),
  ),
  mutant('status-303', 'A create redirects to the new object.', () =>
    onCreate((a) => bare(a, 303)),
  ),
  mutant('example-differs', "Only the page's example, byte for byte, is answered with 200.", () =>
    onCreate(when((request) => request.body.equals(EXAMPLE), status(200))),
  ),
  mutant('status-interim-only', 'A create gets 100 Continue and no final response.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from('HTTP/1.1 100 Continue\r\n\r\n') } })),
  ),
  mutant('status-500-now-and-then', 'Every fifth create is answered with 500.', () =>
    onEvery(NOW_AND_THEN, crash),
  ),
  mutant('status-503-now-and-then', 'Every fifth create is answered with 503.', () =>
    onEvery(NOW_AND_THEN, failing(503, 'ServiceUnavailable')),
  ),
  mutant('refuses-id', "A body with the client's id is refused.", () =>
    onCreate(when(sends(/"id"/), refuse)),
  ),
  mutant('refuses-no-id', 'A body without an id is refused.', () =>
    onCreate(when((request) => !sends(/"id"/)(request), refuse)),
  ),
  mutant('refuses-seven-digits', 'A fraction of seven digits is refused.', () =>
    onCreate(when(sends(/\.\d{7}(?:Z|[+-]\d\d:\d\d)"/), refuse)),
  ),
  mutant('refuses-offset', 'A date that is not in UTC is refused.', () =>
    onCreate(when(sends(/[+-]\d\d:\d\d"/), refuse)),
  ),
  mutant('refuses-early-years', 'A date before 1753 is refused.', () =>
    onCreate(when(sends(/"(?:0\d|1[0-6]|17[0-4]|175[0-2])\d*-\d\d-\d\dT/), refuse)),
  ),
];
