package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.jspecify.annotations.Nullable;

/**
 * What Jolokia may do for the one who asks, on the thread of the request: everybody reads, who may
 * change the container changes some MBeans, nobody asks for more.
 */
final class JmxPolicy implements Restrictor {

  private static final Set<RequestType> READS =
      Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);
  private static final Set<RequestType> CHANGES = Set.of(RequestType.WRITE, RequestType.EXEC);

  /** What the server was started with may hold passwords. */
  private static final String RUNTIME = "java.lang:type=Runtime";

  private static final Set<String> START = Set.of("SystemProperties", "InputArguments");

  private final ThreadLocal<@Nullable Boolean> changes = new ThreadLocal<>();
  private final List<ObjectName> changeable;
  private final List<ObjectName> hidden;

  /**
   * Reads the settings.
   *
   * @param changeable the patterns of names of MBeans that may be changed, with blanks between
   * @param hidden the same of those that are not to be seen
   * @throws IllegalArgumentException if one is none
   */
  JmxPolicy(String changeable, String hidden) {
    this.changeable = patterns(changeable);
    this.hidden = patterns(hidden);
  }

  private static List<ObjectName> patterns(String text) {
    List<ObjectName> patterns = new ArrayList<>();
    for (String each : text.strip().split("\\s+", -1)) {
      if (!each.isEmpty()) {
        try {
          patterns.add(new ObjectName(each));
        } catch (MalformedObjectNameException e) {
          throw new IllegalArgumentException(
              each + " is no name of an MBean: " + e.getMessage(), e);
        }
      }
    }
    return patterns;
  }

  /** Something that Jolokia does. */
  interface Work<T> {
    T done() throws Exception;
  }

  /** Lets Jolokia work for somebody, on this thread. */
  <T> T during(boolean mayChange, Work<T> work) throws Exception {
    changes.set(mayChange);
    try {
      return work.done();
    } finally {
      changes.remove();
    }
  }

  private boolean mayChange() {
    return Boolean.TRUE.equals(changes.get());
  }

  @Override
  public boolean isHttpMethodAllowed(HttpMethod method) {
    return true;
  }

  @Override
  public boolean isTypeAllowed(RequestType type) {
    return READS.contains(type) || (CHANGES.contains(type) && mayChange());
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
    boolean isOfStart = START.contains(attribute) && name.getCanonicalName().equals(RUNTIME);
    return !isObjectNameHidden(name) && (!isOfStart || mayChange());
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
    return isChangeable(name);
  }

  @Override
  public boolean isOperationAllowed(ObjectName name, String operation) {
    return isChangeable(name);
  }

  private boolean isChangeable(ObjectName name) {
    return mayChange()
        && !isObjectNameHidden(name)
        && changeable.stream().anyMatch(each -> each.apply(name));
  }

  @Override
  public boolean isObjectNameHidden(ObjectName name) {
    return hidden.stream().anyMatch(each -> each.apply(name));
  }

  @Override
  public boolean isRemoteAccessAllowed(String... addresses) {
    return true;
  }

  @Override
  public boolean isOriginAllowed(String origin, boolean isStrict) {
    return true;
  }
}
