package io.athena.dhcpd.app.migrate;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The names that ISC dhcpd, Kea and dnsmasq have for options. */
final class OptionNames {

    private static final String TABLE = """
            1 subnet-mask netmask
            2 time-offset
            3 routers router
            4 time-servers
            5 ien116-name-servers name-servers
            6 domain-name-servers dns-server
            7 log-servers log-server
            8 cookie-servers
            9 lpr-servers lpr-server
            10 impress-servers
            11 resource-location-servers
            12 host-name hostname
            13 boot-size boot-file-size
            14 merit-dump
            15 domain-name
            16 swap-server
            17 root-path
            18 extensions-path extension-path
            19 ip-forwarding ip-forward-enable
            20 non-local-source-routing
            21 policy-filter
            22 max-dgram-reassembly max-datagram-reassembly
            23 default-ip-ttl default-ttl
            24 path-mtu-aging-timeout
            25 path-mtu-plateau-table
            26 interface-mtu mtu
            27 all-subnets-local
            28 broadcast-address broadcast
            29 perform-mask-discovery
            30 mask-supplier
            31 router-discovery
            32 router-solicitation-address router-solicitation
            33 static-routes static-route
            34 trailer-encapsulation
            35 arp-cache-timeout arp-timeout
            36 ieee802-3-encapsulation ethernet-encap
            37 default-tcp-ttl tcp-ttl
            38 tcp-keepalive-interval tcp-keepalive
            39 tcp-keepalive-garbage
            40 nis-domain
            41 nis-servers nis-server
            42 ntp-servers ntp-server
            43 vendor-encapsulated-options vendor-encap
            44 netbios-name-servers netbios-ns
            45 netbios-dd-server netbios-dd
            46 netbios-node-type netbios-nodetype
            47 netbios-scope
            48 font-servers x-windows-fs
            49 x-display-manager x-windows-dm
            50 dhcp-requested-address requested-address
            51 dhcp-lease-time lease-time
            52 dhcp-option-overload option-overload
            53 dhcp-message-type message-type
            54 dhcp-server-identifier server-identifier
            55 dhcp-parameter-request-list parameter-request
            56 dhcp-message message
            57 dhcp-max-message-size max-message-size
            58 dhcp-renewal-time t1
            59 dhcp-rebinding-time t2
            60 vendor-class-identifier vendor-class
            61 dhcp-client-identifier client-id
            62 nwip-domain nwip-domain-name
            63 nwip-suboptions
            64 nisplus-domain nisplus-domain-name nis+-domain
            65 nisplus-servers nis+-server
            66 tftp-server-name tftp-server
            67 bootfile-name boot-file-name
            68 mobile-ip-home-agent mobile-ip-home
            69 smtp-server
            70 pop-server pop3-server
            71 nntp-server
            72 www-server
            73 finger-server
            74 irc-server
            75 streettalk-server
            76 streettalk-directory-assistance-server
            77 user-class
            78 slp-directory-agent
            79 slp-service-scope
            80 rapid-commit
            81 fqdn
            82 relay-agent-information dhcp-agent-options agent-id
            85 nds-servers
            86 nds-tree-name
            87 nds-context
            88 bcms-controller-names
            89 bcms-controller-address
            91 client-last-transaction-time
            92 associated-ip
            93 pxe-system-type client-system client-arch
            94 pxe-interface-id client-ndi client-interface-id
            97 pxe-client-id uuid-guid client-machine-id
            98 uap-servers
            99 geoconf-civic
            100 pcode posix-timezone
            101 tcode tzdb-timezone
            108 v6-only-preferred ipv6-only
            112 netinfo-server-address
            113 netinfo-server-tag
            114 default-url v4-captive-portal
            116 auto-config
            117 name-service-search
            118 subnet-selection subnet-select
            119 domain-search
            120 sip-server
            121 classless-static-route classless-static-routes
            124 vivco vivco-suboptions
            125 vivso vivso-suboptions vendor-id-encap
            136 pana-agent
            137 v4-lost
            138 capwap-ac-v4
            141 sip-ua-cs-domains
            142 ipv4-address-andsf
            146 rdnss-selection
            150 tftp-server-address
            159 v4-portparams
            209 loader-configfile
            210 loader-pathprefix
            211 loader-reboottime
            212 option-6rd
            213 v4-access-domain
            """;

    private final Map<String, Integer> codes = new HashMap<>();

    OptionNames() {
        for (String line : TABLE.lines().toList()) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                codes.put(words[i], Integer.valueOf(words[0]));
            }
        }
    }

    /** The code of a name, or of a number of 1 to 254. */
    OptionalInt code(String name) {
        Integer code = codes.get(name.toLowerCase(Locale.ROOT));
        if (code != null) {
            return OptionalInt.of(code);
        }
        boolean number = name.matches("[0-9]{1,3}") && Integer.parseInt(name) >= 1 && Integer.parseInt(name) <= 254;
        return number ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }
}
