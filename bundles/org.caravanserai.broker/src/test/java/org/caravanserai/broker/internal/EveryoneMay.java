package org.caravanserai.broker.internal;

import org.caravanserai.broker.BrokerAccess;

/** Lets in whoever has the password {@code right}. */
final class EveryoneMay implements BrokerAccess {

  @Override
  public String authenticate(String user, String password) {
    return password.equals("right") ? user : null;
  }

  @Override
  public boolean mayPublish(String definition, String address) {
    return true;
  }

  @Override
  public boolean maySubscribe(String definition, String address) {
    return true;
  }
}
