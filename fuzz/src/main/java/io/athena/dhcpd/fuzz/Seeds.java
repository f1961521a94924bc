package io.athena.dhcpd.fuzz;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes dialogues for the path's fuzzer to begin with, one file each, into the folder that is named. */
public final class Seeds {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:05");
    private static final int XID = 0x1234;

    private Seeds() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ClientMessage discover = message(MessageType.DISCOVER).ask(1, 3, 6, 15, 51, 66, 67, 108, 121);
        ClientMessage relayed =
                message(MessageType.DISCOVER).giaddr(FuzzScene.RELAY).option(82, new byte[] {1, 4, 'g', 'e', '-', '1'});
        write(folder, "dialogue", List.of(discover, message(MessageType.REQUEST).option(50, Ipv4.parse("10.0.0.20"))));
        write(folder, "relayed", List.of(discover, relayed));
        write(folder, "rapid", List.of(message(MessageType.DISCOVER).option(80)));
        write(
                folder,
                "boot",
                List.of(message(MessageType.DISCOVER)
                        .option(60, new byte[] {'P', 'X', 'E'})
                        .option(93, new byte[] {0, 7})));
        write(folder, "leave", List.of(message(MessageType.RELEASE).ciaddr(Ipv4.parse("10.0.0.100"))));
        write(
                folder,
                "inform",
                List.of(message(MessageType.INFORM)
                        .ciaddr(Ipv4.parse("10.0.0.100"))
                        .ask(1, 43)));
        write(folder, "signed", List.of(message(MessageType.DISCOVER).option(90, new byte[] {
            1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1
        })));
    }

    private static ClientMessage message(MessageType type) {
        return ClientMessage.of(type, XID, MAC);
    }

    private static void write(Path folder, String name, List<ClientMessage> messages) throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (ClientMessage message : messages) {
            byte[] bytes = message.toBytes();
            input.write(bytes.length >> Byte.SIZE);
            input.write(bytes.length);
            input.write(bytes);
        }
        Files.write(folder.resolve("seed-" + name), input.toByteArray());
    }
}
