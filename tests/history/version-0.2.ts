import { inCurrentWords } from '../../schemas/files/report.ts';

type Node = Readonly<Record<string, unknown>>;

/**
 * A line of a history in the form of today. Version 0.2 joined the routes of a group into one name
 * (`me+users`) and called requests calls and warnings advice. Anything else comes back as it is.
 */
export function inCurrentForm(line: unknown): unknown {
  if (!isNode(line) || !isNode(line.conforms) || Array.isArray(line.conforms)) return line;
  return {
    ...line,
    latency: each(line.latency, withRequests),
    conforms: groups(line.conforms),
    silent: groups(line.silent),
    findings: Array.isArray(line.findings) ? line.findings.map(finding) : line.findings,
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function each(value: unknown, change: (value: unknown) => unknown): unknown {
  if (!isNode(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function groups(value: unknown): unknown {
  if (!isNode(value)) return value;
  return Object.entries(value).map(([routes, requirements]) => ({
    routes: routes.split('+'),
    requirements,
  }));
}

function withRequests(value: unknown): unknown {
  if (!isNode(value)) return value;
  const { calls: requests, ...rest } = value;
  return { ...rest, requests };
}

function finding(value: unknown): unknown {
  if (!isNode(value)) return value;
  const { calls: requests, failing: failingRequests, advice, received, part, ...rest } = value;
  return {
    ...rest,
    received: typeof received === 'string' ? inCurrentWords(received) : received,
    requests,
    failingRequests,
    ...(part !== undefined && { part: String(part).split(' ')[0] }),
    ...(advice !== undefined && { warning: advice }),
  };
}
