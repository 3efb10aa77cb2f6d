package org.caravanserai.deploy.internal.dependency;

import java.util.List;

/**
 * What a deployment has from Maven repositories.
 *
 * @param artifacts what its sources ask for, {@code group:artifact:version}, in their order
 * @param libraries what they got, with all that it needs
 */
public record Dependencies(List<String> artifacts, List<PrivateLibrary> libraries) {

  /** Of a deployment that asks for nothing. */
  public static final Dependencies NONE = new Dependencies(List.of(), List.of());
}
