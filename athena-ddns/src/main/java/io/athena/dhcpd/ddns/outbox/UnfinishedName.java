package io.athena.dhcpd.ddns.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not done yet about the names of one address, for people.
 *
 * @param ip the address
 * @param wanted the name it is to have in DNS, or null
 * @param conflict whether that name is somebody else's
 * @param leaving names that have to go
 */
public record UnfinishedName(String ip, @Nullable String wanted, boolean conflict, List<String> leaving) {

    static UnfinishedName of(NameWork work) {
        HeldName wanted = work.wanted();
        boolean open = wanted != null && work.stage() != NameWork.Stage.DONE;
        return new UnfinishedName(
                work.address().toString(),
                open ? wanted.fqdn() : null,
                work.stage() == NameWork.Stage.FOREIGN,
                work.leftovers().stream()
                        .map(leftover -> leftover.name().fqdn())
                        .distinct()
                        .toList());
    }
}
