package io.athena.dhcpd.app.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;

/** What a client of the control socket may ask; the member {@code verb} tells which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verb")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlRequest.Status.class, name = "status"),
    @JsonSubTypes.Type(value = ControlRequest.PageLeases.class, name = "leases.page"),
    @JsonSubTypes.Type(value = ControlRequest.FindLease.class, name = "leases.find"),
    @JsonSubTypes.Type(value = ControlRequest.Standing.class, name = "standing"),
    @JsonSubTypes.Type(value = ControlRequest.ImportLeases.class, name = "leases.import")
})
public sealed interface ControlRequest {

    /** How the server is doing; answered with {@link ControlReply.Status}. */
    record Status() implements ControlRequest {}

    /** Leases from a cursor on, at first 0; answered with {@link ControlReply.Leases}. */
    record PageLeases(long cursor, int limit) implements ControlRequest {}

    /** The lease of one address; answered with {@link ControlReply.Leases} of none or one. */
    record FindLease(String ip) implements ControlRequest {
        public FindLease {
            Objects.requireNonNull(ip, "ip");
        }
    }

    /** What stands in one link besides leases, from a cursor on, at first 0; answered with {@link ControlReply.Standing}. */
    record Standing(long cursor) implements ControlRequest {}

    /** Leases to take over, at most a page of them; answered with {@link ControlReply.Imported}. */
    record ImportLeases(List<LeaseRow> leases) implements ControlRequest {
        public ImportLeases {
            leases = List.copyOf(leases);
        }
    }
}
