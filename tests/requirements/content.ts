import type { Finding } from '../../schemas/files/report.ts';
import {
  contentTypes,
  directoryObjectErrors,
  hasCreatedBody,
  isObject,
  isUtf8,
  jsonOf,
  mediaType,
  parseMediaType,
  show,
  wrapperIn,
} from './match/body.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, createdObjects, stateless } from './scopes.ts';

const contentType = 'header content-type';

export const undecodable: Finding = {
  received: 'a body that its Content-Encoding does not decode',
  part: 'body',
};

const bodyIsJsonObject: Check = ({ response, failure }) => {
  if (failure?.kind === 'undecodable') return undecodable;
  if (response === undefined) return undefined;
  const json = jsonOf(response);
  if ('fault' in json)
    return { received: json.fault, ...(json.detail && { detail: json.detail }), part: 'body' };
  if (isObject(json.value)) {
    const stranger = wrapperIn(json.value);
    return stranger === undefined ? undefined : { received: stranger, part: 'body' };
  }
  return {
    received: Array.isArray(json.value) ? 'an array' : `a JSON ${typeof json.value}`,
    part: 'body',
  };
};

/** The body's form: media type, JSON, and the schema where no requirement of its own judges it. */
export const contentRequirements: Judged[] = [
  {
    id: 'content-type-once',
    level: 'platform',
    source: 'RFC 9110 §5.3, §8.3: Content-Type is a single value',
    text: 'sends one Content-Type, not several',
    expected: 'at most one Content-Type',
    ...createdBodies,
    ...stateless(({ response }) => {
      const count = response === undefined ? 0 : contentTypes(response).length;
      return count > 1 ? { received: `${count} media types`, part: contentType } : undefined;
    }),
  },
  {
    id: 'content-type-json',
    level: 'shown',
    source: 'page, example response',
    text: 'sends the created object as application/json, whatever its parameters',
    expected: 'application/json',
    ...createdBodies,
    ...stateless(({ response }) => {
      if (response === undefined) return undefined;
      const claimed = contentTypes(response);
      const other = claimed.find((each) => parseMediaType(each)?.essence !== 'application/json');
      if (claimed.length > 0 && other === undefined) return undefined;
      return { received: parseMediaType(other ?? '')?.essence ?? show(other), part: contentType };
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
      const charset = response && mediaType(response)?.params.get('charset');
      if (charset === undefined || charset === null || isUtf8(charset)) return undefined;
      return { received: `charset=${charset}`, part: contentType };
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
      const own = ['id', 'deletedDateTime', '@odata.type'];
      const error = directoryObjectErrors(exchange).find(({ property }) => !own.includes(property));
      return error && { received: `${error.property} ${error.message}`, part: 'body' };
    }),
  },
];
