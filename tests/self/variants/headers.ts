import { onCreate, onObject } from '../mutants/defects/on.ts';
import {
  header,
  objectIn,
  type Rewrite,
  typed,
  withHeader,
  withJson,
  withLine,
  without,
} from '../mutants/defects/rewrite.ts';
import type { Defect } from '../support/mock.ts';
import { type Variant, variant } from './variant.ts';

/** A Location made from the id of the object and the number of the request. */
function located(change: (id: string, n: number) => string): Defect {
  return onCreate((a, { n }) => withHeader(a, 'Location', change(String(objectIn(a).id), n)));
}

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
  variant(
    'parameters-in-capitals',
    'OData JSON 3: names and values of parameters in any case.',
    () => onCreate(typed('application/json;ODATA.METADATA=Minimal;odata.streaming=TRUE')),
  ),
  variant(
    'length-with-zeros',
    'RFC 9110 8.6: Content-Length is a number.',
    () => (a) => withHeader(a, 'Content-Length', String(a.body.length).padStart(8, '0')),
  ),
  variant(
    'client-request-id-in-capitals',
    'RFC 9562 4: a GUID in any case.',
    () => (a) =>
      withHeader(a, 'client-request-id', (header(a, 'client-request-id') ?? '').toUpperCase()),
  ),
  variant(
    'no-date',
    'RFC 9110 6.6.1: a server without a clock sends no Date.',
    () => (a) => without(a, 'Date'),
  ),
  variant(
    'date-header-obsolete',
    'RFC 9110 5.6.7: everyone reads the obsolete dates too.',
    () => (a) => withHeader(a, 'Date', 'Thu Nov 26 02:01:50 2026'),
  ),
  variant(
    'etag-weak',
    'RFC 9110 8.8.3: an entity tag may be weak, or empty.',
    () => (a) => withHeader(a, 'ETag', 'W/""'),
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
  variant(
    'head-long',
    'RFC 9110 5.4: no limit is set to a head; traces and policies fill more than 16 KiB.',
    () => (response) => withLine(response, 'Content-Security-Policy', `x ${'y'.repeat(40_000)}`),
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
    located((id) => `directoryObjects/${id}`),
  ),
  variant('location-key', 'OData URL 4.3.1: the key in parentheses.', () =>
    located((id) => `/v1.0/devices('${id}')`),
  ),
  variant('location-reference', 'OData 8.3 speaks of the entity, at any of its URLs.', () =>
    located((id) => `${id}/$ref`),
  ),
  variant('location-cast', 'FACTS 3: the name of a type follows the id in a live Location.', () =>
    located((id) => `https://graph.example/v2/t/directoryObjects/${id}/Example.Device`),
  ),
  variant('location-in-capitals', 'FACTS 2: ids are opaque; in which case, nobody says.', () =>
    located((id) => `https://graph.example/v1.0/devices/${id.toUpperCase()}`),
  ),
  variant('location-opaque', 'RFC 3986: what a URL is made of, only its owner knows.', () =>
    located((_, n) => `https://graph.example/v2/handles/${n}`),
  ),
  variant(
    'location-other-key',
    'OData 4.01 URL 4.3.2: a device has another key beside its id.',
    () => located((_, n) => `devices(deviceId='${n}')`),
  ),
  variant('location-linked', 'OData JSON 4.5.9: the object says itself where it is edited.', () =>
    onCreate((a, { n }) => {
      const { '@odata.context': context = '', '@odata.type': type = '', ...rest } = objectIn(a);
      const link = { '@odata.editLink': `devices/${n}` };
      const object = { '@odata.context': context, '@odata.type': type, ...link, ...rest };
      return withHeader(withJson(a, object), 'Location', `/v1.0/devices/${n}`);
    }),
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
