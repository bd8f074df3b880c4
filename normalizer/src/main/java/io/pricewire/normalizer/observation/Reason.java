package io.pricewire.normalizer.observation;

/**
 * One thing that is wrong with a record.
 *
 * @param code the code in the API: lower case, stable
 * @param detail what was found and what is accepted, for a person
 */
public record Reason(String code, String detail) {}
