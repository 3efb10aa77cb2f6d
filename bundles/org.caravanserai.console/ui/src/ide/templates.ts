/** What a new file begins with. */
export interface Template {
  title: string;
  /** The end of its name. */
  ending: string;
  /** What its name is to be like, in words. */
  named: string;
  text: (name: string) => string;
}

export const TEMPLATES: Record<string, Template> = {
  service: {
    title: 'Service (Java)',
    ending: '.java',
    named: 'The name of the class, such as Hello.',
    text: (name) => `import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Greets one person. */
@ServiceName("${dotted(name)}")
public class ${name} implements Service<${name}.Request, ${name}.Response> {

  public record Request(String name) {}

  public record Response(String greeting) {}

  @Override
  public Response handle(Request request, Context context) {
    context.log().info("greeting {}", request.name());
    return new Response("Hello, " + request.name());
  }
}
`,
  },
  camel: {
    title: 'Camel route (YAML)',
    ending: '.camel.yaml',
    named: 'The name of the deployment, such as ticker.',
    text: (name) => `- route:
    id: ${name}
    from:
      uri: timer:${name}
      parameters:
        period: 10000
      steps:
        - setBody:
            constant: tick
        - log: "\${body}"
`,
  },
  configuration: {
    title: 'Configuration (YAML)',
    ending: '.yaml',
    named: 'It begins with serai, such as serai-channels.',
    text: () => `channel_rest:
  - name: hello
    service: hello.world
    url_path: /hello
`,
  },
};

/** Whether a name will do for a file of a template. */
export function mistakeIn(template: string, name: string): string | undefined {
  if (name === '') {
    return 'A name is missing.';
  }
  if (template === 'service') {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? undefined : 'A class can’t have this name.';
  }
  if (!/^[\w][\w.-]*$/.test(name)) {
    return 'A name is made of letters, digits, dots, dashes and underscores.';
  }
  return template === 'configuration' && !name.startsWith('serai')
    ? 'The name of a configuration begins with serai.'
    : undefined;
}

/** A class name as services are named: OrderCheck is order-check. */
function dotted(name: string): string {
  return `my.${name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}`;
}
