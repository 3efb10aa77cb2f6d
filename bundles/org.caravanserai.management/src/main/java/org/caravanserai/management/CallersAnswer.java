package org.caravanserai.management;

import java.util.List;
import org.caravanserai.runtime.RecentCaller;

/**
 * Who leads to a service.
 *
 * @param recent who has called it lately, the last one first; of a busy service some of them
 * @param objects the objects that name it
 */
public record CallersAnswer(List<RecentCaller> recent, List<NamingObject> objects) {

  /**
   * An object that names a service.
   *
   * @param kind its kind
   * @param name its name
   * @param field the field in which it does
   */
  public record NamingObject(String kind, String name, String field) {}
}
