import type { MIMEType } from 'node:util';
import { instantOf } from '../../schemas/edm-date-time-offset.ts';
import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { created, propertyNames } from '../../schemas/operation.ts';
import { type SchemaError, schemaErrors } from '../../schemas/validate.ts';
import { isObject, type Json, readJson } from './match/json.ts';
import { contentTypes, parseMediaType } from './match/media-type.ts';
import { wrapperIn } from './match/wrapper.ts';

type Properties = Readonly<Record<string, unknown>>;

/** One exchange, read once: what the requirements ask of it. */
export class Answer {
  readonly exchange: Exchange;
  readonly requestCase: Exchange['requestCase'];
  readonly request: Exchange['request'];
  readonly failure: Exchange['failure'];
  readonly status: number | undefined;
  readonly isSuccess: boolean;
  /** It came to its end, and its body is kept. */
  readonly isWhole: boolean;
  /** A success with a body that may be judged. */
  readonly hasObject: boolean;
  /** Every media type that it claims, and the first, parsed. */
  readonly contentTypes: readonly string[];
  readonly mediaType: MIMEType | undefined;
  /** The first Location as a whole URL, parsed here because it is compared with that of every other create. */
  readonly location: string | undefined;
  readonly json: Json;
  /** The created object: of a success, and not one that only wraps another. */
  readonly object: Properties | undefined;
  /** The object that was sent, if it was one. */
  readonly sent: Properties | undefined;
  /** Whether a create in another form or a probe was answered as a create; a reference may be, without an object. */
  readonly saysCreated: boolean;
  readonly #headers = new Map<string, string[]>();
  #errors: readonly SchemaError[] | undefined;
  #traits: Traits | undefined;
  #instant: bigint | undefined;

  constructor(exchange: Exchange) {
    const { requestCase, request, response, failure } = exchange;
    const { status = 0, headers = [], notKept, body } = response ?? {};
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      this.#headers.set(key, [...this.header(key), value]);
    }
    this.exchange = exchange;
    this.requestCase = requestCase;
    this.request = request;
    this.failure = failure;
    this.status = response?.status;
    this.isSuccess = status >= 200 && status < 300;
    this.isWhole = response !== undefined && failure === undefined && notKept === undefined;
    // What a request itself malformed is not judged in its echo.
    const isEcho = requestCase.name === 'json-nan';
    this.hasObject = this.isWhole && this.isSuccess && status !== 204 && status !== 205 && !isEcho;
    this.contentTypes = contentTypes(this.header('content-type'));
    this.mediaType = parseMediaType(this.contentTypes[0] ?? '');
    const [location = ''] = this.header('location');
    const isLocated = location !== '' && URL.canParse(location, request.url);
    this.location = isLocated ? new URL(location, request.url).href : undefined;
    this.json = this.isWhole && body ? readJson(body) : { fault: 'no whole body' };
    const { value } = this.hasObject ? this.json : {};
    this.object = isObject(value) && wrapperIn(value) === undefined ? value : undefined;
    const { value: sent } = readJson(request.body);
    this.sent = isObject(sent) ? sent : undefined;
    this.saysCreated =
      ['equivalent', 'probe'].includes(requestCase.kind) &&
      status === created.status &&
      requestCase.requirement !== 'reference-probe';
  }

  /** The values of a header, in the order they came. */
  header(name: string): readonly string[] {
    return this.#headers.get(name.toLowerCase()) ?? [];
  }

  /** A parameter of the format; before 4.01 its name begins with `odata.` (OData JSON 3). */
  format(name: 'metadata' | 'streaming'): string | undefined {
    const params = this.mediaType?.params;
    return (params?.get(`odata.${name}`) ?? params?.get(name))?.toLowerCase();
  }

  /** Where the created object breaks its schema (schemas/openapi.json). */
  get objectErrors(): readonly SchemaError[] {
    this.#errors ??= this.object === undefined ? [] : schemaErrors('directoryObject', this.object);
    return this.#errors;
  }

  /** The deletedDateTime that was sent; null: none was, undefined: it cannot be told. */
  get sentDate(): unknown {
    const { deletedDateTime } = this.requestCase;
    return deletedDateTime ?? (this.sent && (this.sent.deletedDateTime ?? null));
  }

  get sentInstant(): bigint | undefined {
    const { sentDate } = this;
    this.#instant ??= typeof sentDate === 'string' ? instantOf(sentDate) : undefined;
    return this.#instant;
  }

  /** The instant of the created object; undefined: it has none. */
  get answeredInstant(): bigint | undefined {
    const given = this.object?.deletedDateTime;
    return typeof given === 'string' ? instantOf(given) : undefined;
  }

  /** How a create was answered, as far as the answer shows it. */
  get traits(): Traits {
    this.#traits ??= traitsOf(this);
    return this.#traits;
  }
}

export type Traits = Readonly<
  Record<'status' | 'mediaType' | 'properties' | 'instant' | 'echo', string | undefined>
>;

function traitsOf(answer: Answer): Traits {
  const { status, failure, hasObject, mediaType, object, request } = answer;
  const names = propertyNames.filter((name) => object && name in object).join(', ');
  const { sentInstant: sent } = answer;
  const given = object?.deletedDateTime;
  const isInstant = sent !== undefined && typeof given === 'string';
  // A GUID is the same in any case (RFC 9562 §4); the echo's letters are client-request-id's.
  const echo = answer.header(requestIdHeader)[0]?.toLowerCase();
  const own = headerValues(request.headers, requestIdHeader)[0]?.toLowerCase();
  return {
    status: failure !== undefined || !status ? 'no whole response' : String(status),
    mediaType: hasObject ? (mediaType?.essence ?? 'none') : undefined,
    properties: hasObject ? (object ? names : 'no object') : undefined,
    instant: isInstant ? `${instantOf(given) === sent ? 'the' : 'another'} instant` : undefined,
    echo: echo && `${echo === own ? 'its own' : "another request's"} id`,
  };
}
