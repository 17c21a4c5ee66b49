import { created, mediaType, propertyNames } from '../../schemas/operation.ts';
import { onlyReferences } from './match/body-forms.ts';
import { excerpt, show } from './match/excerpt.ts';
import { isObject, jsonOf } from './match/json.ts';
import { contentTypes, isUtf8, mediaTypeOf, parseMediaType } from './match/media-type.ts';
import { directoryObjectErrors, hasCreatedBody, wrapperIn } from './match/object.ts';
import type { Check, Judged } from './requirement.ts';
import {
  createdBodies,
  createdObjects,
  creates,
  isAnyCreate,
  noResponse,
  stateless,
  undecodable,
} from './scopes.ts';

const notThere = [404, 405, 501];
const contentType = { part: 'header', header: 'content-type' } as const;

/** A target that goes away during the run failed a create; one that never was there is an error. */
function answered(): Check {
  let reached = false;
  return (exchange) => {
    if (exchange.failure?.kind === 'undecodable') return undefined;
    if (exchange.failure?.kind === 'unreachable' && !reached) return undefined;
    reached = true;
    return noResponse(exchange);
  };
}

const bodyIsJsonObject: Check = (exchange) => {
  const { response, failure } = exchange;
  if (failure?.kind === 'undecodable') return undecodable(exchange);
  if (response === undefined) return undefined;
  const json = jsonOf(response);
  if ('fault' in json)
    return {
      code: 'not-json',
      received: json.fault,
      ...(json.detail && { detail: json.detail }),
      part: 'body',
    };
  if (isObject(json.value)) {
    const wrapper = wrapperIn(json.value);
    return wrapper === undefined ? undefined : { code: 'wrapped', received: wrapper, part: 'body' };
  }
  return {
    code: 'not-an-object',
    received: Array.isArray(json.value) ? 'an array' : `a JSON ${typeof json.value}`,
    part: 'body',
  };
};

/** Whether and how a route answers a create: the route, the status, the body's form. */
export const responseRequirements: Judged[] = [
  {
    id: 'route-answers',
    level: 'stated',
    source: 'page, section "HTTP request"',
    text: 'has the route',
    expected: 'a response other than 404, 405 and 501',
    ...creates,
    requests: isAnyCreate,
    dependsOn: [],
    // Who answers what is not HTTP has the route: create-answered speaks of that.
    when: ({ failure }) => !['unreachable', 'unreadable'].includes(failure?.kind ?? ''),
    onlyIfAll: true,
    ...stateless((exchange) => {
      const { response } = exchange;
      if (response === undefined) return noResponse(exchange);
      const { status } = response;
      return notThere.includes(status)
        ? { kind: 'no-route', status, received: String(status), part: 'status' }
        : undefined;
    }),
  },
  {
    id: 'create-answered',
    level: 'stated',
    source: 'page, section "Response"',
    text: 'answers every create, and each to the end: none is dropped, cut off or left waiting',
    expected: 'a whole HTTP response',
    ...creates,
    requests: isAnyCreate,
    dependsOn: ['route-answers'],
    when: () => true,
    createCheck: answered,
  },
  {
    id: 'create-status',
    level: 'stated',
    source:
      'page, section "Response"; with and without id, because table and example differ in that',
    text: `answers ${created.status} ${created.reason}`,
    expected: String(created.status),
    ...creates,
    createRemark: onlyReferences,
    ...stateless(({ response }) => {
      if (response === undefined || response.status === created.status) return undefined;
      const { status } = response;
      const code = status < 300 ? 'other-success' : 'error-status';
      return { code, status, received: String(status), part: 'status' };
    }),
  },
  {
    id: 'content-type-once',
    level: 'platform',
    source: 'RFC 9110 §5.3, §8.3: Content-Type is a single value',
    text: 'sends one Content-Type, not several',
    expected: 'at most one Content-Type',
    ...createdBodies,
    ...stateless(({ response }) => {
      const count = response === undefined ? 0 : contentTypes(response).length;
      return count > 1
        ? { code: 'repeated-header', received: `${count} media types`, ...contentType }
        : undefined;
    }),
  },
  {
    id: 'content-type-json',
    level: 'shown',
    source: 'page, example response',
    text: `sends the created object as ${mediaType}, whatever its parameters`,
    expected: mediaType,
    ...createdBodies,
    ...stateless(({ response }) => {
      if (response === undefined) return undefined;
      const claimed = contentTypes(response);
      const other = claimed.find((each) => parseMediaType(each)?.essence !== mediaType);
      if (claimed.length > 0 && other === undefined) return undefined;
      const essence = parseMediaType(other ?? '')?.essence;
      const received = essence === undefined ? show(other) : excerpt(essence);
      return { code: 'media-type', received, ...contentType };
    }),
  },
  {
    id: 'content-type-charset',
    level: 'platform',
    source: 'RFC 8259 §8.1: JSON between systems is UTF-8',
    text: 'names UTF-8 where it names a charset',
    expected: 'charset absent or utf-8',
    ...createdBodies,
    ...stateless(({ response }) => {
      const charset = response && mediaTypeOf(response)?.params.get('charset');
      if (charset === undefined || charset === null || isUtf8(charset)) return undefined;
      return { code: 'charset', received: excerpt(`charset=${charset}`), ...contentType };
    }),
  },
  {
    id: 'body-json',
    level: 'stated',
    source: 'page, section "Response": a directoryObject in the body',
    text: 'sends the object itself as JSON, from the first byte to the last',
    expected: 'one JSON object in UTF-8, without a byte order mark and without a wrapper',
    ...createdBodies,
    when: (exchange) => hasCreatedBody(exchange) || exchange.failure?.kind === 'undecodable',
    ...stateless(bodyIsJsonObject),
  },
  {
    id: 'body-schema',
    level: 'platform',
    source: 'OData JSON 4.5 and 4.6: control information',
    text: 'gives control information the type it has in OData (schemas/wire/directoryObject.json)',
    expected:
      'strings in @odata.context, @odata.etag, @odata.editLink, @odata.readLink and in the types and links of properties; a string or null in @odata.id',
    ...createdObjects,
    ...stateless((exchange) => {
      const own: readonly string[] = propertyNames;
      const error = directoryObjectErrors(exchange).find(({ property }) => !own.includes(property));
      return (
        error && {
          code: 'schema',
          received: `${excerpt(error.property)} ${error.message}`,
          part: 'body',
        }
      );
    }),
  },
];
