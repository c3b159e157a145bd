/** People who look at a box at once: each with a session and an open stream, asking what the pages ask. */
import { Agent, type ClientRequest, request } from 'node:http';

export interface Asked {
  readonly what: string;
  readonly status: number;
  readonly bytes: number;
  /** From the request to the last byte of the answer. */
  readonly ms: number;
}

interface Told {
  readonly status: number;
  readonly bytes: number;
  readonly body: Buffer;
  readonly cookie: string | undefined;
}

/** Over connections that stay open, as a browser keeps them. */
export class Person {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 6 });
  private readonly url: string;
  private cookie = '';
  private token: string | null = null;
  private stream: ClientRequest | null = null;
  /** Bytes of the stream so far. */
  streamed = 0;

  constructor(url: string) {
    this.url = url;
  }

  private ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.url}${path}`,
        {
          method,
          agent: this.agent,
          headers: {
            'accept-encoding': 'gzip, deflate',
            ...(this.cookie && { cookie: this.cookie }),
            ...(this.token !== null && { 'x-csrf-token': this.token }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const whole = Buffer.concat(parts);
            const [cookie] = response.headers['set-cookie'] ?? [];
            resolve({
              status: response.statusCode ?? 0,
              bytes: whole.length,
              body: whole,
              cookie: cookie?.split(';')[0],
            });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** JSON that is not packed; for what is done before anything is measured. */
  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const told = await this.ask(method, `/api/v1${path}`, body, { 'accept-encoding': 'identity', ...headers });
    if (told.cookie !== undefined) this.cookie = told.cookie;
    if (told.status >= 300) throw new Error(`${method} ${path}: ${told.status} ${told.body.toString()}`);
    return JSON.parse(told.body.toString()) as T;
  }

  /** With the same session: the box lets nobody sign in twenty times a minute. */
  another(): Person {
    const other = new Person(this.url);
    other.cookie = this.cookie;
    return other;
  }

  useToken(token: string): void {
    this.token = token;
  }

  async timed(what: string, path: string): Promise<Asked> {
    const began = performance.now();
    const { status, bytes } = await this.ask('GET', path);
    return { what, status, bytes, ms: performance.now() - began };
  }

  openStream(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.stream = request(`${this.url}/api/v1/events`, { headers: { cookie: this.cookie } }, (response) => {
        response.on('data', (part: Buffer) => {
          this.streamed += part.length;
        });
        resolve();
      });
      this.stream.on('error', (error) => (this.streamed === 0 ? reject(error) : undefined));
      this.stream.end();
    });
  }

  close(): void {
    this.stream?.destroy();
    this.agent.destroy();
  }
}
