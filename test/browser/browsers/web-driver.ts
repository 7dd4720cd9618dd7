/** One session of a W3C WebDriver. */
export class WebDriver {
  private constructor(
    private readonly session: string,
    readonly version: string,
  ) {}

  static async start(driver: string, capabilities: object): Promise<WebDriver> {
    const answer = await ask(`${driver}/session`, 'POST', {
      capabilities: { alwaysMatch: capabilities },
    });
    const { sessionId, capabilities: given } = answer as {
      sessionId: string;
      capabilities: { browserVersion: string };
    };
    return new WebDriver(`${driver}/session/${sessionId}`, given.browserVersion);
  }

  post(command: string, body: object): Promise<unknown> {
    return ask(`${this.session}/${command}`, 'POST', body);
  }

  async end(): Promise<void> {
    await ask(this.session, 'DELETE');
  }
}

async function ask(url: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}
