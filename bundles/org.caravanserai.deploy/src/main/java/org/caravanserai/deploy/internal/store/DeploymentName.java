package org.caravanserai.deploy.internal.store;

import java.util.regex.Pattern;

/**
 * What a deployment may be called: anything that is a bundle's symbolic name and a file's name too.
 */
public final class DeploymentName {

  /** The rule, in words. */
  public static final String RULE =
      "a deployment's name has letters (a-z, A-Z), digits, '-', '_' and single dots between them,"
          + " at most 100 characters";

  private static final Pattern VALID =
      Pattern.compile("(?=.{1,100}$)[A-Za-z0-9_-]++(\\.[A-Za-z0-9_-]++)*+");

  private DeploymentName() {}

  /** Whether the name keeps to the rule. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
