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
  readonly status: number | undefined;
  /** Whether the status is a success. */
  readonly isSuccess: boolean;
  /** Whether the response came to its end, and its body is kept. */
  readonly isWhole: boolean;
  /** Why the body is not kept, in words. */
  readonly notKept: string | undefined;
  /** Whether a create was answered with success and with a body that may be judged. */
  readonly hasObject: boolean;
  readonly #headers = new Map<string, string[]>();
  #json: Json | undefined;
  #object: Properties | null | undefined;
  #sent: Properties | null | undefined;
  #errors: readonly SchemaError[] | undefined;
  #mediaType: MIMEType | null | undefined;
  #traits: Traits | undefined;

  constructor(exchange: Exchange) {
    const { response, failure } = exchange;
    const { status } = response ?? {};
    this.exchange = exchange;
    for (const [name, value] of response?.headers ?? []) {
      const values = this.#headers.get(name.toLowerCase()) ?? [];
      this.#headers.set(name.toLowerCase(), [...values, value]);
    }
    this.status = status;
    this.isSuccess = status !== undefined && status >= 200 && status < 300;
    this.notKept = response?.notKept;
    this.isWhole = response !== undefined && failure === undefined && this.notKept === undefined;
    this.hasObject = this.isWhole && this.isSuccess && status !== 204 && status !== 205;
  }

  get requestCase(): Exchange['requestCase'] {
    return this.exchange.requestCase;
  }

  get request(): Exchange['request'] {
    return this.exchange.request;
  }

  get failure(): Exchange['failure'] {
    return this.exchange.failure;
  }

  /** Every value of a header of the response, in the order they came. */
  header(name: string): readonly string[] {
    return this.#headers.get(name.toLowerCase()) ?? [];
  }

  /** Every media type that the response claims. */
  get contentTypes(): string[] {
    return contentTypes(this.header('content-type'));
  }

  /** The first of them, parsed; undefined: there is none, or none that can be read. */
  get mediaType(): MIMEType | undefined {
    this.#mediaType ??= parseMediaType(this.contentTypes[0] ?? '') ?? null;
    return this.#mediaType ?? undefined;
  }

  /** A parameter of the format, in lower case, because its value has none; before 4.01 its name begins with `odata.` (OData JSON 3). */
  format(name: 'metadata' | 'streaming'): string | undefined {
    const params = this.mediaType?.params;
    return (params?.get(`odata.${name}`) ?? params?.get(name))?.toLowerCase();
  }

  /** The body as JSON, or what keeps it from being that. */
  get json(): Json {
    this.#json ??= this.isWhole
      ? readJson(this.exchange.response?.body ?? Buffer.alloc(0))
      : { fault: 'no whole body' };
    return this.#json;
  }

  /** The created object: of a success, and not one that only wraps another; undefined: there is none. */
  get object(): Properties | undefined {
    if (this.#object === undefined) {
      const { value } = this.hasObject ? this.json : {};
      this.#object = isObject(value) && wrapperIn(value) === undefined ? value : null;
    }
    return this.#object ?? undefined;
  }

  /** Where the created object breaks its schema (schemas/openapi.json). */
  get objectErrors(): readonly SchemaError[] {
    this.#errors ??= this.object === undefined ? [] : schemaErrors('directoryObject', this.object);
    return this.#errors;
  }

  /** Whether a request that is no create as documented was answered as one; a reference may be created without an object. */
  get saysCreated(): boolean {
    const { kind, requirement } = this.requestCase;
    const isOther = kind === 'equivalent' || kind === 'probe';
    return isOther && this.status === created.status && requirement !== 'reference-probe';
  }

  /** The object that was sent; undefined: what was sent is no JSON object. */
  get sent(): Properties | undefined {
    if (this.#sent === undefined) {
      const { value } = readJson(this.request.body);
      this.#sent = isObject(value) ? value : null;
    }
    return this.#sent ?? undefined;
  }

  /** The deletedDateTime that was sent, of whatever type; null: none was, undefined: it cannot be told. */
  get sentDate(): unknown {
    const { deletedDateTime } = this.requestCase;
    return deletedDateTime ?? (this.sent && (this.sent.deletedDateTime ?? null));
  }

  /** What answers to creates have in common, whatever their values. */
  get traits(): Traits {
    this.#traits ??= traitsOf(this);
    return this.#traits;
  }
}

/** How a create was answered, one trait beside the other; undefined: the answer does not show it. */
export interface Traits {
  readonly status: string;
  readonly mediaType: string | undefined;
  readonly properties: string | undefined;
  readonly instant: string | undefined;
  readonly echo: string | undefined;
}

function traitsOf(answer: Answer): Traits {
  const { status, failure, hasObject, mediaType, object, request, requestCase } = answer;
  const names = propertyNames.filter((name) => object && name in object).join(', ');
  const sent = instantOf(requestCase.deletedDateTime ?? '');
  const given = object?.deletedDateTime;
  // A GUID is the same in any case (RFC 9562 §4); the echo's letters are client-request-id's.
  const [echo] = answer.header(requestIdHeader);
  const own = headerValues(request.headers, requestIdHeader)[0]?.toLowerCase();
  return {
    status: status === undefined || failure !== undefined ? 'no whole response' : String(status),
    mediaType: hasObject ? (mediaType?.essence ?? 'none') : undefined,
    properties: hasObject ? (object ? names : 'no object') : undefined,
    instant:
      sent !== undefined && typeof given === 'string'
        ? `${instantOf(given) === sent ? 'the' : 'another'} instant`
        : undefined,
    echo: echo && `${echo.toLowerCase() === own ? 'its own' : "another request's"} id`,
  };
}
