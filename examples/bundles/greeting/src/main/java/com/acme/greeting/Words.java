package com.acme.greeting;

/** The words in use. */
final class Words {

  static final String GREETING = "Good day";

  private Words() {}
}
