package org.caravanserai.maven;

import java.io.File;
import java.nio.charset.StandardCharsets;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service and prints its answer: {@code mvn serai:invoke -Dservice=hello.world
 * -Ddata='{"name":"Ada"}'}.
 */
@Mojo(name = "invoke", requiresProject = false, threadSafe = true)
public final class InvokeMojo extends ServerMojo {

  /** The service's name. */
  @Parameter(property = "service", required = true)
  private String service;

  /** Its input: JSON. */
  @Parameter(property = "data", defaultValue = "")
  private @Nullable String data;

  /** A file with its input, instead. */
  @Parameter(property = "file")
  private @Nullable File file;

  @Override
  void run() throws RefusedException {
    byte[] input =
        file == null
            ? (data == null ? "" : data).getBytes(StandardCharsets.UTF_8)
            : ProjectMojo.read(file.toPath());
    Answer answer =
        api()
            .post(
                "/services/" + AdminApi.segment(service) + "/invoke",
                "application/json",
                input,
                file == null ? "data" : file.getPath());
    getLog().info(answer.status() == 204 ? "(nothing)" : answer.text());
  }
}
