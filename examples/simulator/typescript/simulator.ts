// A Cloudflare simulator for tests: starts the jar that CLOUDFLARE_SIMULATOR_JAR names. Copy it into a project of your own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class Simulator {
  /** For the client's `baseURL`. */
  readonly apiUrl: string;
  /** May do everything. */
  readonly token = 'simulator-token-that-may-do-everything-00';
  readonly accountId = '0123456789abcdef0123456789abcdef';
  readonly #java: ChildProcess;
  #remembered: unknown;

  private constructor(java: ChildProcess, apiUrl: string) {
    this.#java = java;
    this.apiUrl = apiUrl;
  }

  /** Starts it on a free port, without Cloudflare's rate limit; it serves when this returns. */
  static async start(): Promise<Simulator> {
    const jar = process.env.CLOUDFLARE_SIMULATOR_JAR;
    if (!jar) throw new Error('set CLOUDFLARE_SIMULATOR_JAR to the path of cloudflare-simulator.jar');
    const java = spawn('java', ['-jar', jar, '--port', '0', '--rate-limit', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
    process.once('exit', () => java.kill());
    const apiUrl = await new Promise<string>((resolve, reject) => {
      java.once('error', reject);
      java.once('exit', (code) => reject(new Error(`the simulator ended with exit code ${code}`)));
      createInterface({ input: java.stdout }).on('line', (line) => {
        if (line.startsWith('listening on ')) resolve(line.slice('listening on '.length));
      });
    });
    return new Simulator(java, apiUrl);
  }

  async stop(): Promise<void> {
    if (this.#java.exitCode !== null) return;
    const ended = once(this.#java, 'exit');
    this.#java.kill();
    await ended;
  }

  /** The control plane: the registrar, the owner of an address, another user, bad luck. `GET /_simulator` lists its calls. */
  async control(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(new URL(`/_simulator/${path}`, this.apiUrl), {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_simulator/${path} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** What is there now is what every test begins with. */
  async remember(): Promise<void> {
    this.#remembered = await this.control('GET', 'state');
  }

  /** Puts back what was there then; no fault is planted, and no call has come in. */
  async reset(): Promise<void> {
    await this.control('DELETE', 'faults');
    await this.control('PUT', 'state', this.#remembered);
    await this.control('DELETE', 'calls');
  }
}
