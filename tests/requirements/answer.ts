import type { MIMEType } from 'node:util';
import { instantOf } from '../../schemas/edm-date-time-offset.ts';
import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { created, propertyNames } from '../../schemas/operation.ts';
import { type SchemaError, schemaErrors } from '../../schemas/validate.ts';
import { contentTypes, parseMediaType } from './match/headers.ts';
import { isObject, type Json, readJson } from './match/json.ts';
import { wrapperIn } from './match/names.ts';

type Properties = Readonly<Record<string, unknown>>;

const instantIn = (value: unknown) => (typeof value === 'string' ? instantOf(value) : undefined);

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
  readonly requestId: string | undefined;
  /** The client-request-id that was sent, and the one that came back: a GUID is the same in any case (RFC 9562 §4). */
  readonly ownId: string | undefined;
  readonly echo: string | undefined;
  readonly json: Json;
  /** The created object: of a success, and not one that only wraps another. */
  readonly object: Properties | undefined;
  /** The object that was sent, if it was one. */
  readonly sent: Properties | undefined;
  /** The deletedDateTime that was sent; null: none was, undefined: it cannot be told. */
  readonly sentDate: unknown;
  readonly sentInstant: bigint | undefined;
  /** The instant of the created object; undefined: it has none. */
  readonly answeredInstant: bigint | undefined;
  /** Whether a create in another form or a probe was answered as a create; a reference may be, without an object. */
  readonly saysCreated: boolean;
  readonly #headers = new Map<string, string[]>();
  #errors: readonly SchemaError[] | undefined;

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
    this.requestId = this.header('request-id')[0];
    this.ownId = headerValues(request.headers, requestIdHeader)[0]?.toLowerCase();
    this.echo = this.header(requestIdHeader)[0]?.toLowerCase();
    this.json = this.isWhole && body ? readJson(body) : { fault: 'no whole body' };
    const { value } = this.hasObject ? this.json : {};
    this.object = isObject(value) && wrapperIn(value) === undefined ? value : undefined;
    const { value: sent } = readJson(request.body);
    this.sent = isObject(sent) ? sent : undefined;
    this.sentDate =
      requestCase.deletedDateTime ?? (this.sent && (this.sent.deletedDateTime ?? null));
    this.sentInstant = instantIn(this.sentDate);
    this.answeredInstant = instantIn(this.object?.deletedDateTime);
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

  /** Which documented properties the created object has, in words; undefined: none should be there. */
  get properties(): string | undefined {
    const { hasObject, object } = this;
    if (!hasObject) return undefined;
    return object ? propertyNames.filter((name) => name in object).join(', ') : 'no object';
  }

  /** Where the created object breaks its schema (schemas/openapi.json). */
  get objectErrors(): readonly SchemaError[] {
    this.#errors ??= this.object === undefined ? [] : schemaErrors('directoryObject', this.object);
    return this.#errors;
  }
}
