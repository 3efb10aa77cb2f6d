package org.caravanserai.itests;

/** What happened between crashes. */
final class CrashCounts {

  private int kills;
  private int bootKills;
  private int sent;
  private int answered;
  private int unanswered;
  private int foundNew;
  private int foundOld;
  private int checks;

  synchronized void killed() {
    kills++;
  }

  synchronized void killedInStart() {
    kills++;
    bootKills++;
  }

  synchronized void sent() {
    sent++;
  }

  synchronized void answered() {
    answered++;
  }

  synchronized void unanswered(boolean isChange) {
    unanswered += isChange ? 1 : 0;
  }

  /** What was not answered is there after the start, or is not. */
  synchronized void found(boolean isNew) {
    foundNew += isNew ? 1 : 0;
    foundOld += isNew ? 0 : 1;
  }

  synchronized void checked() {
    checks++;
  }

  @Override
  public synchronized String toString() {
    return String.format(
        "\"kills\":%d,\"killsInStart\":%d,\"sent\":%d,\"answered\":%d,\"unanswered\":%d,"
            + "\"foundNew\":%d,\"foundOld\":%d,\"checks\":%d",
        kills, bootKills, sent, answered, unanswered, foundNew, foundOld, checks);
  }
}
