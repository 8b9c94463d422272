/** A request as the server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** With its query, as it was sent. */
  readonly path: string;
  /** Lower-case names; headers that only the HTTP library decides are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server answers. A text goes out as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Where a request is not what the document wants. */
export interface Violation {
  /** Such as `POST /v1/refunds`. */
  readonly request: string;
  /** Such as `/body/amount`. */
  readonly place: string;
  readonly message: string;
}

/** A provider on loopback that holds every request against the provider's own document. */
export interface ValidatingServer {
  /** The base URL of a client, whatever the servers of the document are. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Empty, as long as every request was what the document wants. */
  readonly violations: readonly Violation[];
  close(): Promise<void>;
}

/** What a server is started with. */
export interface ValidatingServerOptions {
  /** The OpenAPI document (3.0 or 3.1), or the path of its JSON or YAML file. It is not changed. */
  readonly document: object | string;
  /** `undefined` closes the socket without a byte of answer; a promise that never settles lets a client wait. */
  readonly answer: (request: ReceivedRequest) => Answer | undefined | Promise<Answer | undefined>;
}

/** Starts a server that answers what `answer` says, also where a request is not what the document wants. */
export declare function startValidatingServer(options: ValidatingServerOptions): Promise<ValidatingServer>;
