package org.caravanserai.objects;

import java.util.Map;

/**
 * The fields of an object in both forms in which they are written.
 *
 * @param fields as JSON has them: texts, numbers, booleans, lists and maps of these
 * @param yaml as files have them
 */
public record WrittenForms(Map<String, Object> fields, String yaml) {}
