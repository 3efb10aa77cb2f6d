package org.caravanserai.camel.internal;

import org.caravanserai.camel.Camel;
import org.caravanserai.camel.CamelMessage;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Caller;

/**
 * A Camel context as one caller uses it.
 *
 * @param name the name by which the caller knows it
 * @param slot where its entry is deployed
 * @param invoker calls it
 * @param caller the caller
 */
public record BoundCamel(String name, Slot slot, Invoker invoker, Caller caller) implements Camel {

  @Override
  public CamelMessage to(String uri) {
    return new BoundMessage(this, uri);
  }
}
