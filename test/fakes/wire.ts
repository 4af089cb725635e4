/** One answer at the wire: status, and body as JSON or as the text of an XML protocol. */
export interface WireAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** Gives the settings of a client whose calls get these answers, one after the other; `seen` collects what was asked. */
export function createWire(answers: readonly WireAnswer[], seen: string[] = []) {
  const left = [...answers];
  const handle = async ({ body: asked }: { readonly body?: unknown }) => {
    seen.push(asked instanceof Uint8Array ? new TextDecoder().decode(asked) : String(asked));
    const { status = 200, body } = left.shift() ?? { status: 500, body: {} };
    const isText = typeof body === 'string';
    return {
      response: {
        statusCode: status,
        headers: { 'content-type': isText ? 'text/xml' : 'application/x-amz-json-1.1' },
        body: new TextEncoder().encode(isText ? body : JSON.stringify(body)),
      },
    };
  };
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
  return { region: 'us-west-2', credentials, requestHandler: { handle }, maxAttempts: 1 };
}
