import { type Exchange, headerValues } from '../../fixtures/exchange.ts';
import { requestIdHeader } from '../../fixtures/wire.ts';
import { contentTypes, hasCreatedBody, isSuccess, mediaType, objectOf, show } from '../answers.ts';
import type { Check, Finding, Judged } from '../requirement.ts';
import { always, answers, createdBodies, creates } from './scopes.ts';

function headerCheck(name: string, holds: (value: string, exchange: Exchange) => boolean): Check {
  return (exchange) => {
    const value = headerValues(exchange.answer?.headers ?? [], name)[0];
    if (value !== undefined && holds(value, exchange)) return undefined;
    return {
      received: value === undefined ? `no ${name}` : 'another value',
      ...(value !== undefined && { detail: show(value) }),
      part: `header ${name}`,
    };
  };
}

function metadataOf({ answer }: Exchange): string | undefined {
  const params = answer && mediaType(answer)?.params;
  return params?.get('odata.metadata') ?? params?.get('metadata') ?? undefined;
}

const contentLength: Check = ({ answer, failure }): Finding | undefined => {
  const declared = headerValues(answer?.headers ?? [], 'content-length')[0];
  if (
    answer?.wireBytes === undefined ||
    declared === undefined ||
    failure?.kind === 'too large' ||
    failure?.kind === 'timed out'
  )
    return undefined;
  if (declared === String(answer.wireBytes)) return undefined;
  return {
    received: 'another number of bytes',
    detail: `Content-Length ${declared}, ${answer.wireBytes} bytes came`,
    part: 'header content-length',
  };
};

const success = {
  ...creates,
  when: ({ answer }: Exchange) => answer !== undefined && isSuccess(answer),
  otherwise: 'no create was answered with success: see create-status',
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
    when: ({ answer }) =>
      answer?.wireBytes !== undefined && headerValues(answer.headers, 'content-length').length > 0,
    otherwise: 'no answer had a Content-Length',
    ...always(contentLength),
  },
  {
    id: 'answer-time',
    level: 'platform',
    source: 'no document: the bound is CONTRACT_SLOW_MS',
    text: 'answers in reasonable time',
    expected: 'an answer within CONTRACT_SLOW_MS',
    ...answers,
    when: ({ answer, failure }) => answer !== undefined || failure?.kind === 'timed out',
    ...always(({ ms }, { slowMs }) =>
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
    ...always(
      headerCheck(
        'Location',
        (value) => value !== '' && URL.canParse(value, 'http://target.invalid/'),
      ),
    ),
  },
  {
    id: 'odata-version',
    level: 'platform',
    source: 'OData 8.1.5',
    text: 'names the OData version in every answer',
    expected: 'OData-Version 4.0 or 4.01',
    ...answers,
    ...always(headerCheck('OData-Version', (value) => value === '4.0' || value === '4.01')),
  },
  {
    id: 'odata-context',
    level: 'platform',
    source: 'OData JSON 4.5.1',
    text: 'names the context in the created object',
    expected: '@odata.context',
    ...createdBodies,
    when: (exchange) =>
      hasCreatedBody(exchange) &&
      objectOf(exchange) !== undefined &&
      metadataOf(exchange) !== 'none',
    otherwise: 'no created object needed a context',
    ...always((exchange) => {
      const object = objectOf(exchange) ?? {};
      return '@odata.context' in object || '@context' in object
        ? undefined
        : { received: 'no @odata.context', part: 'body' };
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
      exchange.answer !== undefined &&
      contentTypes(exchange.answer).length === 1,
    otherwise: 'no create was answered with one Content-Type',
    ...always((exchange) => {
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
    expected: 'request-id',
    ...answers,
    ...always(headerCheck('request-id', (value) => value !== '')),
  },
  {
    id: 'client-request-id',
    level: 'platform',
    source: 'service: client-request-id is the echo of the one sent',
    text: 'returns the client-request-id of the call',
    expected: 'the client-request-id that was sent',
    ...answers,
    ...always(
      headerCheck(
        'client-request-id',
        (value, { request }) => value === headerValues(request.headers, requestIdHeader)[0],
      ),
    ),
  },
];
