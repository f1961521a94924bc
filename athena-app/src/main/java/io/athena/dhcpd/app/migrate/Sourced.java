package io.athena.dhcpd.app.migrate;

/** A value and where it was written. */
record Sourced<T>(Place place, T value) {}
