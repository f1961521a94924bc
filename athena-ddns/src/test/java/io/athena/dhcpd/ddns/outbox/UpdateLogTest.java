package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UpdateLogTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(UpdateLog.class);
    private final Meters meters = new Meters();
    private final UpdateLog log = new UpdateLog(meters, TimeSource.system());

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aNameThatIsRefusedAgainAndAgainIsToldOfOnceForEachReason() {
        OutboxFixture dns = new OutboxFixture();
        dns.changed(5, null, name("pc", "a"));
        NameOp op = Objects.requireNonNull(dns.outbox.next(dns.nanos));
        DnsFailure other = new DnsFailure(DnsFailure.Reach.NAME, "it is another zone's", null);
        for (int attempt = 0; attempt < 5; attempt++) {
            log.nameFailed(op, OutboxFixture.refusal());
        }
        log.nameFailed(op, other);
        assertThat(warnings())
                .containsExactly(
                        "The name server ns-forward refuses pc.example.net: it does not like the name",
                        "The name server ns-forward refuses pc.example.net: it is another zone's");
        assertThat(meters.counter(DhcpMeter.DDNS_UPDATES, "add", "failed").sum())
                .isEqualTo(6);
    }
}
