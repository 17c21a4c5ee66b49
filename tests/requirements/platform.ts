import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import type { Finding } from '../../schemas/files/report.ts';
import {
  contentTypes,
  hasCreatedBody,
  isSuccess,
  jsonOf,
  metadataOf,
  objectOf,
  show,
} from './match/body.ts';
import { repeatedName } from './match/duplicate-key.ts';
import type { Check, Judged } from './requirement.ts';
import { answers, createdBodies, creates, stateless } from './scopes.ts';

/** A header that has one value (RFC 9110 §5.3), the same wherever it is repeated. */
function headerCheck(name: string, holds: (value: string, exchange: Exchange) => boolean): Check {
  return (exchange) => {
    const [value, ...others] = new Set(headerValues(exchange.response?.headers ?? [], name));
    if (value !== undefined && others.length === 0 && holds(value, exchange)) return undefined;
    const several = others.length > 0 ? `${others.length + 1} values` : 'another value';
    return {
      received: value === undefined ? `no ${name}` : several,
      ...(value !== undefined && { detail: show(value) }),
      part: `header ${name}`,
    };
  };
}

/** RFC 3986: the characters of a URL, and a form that can be read. */
function isUrl(text: string): boolean {
  return (
    /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text, 'http://target.invalid/')
  );
}

const contentLength: Check = ({ response, failure }): Finding | undefined => {
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
    received: 'another number of bytes',
    detail: `Content-Length ${declared}, ${response.wireBytes} bytes came`,
    part: 'header content-length',
  };
};

const success = {
  ...creates,
  when: ({ response }: Exchange) => response !== undefined && isSuccess(response),
  notApplicableReason: 'no create was answered with success: see create-status',
};

/** What HTTP, OData and the service's general pages add to the page's own statements. */
export const platformRequirements: Judged[] = [
  {
    id: 'content-length',
    level: 'platform',
    source: 'RFC 9110 §8.6',
    text: 'sends as many bytes as Content-Length says',
    expected: 'Content-Length equal to the bytes of the body',
    ...answers,
    when: ({ response }) =>
      response?.wireBytes !== undefined &&
      headerValues(response.headers, 'content-length').length > 0,
    notApplicableReason: 'no answer had a Content-Length',
    ...stateless(contentLength),
  },
  {
    id: 'json-names-once',
    level: 'platform',
    source: 'RFC 8259 §4: names should be unique, what becomes of others is unpredictable',
    text: 'gives every property of an object one value, not two',
    expected: 'no name twice in one object',
    ...answers,
    when: ({ response, failure }) =>
      failure === undefined && response !== undefined && 'value' in jsonOf(response),
    notApplicableReason: 'no call was answered with JSON',
    ...stateless(({ response }) => {
      const name = response && repeatedName(response.body.toString());
      return name === undefined
        ? undefined
        : { received: 'a name twice', detail: show(name), part: 'body' };
    }),
  },
  {
    id: 'answer-time',
    level: 'platform',
    source: 'no document: the bound is CONTRACT_SLOW_MS',
    text: 'answers in reasonable time',
    expected: 'an answer within CONTRACT_SLOW_MS',
    ...answers,
    when: ({ response, failure }) => response !== undefined || failure?.kind === 'timed out',
    ...stateless(({ ms }, { slowMs }) =>
      ms > slowMs
        ? { received: 'slower', detail: `${ms} ms, the bound is ${slowMs} ms`, part: 'time' }
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
    text: 'names the OData version in every answer',
    expected: 'OData-Version 4.0 or 4.01',
    ...answers,
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
      if (context === undefined) return { received: 'no @odata.context', part: 'body' };
      // Whether it is a string at all is for body-schema to say.
      return typeof context !== 'string' || /#./.test(context)
        ? undefined
        : { received: 'a context without a fragment', detail: show(context), part: 'body' };
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
        received: metadata === undefined ? 'no metadata parameter' : `metadata=${metadata}`,
        part: 'header content-type',
      };
    }),
  },
  {
    id: 'request-id',
    level: 'platform',
    source: 'service: every answer carries the id that its support asks for',
    text: 'names every answer by a request-id',
    expected: 'request-id, another one in every answer',
    ...answers,
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
    text: 'returns the client-request-id of the call',
    expected: 'the client-request-id that was sent',
    ...answers,
    ...stateless(
      headerCheck(
        'client-request-id',
        (value, { request }) => value === headerValues(request.headers, requestIdHeader)[0],
      ),
    ),
  },
];
