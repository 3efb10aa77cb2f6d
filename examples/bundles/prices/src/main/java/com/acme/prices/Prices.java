package com.acme.prices;

import java.math.BigDecimal;

/** The prices, for whoever imports this package. */
public final class Prices {

  private Prices() {}

  /** The price of an article: ten for each letter of its name. */
  public static BigDecimal of(String article) {
    return BigDecimal.TEN.multiply(BigDecimal.valueOf(article.length()));
  }
}
