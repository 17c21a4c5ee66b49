import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { duplicateName } from './match/duplicate-name.ts';
import { excerpt, jsonOf, show } from './match/json.ts';
import { contentTypes, metadataOf } from './match/media-type.ts';
import { hasCreatedBody, isSuccess, objectOf } from './match/object.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, creates, responses, stateless } from './scopes.ts';

/** A header that has one value (RFC 9110 §5.3), the same wherever it is repeated. */
function headerCheck(name: string, holds: (value: string, exchange: Exchange) => boolean): Check {
  return (exchange) => {
    const [value, ...others] = new Set(headerValues(exchange.response?.headers ?? [], name));
    if (value !== undefined && others.length === 0 && holds(value, exchange)) return undefined;
    const at = { part: 'header', header: name } as const;
    if (value === undefined) return { code: 'absent', received: `no ${name}`, ...at };
    return others.length > 0
      ? {
          code: 'repeated-header',
          received: `${others.length + 1} values`,
          detail: show(value),
          ...at,
        }
      : { code: 'header-value', received: 'another value', detail: show(value), ...at };
  };
}

/** RFC 3986: the characters of a URL, and a form that can be read. */
function isUrl(text: string): boolean {
  return (
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text, 'http://target.invalid/')
  );
}

const contentLength: Check = ({ response, failure }) => {
  const declared = headerValues(response?.headers ?? [], 'content-length')[0];
  if (
    response?.wireBytes === undefined ||
    declared === undefined ||
    failure?.kind === 'too large' ||
    failure?.kind === 'timed out'
  )
    return undefined;
  if (declared === String(response.wireBytes)) return undefined;
  return {
    code: 'length',
    received: 'another number of bytes',
    detail: `Content-Length ${excerpt(declared)}, ${response.wireBytes} bytes came`,
    part: 'header',
    header: 'content-length',
  };
};

const success = {
  ...creates,
  when: ({ response }: Exchange) => response !== undefined && isSuccess(response),
  notApplicableReason: 'no create was answered with success',
  dependsOn: createdBodies.dependsOn,
};

/** What HTTP, OData and the service's general pages add to the page's own statements. */
export const platformRequirements: Judged[] = [
  {
    id: 'content-length',
    level: 'platform',
    source: 'RFC 9110 §8.6',
    text: 'sends as many bytes as Content-Length says',
    expected: 'Content-Length equal to the bytes of the body',
    ...responses,
    when: ({ response }) =>
      response?.wireBytes !== undefined &&
      headerValues(response.headers, 'content-length').length > 0,
    notApplicableReason: 'no response had a Content-Length',
    ...stateless(contentLength),
  },
  {
    id: 'json-names-once',
    level: 'platform',
    source: 'RFC 8259 §4: names should be unique, what becomes of others is unpredictable',
    text: 'gives every property of an object one value, not two',
    expected: 'no name twice in one object',
    ...responses,
    when: ({ response, failure }) =>
      failure === undefined && response !== undefined && 'value' in jsonOf(response),
    notApplicableReason: 'no request was answered with JSON',
    ...stateless(({ response }) => {
      const name = response && duplicateName(response.body.toString());
      return name === undefined
        ? undefined
        : { code: 'duplicate-name', received: 'a name twice', detail: show(name), part: 'body' };
    }),
  },
  {
    id: 'answer-time',
    level: 'platform',
    source: 'no document: the bound is CONTRACT_SLOW_MS',
    text: 'answers in reasonable time',
    expected: 'a response within CONTRACT_SLOW_MS',
    ...responses,
    when: ({ response, failure }) => response !== undefined || failure?.kind === 'timed out',
    ...stateless(({ ms, failure }, { slowMs }) =>
      ms > slowMs
        ? {
            code: failure === undefined ? 'slow' : 'no-response',
            received: 'slower',
            detail: `${ms} ms, the bound is ${slowMs} ms`,
            part: 'time',
          }
        : undefined,
    ),
  },
  {
    id: 'location',
    level: 'platform',
    source: 'OData 8.3 and 11.4.2',
    text: 'names the created object in Location',
    expected: 'Location, a URL',
    ...success,
    ...stateless(headerCheck('Location', isUrl)),
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
    expected: '@odata.context with a fragment that says what the object is',
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
      return typeof context !== 'string' || /#./.test(context)
        ? undefined
        : {
            code: 'context',
            received: 'a context without a fragment',
            detail: show(context),
            part: 'body',
          };
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
    id: 'request-id',
    level: 'platform',
    source: 'service: every response carries the id that its support asks for',
    text: 'names every response by a request-id',
    expected: 'request-id, another one in every response',
    ...responses,
    createCheck: () => {
      const seen = new Set<string>();
      return headerCheck('request-id', (value) => {
        const isNew = value !== '' && !seen.has(value);
        seen.add(value);
        return isNew;
      });
    },
  },
  {
    id: 'client-request-id',
    level: 'platform',
    source: 'service: client-request-id is the echo of the one sent',
    text: 'returns the client-request-id of the request',
    expected: 'the client-request-id that was sent',
    ...responses,
    ...stateless(
      headerCheck(
        'client-request-id',
        (value, { request }) => value === headerValues(request.headers, requestIdHeader)[0],
      ),
    ),
  },
];
