package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BindUpdaterTest extends RealServerContract {

    BindUpdaterTest() {
        super(NameServer.Kind.BIND);
    }

    /** Else each repetition would send the zone to all its secondaries. */
    @Test
    void whatIsThereAlreadyChangesNoSerialNumber() throws Exception {
        NameRecord record = new NameRecord(name, FIRST, ann);
        PointerRecord pointer = new PointerRecord("5.9.10.10.in-addr.arpa", name);
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            for (boolean useDhcid : new boolean[] {true, false}) {
                UpdateRules rules = new UpdateRules(TTL, policy, useDhcid);
                try (ZoneUpdater forward = updater(forwardZone(), rules);
                        ZoneUpdater reverse = updater(REVERSE, rules)) {
                    forward.add(record);
                    reverse.point(pointer);
                    List<String> forwardSerial = standing(forwardZone(), "SOA");
                    List<String> reverseSerial = standing(REVERSE, "SOA");

                    assertThat(forward.add(record)).isEqualTo(Outcome.DONE);
                    assertThat(reverse.point(pointer)).isEqualTo(Outcome.DONE);

                    String how = policy + ", DHCID " + useDhcid;
                    assertThat(standing(forwardZone(), "SOA")).as(how).isEqualTo(forwardSerial);
                    assertThat(standing(REVERSE, "SOA")).as(how).isEqualTo(reverseSerial);

                    forward.remove(record);
                    forwardSerial = standing(forwardZone(), "SOA");
                    forward.remove(record);
                    assertThat(standing(forwardZone(), "SOA")).as(how).isEqualTo(forwardSerial);
                }
            }
        }
    }

    @Test
    void whoLosesANameToWhomIsTold() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Takeovers.class);
        lines.start();
        log.addAppender(lines);
        UpdateRules overwrite = new UpdateRules(TTL, ConflictPolicy.OVERWRITE, true);
        try (ZoneUpdater zone =
                Rfc2136Updater.of(forwardZone(), server().target(), overwrite, new LongMinute(), PATIENCE)) {
            zone.add(new NameRecord(name, FIRST, ann));
            zone.add(new NameRecord(name, SECOND, ann));
            assertThat(lines.list).as("nobody loses anything").isEmpty();
            for (int i = 0; i < 20; i++) {
                zone.add(new NameRecord(name, SECOND, bob));
                zone.add(new NameRecord(name, FIRST, ann));
            }
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(10).allMatch(line -> line.getLevel() == Level.WARN);
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains(name, "[10.10.0.6]", bob.toString())
                .contains(Dhcid.of(ann, name).toBase64(), Dhcid.of(bob, name).toBase64());
    }

    /** The machine's clocks, by which no minute ends in a test: lines are counted by the minute. */
    private static final class LongMinute implements TimeSource {

        @Override
        public long epochSeconds() {
            return TimeSource.system().epochSeconds();
        }

        @Override
        public long nanoTime() {
            return TimeSource.system().nanoTime() / 100;
        }
    }
}
