package peer;

import org.apache.camel.main.Main;

/** Camel Main with its HTTP server; serves the YAML routes of a folder and reloads those that change. */
public final class CamelServer {

  private CamelServer() {}

  /** Starts it: port, folder of routes. */
  public static void main(String[] arguments) throws Exception {
    Main main = new Main(CamelServer.class);
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", arguments[0]);
    main.addInitialProperty("camel.main.routesIncludePattern", "file:" + arguments[1] + "/*.camel.yaml");
    main.addInitialProperty("camel.main.routesReloadEnabled", "true");
    main.addInitialProperty("camel.main.routesReloadDirectory", arguments[1]);
    main.addInitialProperty("camel.main.routesReloadPattern", "*.camel.yaml");
    main.addInitialProperty("camel.main.shutdownTimeout", "5");
    main.run();
  }
}
