import { onCreate, onObject } from '../mutants/defects/on.ts';
import { header, type Rewrite, typed, withHeader, withLine } from '../mutants/defects/rewrite.ts';
import { type Variant, variant } from './variant.ts';

const recased = (change: (name: string) => string): Rewrite => {
  return (response) => ({
    ...response,
    headers: response.headers.map(([name, value]) => [change(name), value]),
  });
};

export const headers: Variant[] = [
  variant('charset-quoted', 'RFC 9110 8.3.1: a quoted value and any case mean the same.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset="UTF-8"')),
  ),
  variant('charset-absent', 'RFC 8259 8.1: JSON is UTF-8 without saying so.', () =>
    onCreate(typed('application/json;odata.metadata=minimal')),
  ),
  variant('media-type-case', 'RFC 9110 8.3.1: type, subtype and parameter names in any case.', () =>
    onCreate(typed('Application/JSON; OData.Metadata=minimal; Charset=utf-8')),
  ),
  variant('parameters-reordered', 'OData JSON 3.1: format parameters in any order.', () =>
    onCreate(
      typed('application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=minimal'),
    ),
  ),
  variant('parameters-4.01', 'OData JSON 3.1: from 4.01 on the prefix odata. is optional.', () =>
    onCreate((a) =>
      withHeader(
        typed('application/json;metadata=minimal;streaming=true')(a),
        'OData-Version',
        '4.01',
      ),
    ),
  ),
  variant('metadata-full', 'OData JSON 3.1: full metadata adds annotations.', () => {
    const links = onObject((object) => ({
      ...object,
      '@odata.id': `directoryObjects('${object.id}')`,
      '@odata.editLink': `directoryObjects('${object.id}')`,
      'deletedDateTime@odata.type': '#DateTimeOffset',
    }));
    const full = onCreate(typed('application/json;odata.metadata=full;charset=utf-8'));
    return async (response, request) => full(await links(response, request), request);
  }),
  variant(
    'media-type-bare',
    'The page shows application/json alone.',
    () => onCreate(typed('application/json')),
    ['odata-metadata'],
  ),
  variant('header-names-lower', 'RFC 9110 5.1: header names in any case.', () =>
    recased((name) => name.toLowerCase()),
  ),
  variant('header-names-upper', 'RFC 9110 5.1: header names in any case.', () =>
    recased((name) => name.toUpperCase()),
  ),
  variant(
    'headers-reversed',
    'RFC 9110 5.3: the order of different headers means nothing.',
    () => (a) => ({ ...a, headers: a.headers.toReversed() }),
  ),
  variant(
    'headers-extra',
    'RFC 9110 5.1: unknown headers are ignored.',
    () => (a) =>
      withLine(withLine(a, 'Strict-Transport-Security', 'max-age=31536000'), 'X-Served', '1'),
  ),
  variant(
    'cookies',
    'RFC 6265 3: Set-Cookie may come several times.',
    () => (a) => withLine(withLine(a, 'Set-Cookie', 'a=1; Path=/'), 'Set-Cookie', 'b=2; HttpOnly'),
  ),
  variant('reason-empty', 'RFC 9112 4: a reason phrase may be empty.', () => (a) => ({
    ...a,
    reason: '',
  })),
  variant('reason-unusual', 'RFC 9112 4: clients ignore the reason phrase.', () => (a) => ({
    ...a,
    reason: a.status === 201 ? 'All Right' : 'No Way',
  })),
  variant('location-relative', 'RFC 9110 10.2.2: Location is a URI reference.', () =>
    onCreate((a) => withHeader(a, 'Location', 'directoryObjects/1')),
  ),
  variant(
    'headers-repeated',
    'RFC 9110 5.3 is about different values; the same twice says the same.',
    () => (a) => withLine(a, 'OData-Version', '4.0'),
  ),
  variant('location-elsewhere', "FACTS 3: a live 201's Location is not under /v1.0.", () =>
    onCreate((a, { n }) =>
      withHeader(a, 'Location', `https://graph.example/v2/tenant/directoryObjects/${n}/Device`),
    ),
  ),
  variant('entity-id', 'OData 8.3: OData-EntityId may come with any create.', () =>
    onCreate((a) => withHeader(a, 'OData-EntityId', header(a, 'Location') ?? '')),
  ),
];
