import { instantOf } from '../../schemas/edm-date-time-offset.ts';
import type { Finding } from '../../schemas/files/finding.ts';
import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { created, propertyNames } from '../../schemas/operation.ts';
import { schemaErrors } from '../../schemas/validate.ts';
import { parseMediaType, contentTypes as typesIn } from './match/headers.ts';
import { isObject, readJson } from './match/json.ts';
import { wrapperIn } from './match/names.ts';

/** One exchange, read once: what the requirements ask of it. */
export type Answer = ReturnType<typeof answerOf>;

export function answerOf(exchange: Exchange) {
  const { requestCase, request, response, failure } = exchange;
  const { status = 0, headers = [], notKept, body } = response ?? {};
  const header = (name: string): readonly string[] => headerValues(headers, name);
  const contentTypes = typesIn(header('content-type'));
  const mediaType = parseMediaType(contentTypes[0] ?? '');
  const isSuccess = status >= 200 && status < 300;
  const isWhole = response !== undefined && failure === undefined && notKept === undefined;
  // What a request itself malformed is not judged in its echo.
  const isEcho = requestCase.name === 'json-nan';
  const hasObject = isWhole && isSuccess && status !== 204 && status !== 205 && !isEcho;
  const json = isWhole && body ? readJson(body) : { fault: 'no whole body' };
  const { value } = hasObject ? json : {};
  const object = isObject(value) && wrapperIn(value) === undefined ? value : undefined;
  const { value: sentValue } = readJson(request.body);
  const sent = isObject(sentValue) ? sentValue : undefined;
  const sentDate: unknown = requestCase.deletedDateTime ?? (sent && (sent.deletedDateTime ?? null));
  const lost: Finding | undefined = failure && {
    kind: 'no-response',
    received: `no whole response: ${failure.kind}`,
    detail: failure.detail,
    part: 'connection',
  };
  const [location = ''] = header('location');
  const isLocated = location !== '' && URL.canParse(location, request.url);
  return {
    exchange,
    requestCase,
    request,
    failure,
    header,
    json,
    isSuccess,
    status: response?.status,
    lost,
    /** It came to its end, and its body is kept. */
    isWhole,
    hasObject,
    /** Whether it says that it succeeded, and its body that it did not. */
    isError: hasObject && isObject(value) && isObject(value.error),
    /** Whether another create or a probe was answered as a create; a reference may be, without an object. */
    saysCreated:
      ['equivalent', 'probe'].includes(requestCase.kind) &&
      status === created.status &&
      requestCase.requirement !== 'reference-probe',
    contentTypes,
    mediaType,
    location: isLocated ? new URL(location, request.url).href : undefined,
    requestId: header('request-id')[0],
    /** The client-request-ids: a GUID is the same in any case (RFC 9562 §4). */
    ownId: headerValues(request.headers, requestIdHeader)[0]?.toLowerCase(),
    echo: header(requestIdHeader)[0]?.toLowerCase(),
    /** The created object: of a success, and not one that only wraps another. */
    object,
    properties: hasObject
      ? object
        ? propertyNames.filter((name) => name in object).join(', ')
        : 'no object'
      : undefined,
    sent,
    /** The deletedDateTime that was sent; null: none was, undefined: it cannot be told. */
    sentDate,
    sentInstant: instantIn(sentDate),
    answeredInstant: instantIn(object?.deletedDateTime),
    /** A parameter of the format; before 4.01 its name begins with `odata.` (OData JSON 3). */
    format: (name: 'metadata' | 'streaming') =>
      (mediaType?.params.get(`odata.${name}`) ?? mediaType?.params.get(name))?.toLowerCase(),
    objectErrors: object === undefined ? [] : schemaErrors('directoryObject', object),
  };
}

function instantIn(value: unknown) {
  return typeof value === 'string' ? instantOf(value) : undefined;
}
