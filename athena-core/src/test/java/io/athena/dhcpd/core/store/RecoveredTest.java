package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a store says of exclusions, sound and damaged ones. */
class RecoveredTest {

    @Test
    void anExclusionThatCannotBeReadIsStillSaidToBeOne() {
        Exclusion sound = new Exclusion(new Ipv4(7), "a printer", "root", 1);
        Images exclusions = new Images();
        exclusions.add(7, 1, sound.encode());
        exclusions.add(8, 2, null);
        exclusions.add(9, 3, new byte[0]);
        Map<Integer, byte[]> visited = new TreeMap<>();
        new Recovered(new Images(), new Images(), exclusions, List.of(8), false, 0, 3, List.of())
                .forEachExclusion(visited::put);
        assertThat(visited).containsOnlyKeys(7, 8).containsEntry(7, sound.encode());
        assertThatThrownBy(() -> Exclusion.decode(visited.get(8))).isInstanceOf(CorruptRecordException.class);
    }
}
