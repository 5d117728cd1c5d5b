import { DiditDataError } from '../errors/didit-data-error.ts';
import { ConnectionError } from '../errors/no-response-errors.ts';
import { type Layer, operationOf, signalOf } from './compose.ts';
import { type SafeCause, safeCause } from './safe-cause.ts';

/**
 * Gives the platform's many ways to say "no response" one name. An abort keeps the platform's own reason.
 *
 * @throws {ConnectionError} from the layer, whose `cause` is the platform's error without what it may hold
 */
export const withConnectionErrors: Layer = (next) => async (request, init) => {
  try {
    return await next(request, init);
  } catch (error) {
    const signal = signalOf(request, init);
    if (signal?.aborted) throw signal.reason;
    if (isOurs(error)) throw error;
    const cause = safeCause(error, request);
    const code = codeOf(cause);
    const { what, advice, ...kind } = kindOf(code, cause);
    const { host } = new URL(request.url);
    throw new ConnectionError(`${what.replace('HOST', host)}${code && ` (${code})`}. ${advice}`, {
      operation: operationOf(request),
      cause,
      ...kind,
    });
  }
};

function isOurs(error: unknown): boolean {
  try {
    return error instanceof DiditDataError;
  } catch {
    return false; // a proxy that was revoked
  }
}

interface Kind {
  readonly what: string;
  readonly advice: string;
  readonly refused?: boolean;
  readonly permanent?: boolean;
}

/** What a code means, the first that matches. Those that are permanent do not pass, so nothing is sent again. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [
    // What the runtimes call a connection that never came about.
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/,
    {
      what: 'no connection to HOST',
      advice: 'Check baseUrl, and that the host can be reached from here.',
      refused: true,
    },
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    {
      what: 'the TLS certificate of HOST is not valid at this time',
      advice: "Check this machine's clock; if it is right, the certificate must be renewed.",
      refused: true,
      permanent: true,
    },
  ],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    {
      what: 'the TLS certificate is not for HOST',
      advice: 'Check baseUrl: its host must be one that the certificate names.',
      refused: true,
      permanent: true,
    },
  ],
  [
    /CERT|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^(CRL|PATH_LENGTH)_/,
    {
      what: 'the TLS certificate of HOST is not trusted',
      advice: 'Check baseUrl; if the certificate is right, let NODE_EXTRA_CA_CERTS name the file of its CA.',
      refused: true,
      permanent: true,
    },
  ],
  [
    /^EPROTO$|^ERR_SSL_.*(VERSION|PROTOCOL|HANDSHAKE|CIPHER|HTTP_REQUEST|PACKET_LENGTH|UNKNOWN_CA|ACCESS_DENIED)/,
    {
      what: 'no TLS connection with HOST',
      advice: 'Check baseUrl: its port must speak https, in a version that both sides know.',
      permanent: true,
    },
  ],
  [
    /^UND_ERR_(CLOSED|DESTROYED)$/,
    {
      what: 'the transport has been closed',
      advice: 'Make another one, or close it after the last call.',
      permanent: true,
    },
  ],
  [
    /^(UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)|ERR_INVALID_(CHAR|HTTP_TOKEN|ARG_\w+))$|^ERR_HTTP_/,
    {
      what: 'the request to HOST cannot be sent as it is',
      advice: 'Check the headers of the call; what is wrong is in cause.',
      permanent: true,
    },
  ],
  [/^HTTPParserError$|^HPE_/, { what: 'the response of HOST is not HTTP', advice: 'Check baseUrl; try again later.' }],
  [/./, { what: 'no response from HOST', advice: 'The connection was lost; try again later.' }],
];

function kindOf(code: string, cause: SafeCause | undefined): Kind {
  const [, kind] = kinds.find(([pattern]) => pattern.test(code)) ?? [];
  return kind ?? { what: 'no response from HOST', advice: cause ? 'What happened is in cause.' : 'Try again later.' };
}

/** Node's `fetch` says only "fetch failed"; what happened is in the code of a cause. */
function codeOf(error: SafeCause | undefined): string {
  if (!error) return '';
  const { code, name, message, cause } = error;
  if (code) return code;
  const inner = codeOf(cause as SafeCause | undefined);
  if (inner) return inner;
  if (name === 'HTTPParserError') return name;
  // Deno has no codes.
  if (/connection refused/i.test(message)) return 'ECONNREFUSED';
  if (/invalid peer certificate/i.test(message)) return 'CERT_UNTRUSTED';
  const { errors = [] } = error as { errors?: readonly SafeCause[] };
  return errors.map(codeOf).find(Boolean) ?? '';
}
