package org.caravanserai.management;

import org.caravanserai.deploy.Deployments;
import org.caravanserai.objects.ObjectStore;

/**
 * What is equal on servers that are configured alike and run the same code.
 *
 * @param configuration a hash of all objects as they are exported
 * @param code a hash of the names and sources of all deployments
 */
public record DigestAnswer(String configuration, String code) {

  /** Of this server. */
  public static DigestAnswer of(ObjectStore objects, Deployments deployments) {
    return new DigestAnswer(objects.digest(), deployments.digest());
  }
}
