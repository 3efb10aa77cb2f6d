package org.caravanserai.shell.internal;

import org.caravanserai.security.Operation;

/**
 * Which operation a shell command is, and so who may run it.
 *
 * @param scope the command's scope
 * @param name its name
 * @param arguments a regular expression of the arguments for which this holds, as {@code [a, b]};
 *     empty for any
 * @param operation the operation
 */
record CommandRule(String scope, String name, String arguments, Operation operation) {

  /** The key of Karaf's access control list. */
  String key() {
    return arguments.isEmpty() ? name : name + "[/" + arguments + "/]";
  }
}
