import { DiditDataError } from '../errors/didit-data-error.ts';
import { ConnectionError } from '../errors/no-response-errors.ts';
import { contextOf, type Fetch, signalOf } from './compose.ts';
import { type SafeCause, safeCause } from './safe-cause.ts';

/**
 * Turns every way in which platforms report "no response" into one class. An abort keeps the caller's own reason.
 *
 * @throws {ConnectionError} from the layer, whose `cause` is a harmless copy of the platform's error
 */
export function withConnectionErrors(next: Fetch): Fetch {
  return async (request, init) => {
    try {
      return await next(request, init);
    } catch (error) {
      const signal = signalOf(request, init);
      if (signal?.aborted) throw signal.reason;
      if (isOurs(error)) throw error;
      const cause = safeCause(error, request);
      const code = codeOf(cause);
      const [what, advice, members] = kindOf(code, cause);
      const { host } = new URL(request.url);
      throw new ConnectionError(`${what.replace('HOST', host)}${code && ` (${code})`}. ${advice}`, {
        operation: contextOf(request).operation,
        cause,
        ...members,
      });
    }
  };
}

/** What happened, what to do, and members of the error. */
type Kind = readonly [what: string, advice: string, members?: { refused?: boolean; permanent?: boolean }];

const permanent = { permanent: true };
const untrusted = { refused: true, permanent: true };

/** What a code means, the first that matches. Permanent ones are never sent again. */
const kinds: readonly (readonly [RegExp, ...Kind])[] = [
  [
    // What the runtimes call a connection that was never made.
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/,
    'No connection to HOST',
    'Check `baseUrl`, and that the host can be reached from here.',
    { refused: true },
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    'The TLS certificate of HOST is not valid at this time',
    "Check this machine's clock. If it is right, the certificate must be renewed.",
    untrusted,
  ],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    'The TLS certificate is not for HOST',
    'Check `baseUrl`: its host must be one that the certificate names.',
    untrusted,
  ],
  [
    /^ERR_SSL_.*ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/,
    'HOST refuses the TLS certificate of this client',
    'Pass a transport with a client certificate that HOST accepts.',
    permanent,
  ],
  [
    /CERT|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^(CRL|PATH_LENGTH)_/,
    'The TLS certificate of HOST is not trusted',
    'Check `baseUrl`. If the certificate is right, set NODE_EXTRA_CA_CERTS to the file of its CA.',
    untrusted,
  ],
  [
    /^EPROTO$|^ERR_SSL_.*(VERSION|PROTOCOL|HANDSHAKE|CIPHER|HTTP_REQUEST|PACKET_LENGTH|ALERT)/,
    'No TLS connection with HOST',
    'Check `baseUrl`: its port must speak https, in a version that both sides know. It may ask for a client certificate.',
    permanent,
  ],
  [
    /^UND_ERR_(CLOSED|DESTROYED)$/,
    'The transport has been closed',
    'Make another one, or close it after the last call.',
    permanent,
  ],
  [
    /^(UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)|ERR_INVALID_(CHAR|HTTP_TOKEN|ARG_\w+))$|^ERR_HTTP_/,
    'The request to HOST cannot be sent as it is',
    'Check the headers of the call. See `cause`.',
    permanent,
  ],
  [/^HTTPParserError$|^HPE_/, 'The response of HOST is not HTTP', 'Check `baseUrl`, or try again later.'],
  [/./, 'No response from HOST', 'The connection was lost. Try again later.'],
];

function isOurs(error: unknown): boolean {
  try {
    return error instanceof DiditDataError;
  } catch {
    return false; // a proxy that was revoked
  }
}

function kindOf(code: string, cause: SafeCause | undefined): Kind {
  const [, ...kind] = kinds.find(([pattern]) => pattern.test(code)) ?? [
    undefined,
    'No response from HOST',
    cause ? 'See `cause`.' : 'Try again later.',
  ];
  return kind;
}

/** The `fetch` of Node says only "fetch failed": the code of a cause says what happened. */
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
