// The server under test, as its scripts see it: the admin API with a password.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const url = required('SERAI_URL');
const password = required('SERAI_PASSWORD');
const authorization = 'Basic ' + Buffer.from(`admin:${password}`).toString('base64');

export const ADMIN = { name: 'admin', password };

/** An address of the management port. */
export function address(path) {
  return new URL(path, url).href;
}

/** Sends a request to the admin API. */
export async function api(method, path, body, type = 'application/json') {
  const response = await fetch(address(`/api/v1/${path}`), {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }) },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** Deploys a Java source. */
export function deploy(name, source) {
  return api('POST', `deployments/${name}`, source, 'text/plain');
}

/** Makes objects what a YAML document says. */
export async function configure(yaml) {
  const answer = await api('POST', 'config/import', yaml, 'application/yaml');
  if (answer.status >= 300) {
    throw new Error(answer.text);
  }
}

/** Saves a file in a watched folder. */
export function save(file, content) {
  return writeFile(join(required('SERAI_DEPLOY'), file), content);
}

/** The address by which the server reads a file beside those folders. */
export function fileAddress(file) {
  return pathToFileURL(join(required('SERAI_DEPLOY'), file)).href;
}

/** Makes a user with a role. */
export async function user(name, role) {
  const made = { name, password: `a-password-of-${name}` };
  const answer = await api(
    'PUT',
    `users/${name}`,
    JSON.stringify({ roles: [role], password: made.password }),
  );
  if (answer.status >= 300) {
    throw new Error(answer.text);
  }
  return made;
}

/** The source of a service that logs and answers a text for a name. */
export function greeter(service, text) {
  return `
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Greets <b>one</b> person. */
@ServiceName("${service}")
public class Greeter implements Service<Greeter.Request, Greeter.Response> {
  public record Request(String name) {}
  public record Response(String greeting) {}
  @Override
  public Response handle(Request request, Context context) {
    context.log().info("greeting {}", request.name());
    return new Response("${text}, " + request.name());
  }
}
`;
}

/** Has the server restarted by who runs the stories; ends when it is ready again. */
export async function restart() {
  const answer = await fetch(required('SERAI_CONTROL') + '/restart', { method: 'POST' });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
}

/** A name that no other story has. */
export function unique(prefix) {
  return `${prefix}-${Math.random().toString(36).slice(2, 10)}`;
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; ConsoleE2eIT sets it`);
  }
  return value;
}
