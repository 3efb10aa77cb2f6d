package org.caravanserai.objects.internal.kind;

/** An object in operation, whatever its kind. */
public interface Operation {

  /**
   * Takes over a changed record.
   *
   * @param object a record of its kind
   */
  void replace(Record object) throws Exception;

  /** It has been taken out of the configuration, and ends next. */
  void removed();

  /** Ends it. */
  void close();
}
