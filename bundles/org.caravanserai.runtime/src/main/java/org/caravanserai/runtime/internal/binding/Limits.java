package org.caravanserai.runtime.internal.binding;

/**
 * How large a document may be in its parts.
 *
 * @param depth how deep lists and objects may be nested in JSON
 * @param numberLength how many characters a number may have
 * @param formFields how many fields a form may have
 */
public record Limits(int depth, int numberLength, int formFields) {}
