package org.caravanserai.broker.internal;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.filter.Filter;
import org.apache.activemq.artemis.selector.filter.Filterable;
import org.caravanserai.broker.BrokerAccess;
import org.jspecify.annotations.Nullable;

/**
 * Lets into a queue what its owner may read, as permissions are now, and its own filter wants.
 *
 * @param inner the queue's own filter, if it has one
 * @param owner the security definition whose queue it is
 */
record PermittedFilter(
    @Nullable Filter inner, String owner, Supplier<@Nullable BrokerAccess> access)
    implements Filter {

  @Override
  public boolean match(Message message) {
    BrokerAccess asked = access.get();
    return asked != null
        && asked.maySubscribe(owner, message.getAddress())
        && (inner == null || inner.match(message));
  }

  @Override
  public boolean match(Map<String, String> map) {
    return inner == null || inner.match(map);
  }

  @Override
  public boolean match(Filterable filterable) {
    return inner == null || inner.match(filterable);
  }

  @Override
  public @Nullable SimpleString getFilterString() {
    return inner == null ? null : inner.getFilterString();
  }
}
