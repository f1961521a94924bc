package io.athena.dhcpd.app.cli;

/** Bytes given on the command line, which takes an array for several values. */
public record Bytes(byte[] value) {}
