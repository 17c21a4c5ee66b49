import { type Exchange, headerValues } from '../../schemas/files/recording.ts';
import { excerpt, show } from './match/excerpt.ts';
import { misnamed } from './match/location.ts';
import { contentTypes, isStreaming, metadataOf } from './match/media-type.ts';
import { hasCreatedBody, isSuccess, objectOf } from './match/object.ts';
import { orderFault } from './match/payload-order.ts';
import { headerCheck } from './match/single-header.ts';
import type { Check, Judged } from './requirement.ts';
import {
  createdBodies,
  createdObjects,
  creates,
  isAnyCreate,
  responses,
  stateless,
} from './scopes.ts';

/** RFC 3986: the characters of a URL, and a form that can be read. */
function isUrl(text: string): boolean {
  return (
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text, 'http://target.invalid/')
  );
}

const atLocation = { part: 'header', header: 'location' } as const;
const hasLocation = headerCheck('Location', isUrl);

const namesTheObject: Check = (exchange, run) => {
  const missing = hasLocation(exchange, run);
  if (missing !== undefined) return missing;
  const [location = ''] = headerValues(exchange.response?.headers ?? [], 'location');
  const object = objectOf(exchange) ?? {};
  const received = misnamed(location, exchange.request.url, object);
  if (received === undefined) return undefined;
  const detail = `Location ${show(location)}, id ${show(object.id)}`;
  return { code: 'other-object', received, detail, ...atLocation };
};

/** Each Location with the id of its object: where both come twice, the id is at fault. */
function distinctLocations(): Check {
  const seen = new Map<string, unknown>();
  return (exchange, run) => {
    if (namesTheObject(exchange, run) !== undefined) return undefined;
    const [location = ''] = headerValues(exchange.response?.headers ?? [], 'location');
    const { href } = new URL(location, exchange.request.url);
    const id = objectOf(exchange)?.id;
    const isRepeated = seen.has(href) && (id === undefined || seen.get(href) !== id);
    seen.set(href, id);
    return isRepeated
      ? {
          code: 'repeated-value',
          received: 'the Location of another create',
          detail: show(location),
          ...atLocation,
        }
      : undefined;
  };
}

const success = {
  ...creates,
  when: ({ response }: Exchange) => response !== undefined && isSuccess(response),
  notApplicableReason: 'no create was answered with success',
  dependsOn: createdBodies.dependsOn,
};

/** What OData demands of a create and its response beyond the page's own statements. */
export const odataRequirements: Judged[] = [
  {
    id: 'location',
    level: 'platform',
    source: 'OData 8.3 and 11.4.2; RFC 9110 §10.2.2, §15.3.2',
    text: 'names the created object in Location',
    expected: 'Location, a URL of the created object',
    ...success,
    ...stateless(namesTheObject),
  },
  {
    id: 'location-distinct',
    level: 'platform',
    source: 'RFC 9110 §15.3.2: the Location of a 201 identifies what was created; OData 8.3',
    text: 'gives every created object a Location of its own',
    expected: 'a Location that no other create was given',
    ...success,
    scope: 'service',
    requests: isAnyCreate,
    dependsOn: [...success.dependsOn, 'id-distinct', 'location'],
    createCheck: distinctLocations,
  },
  {
    id: 'odata-version',
    level: 'platform',
    source: 'OData 8.1.5',
    text: 'names the OData version in every response',
    expected: 'OData-Version 4.0 or 4.01',
    ...responses,
    ...stateless(headerCheck('OData-Version', (value) => value === '4.0' || value === '4.01')),
  },
  {
    id: 'odata-context',
    level: 'platform',
    source: 'OData JSON 4.5.1; OData 10',
    text: 'names the context in the created object',
    expected: '@odata.context: the URL of $metadata, with a fragment that says what the object is',
    ...createdBodies,
    when: (exchange) =>
      hasCreatedBody(exchange) &&
      objectOf(exchange) !== undefined &&
      metadataOf(exchange) !== 'none',
    notApplicableReason: 'no created object needed a context',
    ...stateless((exchange) => {
      const object = objectOf(exchange) ?? {};
      const context = object['@odata.context'] ?? object['@context'];
      if (context === undefined)
        return { code: 'absent', received: 'no @odata.context', part: 'body' };
      // Whether it is a string at all is for body-schema to say.
      const [, document, fragment] = /^([^#]*)#?(.*)$/s.exec(String(context)) ?? [];
      const isMetadata = /(^|\/)(\$|%24)metadata(\?|$)/i.test(document ?? '');
      if (typeof context !== 'string' || (isMetadata && fragment)) return undefined;
      const received = fragment ? 'a context below no $metadata' : 'a context without a fragment';
      return { code: 'context', received, detail: show(context), part: 'body' };
    }),
  },
  {
    id: 'odata-metadata',
    level: 'platform',
    source: 'OData JSON 3.1',
    text: 'names the amount of metadata in the Content-Type of the created object',
    expected: 'the parameter odata.metadata or metadata: minimal, full or none',
    ...createdBodies,
    when: (exchange) =>
      hasCreatedBody(exchange) &&
      exchange.response !== undefined &&
      contentTypes(exchange.response).length === 1,
    notApplicableReason: 'no create was answered with one Content-Type',
    ...stateless((exchange) => {
      const metadata = metadataOf(exchange);
      if (metadata !== undefined && ['minimal', 'full', 'none'].includes(metadata))
        return undefined;
      return {
        code: metadata === undefined ? 'absent' : 'metadata',
        received:
          metadata === undefined ? 'no metadata parameter' : excerpt(`metadata=${metadata}`),
        part: 'header',
        header: 'content-type',
      };
    }),
  },
  {
    id: 'metadata-full',
    level: 'platform',
    source: 'OData JSON 3.1.2 and 4.5.8',
    text: 'sends with full metadata the id by which OData knows the object',
    expected: '@odata.id in an object that comes as odata.metadata=full',
    ...createdObjects,
    when: (exchange, run) => createdObjects.when(exchange, run) && metadataOf(exchange) === 'full',
    notApplicableReason: 'no created object came with full metadata',
    ...stateless((exchange) => {
      // The other links may be left out: the id is their default.
      const object = objectOf(exchange) ?? {};
      return '@odata.id' in object || '@id' in object
        ? undefined
        : { code: 'absent', received: 'no @odata.id', part: 'body' };
    }),
  },
  {
    id: 'streaming-order',
    level: 'platform',
    source: 'OData JSON 4.4: Payload Ordering Constraints',
    text: 'keeps the order that odata.streaming=true promises to readers',
    expected:
      '@odata.context first, @odata.type next, @odata.id and @odata.etag before any property',
    ...createdObjects,
    when: (exchange, run) => createdObjects.when(exchange, run) && isStreaming(exchange),
    notApplicableReason: 'no created object came as odata.streaming=true',
    ...stateless((exchange) => {
      const object = objectOf(exchange) ?? {};
      const received = orderFault(object);
      if (received === undefined) return undefined;
      const detail = `the names in their order: ${show(Object.keys(object).join(', '))}`;
      return { code: 'order', received, detail, part: 'body' };
    }),
  },
];
