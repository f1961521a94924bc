package io.athena.dhcpd.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.EngineFixture.Client;
import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the policy is asked, what it is told, and what becomes of its answer. */
class LeaseNamesTest {

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.100");

    private final EngineFixture net = new EngineFixture();
    private final Client client = net.client(1);
    private final List<String> owns = new ArrayList<>();
    private final List<@Nullable String> disclaimed = new ArrayList<>();

    /** Gives this name, and notes what it is told of the client's own lease. */
    private void naming(Name name) {
        net.names = new NamePolicy() {
            @Override
            public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
                owns.add(own == null ? "none" : own.state() + " " + own.fqdn());
                return name;
            }

            @Override
            public void disclaim(Lease lease) {
                disclaimed.add(lease.fqdn());
            }

            @Override
            public Name stored(Lease lease) {
                return new Name(lease.fqdn(), true, lease.nameDecision(), NameGround.STORED);
            }
        };
    }

    private static Name name(String fqdn) {
        return new Name(fqdn, true, new byte[] {1, 1}, NameGround.CLIENT);
    }

    private Lease stored() {
        return Objects.requireNonNull(net.engine.records().find(FIRST), "no record");
    }

    private static Name told(Answer answer) {
        return answer instanceof Answer.Granted granted
                ? granted.assignment().name()
                : ((Answer.Committing) answer).assignment().name();
    }

    @Test
    void thePolicyIsToldOfTheClientsOwnLeaseOfThisAddressOnly() {
        naming(name("a.example"));
        client.lease();
        client.renew("10.0.0.100");
        net.sync();
        client.release("10.0.0.100");
        client.lease();
        assertThat(owns).containsExactly("none", "ACTIVE a.example", "RELEASED a.example");
    }

    @Test
    void anOfferSaysTheNameToWhoSendsOption81AndNobodyElseIsAskedAbout() {
        naming(name("a.example"));
        client.discover();
        assertThat(owns).isEmpty();
        client.fqdn = new ClientFqdn(true, false, true, new byte[0], "a", false);
        Answer.Offered offer = (Answer.Offered) client.discover();
        assertThat(offer.assignment().name().fqdn()).isEqualTo("a.example");
    }

    @Test
    void theNameOfALeaseThatCannotBeWrittenIsGivenBack() {
        naming(name("a.example"));
        net.journal.writable = false;
        client.select(EngineFixture.offered(client.discover()));
        assertThat(disclaimed).containsExactly("a.example");
        net.journal.writable = true;
        client.select(EngineFixture.offered(client.discover()));
        net.failDisk();
        assertThat(disclaimed).containsExactly("a.example", "a.example");
        client.lease();
        assertThat(disclaimed).hasSize(2);
    }

    @Test
    void noNameClearsWhatTheLeaseSaysAndNoDecisionKeepsIt() {
        naming(name("a.example"));
        client.lease();
        naming(Name.UNCHANGED);
        assertThat(told(client.renew("10.0.0.100")).isDecided()).isFalse();
        net.sync();
        assertThat(stored().fqdn()).isEqualTo("a.example");
        assertThat(stored().nameDecision()).containsExactly(1, 1);
        net.names = NamePolicy.NONE;
        client.renew("10.0.0.100");
        net.sync();
        assertThat(stored().fqdn()).isEqualTo("a.example");
        naming(Name.NONE);
        assertThat(told(client.renew("10.0.0.100"))).isEqualTo(Name.NONE);
        net.sync();
        assertThat(stored().fqdn()).isNull();
        assertThat(stored().nameDecision()).isNull();
    }

    @Test
    void aNewHolderOfAnAddressNeverInheritsTheNameOfTheLast() {
        naming(name("a.example"));
        client.lease();
        client.release("10.0.0.100");
        net.names = NamePolicy.NONE;
        EngineFixture.Client other = net.client(2);
        EngineFixture.granted(other.select(FIRST));
        net.sync();
        assertThat(stored().key()).isEqualTo(other.key);
        assertThat(stored().fqdn()).isNull();
    }

    @Test
    void aGrantThatCannotBeWrittenTellsTheNameThatIsOnRecord() {
        naming(name("a.example"));
        client.lease();
        naming(name("b.example"));
        net.journal.writable = false;
        assertThat(told(client.renew("10.0.0.100")).fqdn()).isEqualTo("a.example");
    }

    @Test
    void whereNobodyDecidesNobodyIsAskedOfStoredNamesEither() {
        naming(name("a.example"));
        client.lease();
        net.names = NamePolicy.NONE;
        net.journal.writable = false;
        assertThat(told(client.renew("10.0.0.100"))).isEqualTo(Name.UNCHANGED);
    }
}
