# SPDX-License-Identifier: BSD-2-Clause
# The network room: SCTP, M3UA, SCCP, captures, and the simulated radio. A convenience library, not installed.
noinst_LTLIBRARIES += libiuplusnet.la
IUPLUS_IU_SOURCES = \
	src/net/iu.c src/net/iu.h src/net/iu_destination.c src/net/iu_internal.h src/net/iu_log.c src/net/iu_peer.c \
	src/net/m3ua.c src/net/m3ua.h src/net/m3ua_asp.c src/net/m3ua_codec.c src/net/m3ua_internal.h src/net/m3ua_names.c \
	src/net/m3ua_out.c src/net/m3ua_sgp.c \
	src/net/sccp.c src/net/sccp.h src/net/sccp_codec.c src/net/sccp_cl.c src/net/sccp_cl_send.c src/net/sccp_names.c \
	src/net/sccp_reassembly.c src/net/sccp_scmg.c src/net/sccp_table.c src/net/sccp_internal.h \
	src/net/sctp.c src/net/sctp.h src/net/sctp_internal.h src/net/sctp_kernel.c src/net/sctp_usrsctp.c
libiuplusnet_la_SOURCES = $(IUPLUS_IU_SOURCES) src/net/capture.c src/net/capture.h src/net/capture_read.c \
	src/net/radio.c src/net/radio.h src/net/radio_am.c src/net/radio_cipher.c src/net/radio_internal.h src/net/radio_pdu.c
libiuplusnet_la_CPPFLAGS = $(AM_CPPFLAGS)
libiuplusnet_la_CFLAGS = $(AM_CFLAGS) $(USRSCTP_CFLAGS)
libiuplusnet_la_LIBADD = $(SCTP_LIBS) $(USRSCTP_LIBS)

IUPLUS_NET_TESTS = test/unit/test_net_m3ua test/unit/test_net_sccp test/unit/test_net_capture test/unit/test_net_iu \
	test/unit/test_net_routes test/unit/test_net_sctp test/unit/test_net_memory
check_PROGRAMS += $(IUPLUS_NET_TESTS)
TESTS += $(IUPLUS_NET_TESTS) test/unit/test_net_kernel.sh
EXTRA_DIST += doc/iu.md test/uml-run test/uml_xstate.c test/unit/test_net_kernel.sh
test_unit_test_net_m3ua_SOURCES = test/unit/test_net_m3ua.c test/unit/test_net.h
test_unit_test_net_m3ua_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_sccp_SOURCES = test/unit/test_net_sccp.c test/unit/test_net.h
test_unit_test_net_sccp_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_capture_SOURCES = test/unit/test_net_capture.c test/unit/test_net.h
test_unit_test_net_capture_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_iu_SOURCES = test/unit/test_net_iu.c test/unit/test_net.h
test_unit_test_net_iu_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_routes_SOURCES = test/unit/test_net_routes.c test/unit/test_net.h
test_unit_test_net_routes_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_sctp_SOURCES = test/unit/test_net_sctp.c test/unit/test_net.h
test_unit_test_net_sctp_LDADD = libiuplusnet.la $(CUNIT_LIBS)
test_unit_test_net_memory_SOURCES = test/unit/test_net_memory.c test/unit/test_net.h test/fuzz/failing.c test/fuzz/failing.h
test_unit_test_net_memory_CPPFLAGS = $(AM_CPPFLAGS) -DFAILING_WRAPPED
test_unit_test_net_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
test_unit_test_net_memory_LDADD = libiuplusnet.la $(CUNIT_LIBS)

check_PROGRAMS += test/unit/test_radio
TESTS += test/unit/test_radio
test_unit_test_radio_SOURCES = test/unit/test_radio.c
test_unit_test_radio_LDADD = libiuplusnet.la libiuplus.la $(CUNIT_LIBS)
test_unit_test_radio_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc

# Three of them without sanitizers: a user-mode kernel gives its programs too little address space for them.
check_PROGRAMS += test/unit/test_net_iu_kernel
test_unit_test_net_iu_kernel_SOURCES = test/unit/test_net_iu.c test/unit/test_net.h $(IUPLUS_IU_SOURCES)
test_unit_test_net_iu_kernel_CFLAGS = -std=gnu11 $(WARN_CFLAGS) $(USRSCTP_CFLAGS)
test_unit_test_net_iu_kernel_LDFLAGS =
test_unit_test_net_iu_kernel_LDADD = $(SCTP_LIBS) $(USRSCTP_LIBS) $(CUNIT_LIBS)
check_PROGRAMS += test/unit/test_net_routes_kernel
test_unit_test_net_routes_kernel_SOURCES = test/unit/test_net_routes.c test/unit/test_net.h $(IUPLUS_IU_SOURCES)
test_unit_test_net_routes_kernel_CFLAGS = -std=gnu11 $(WARN_CFLAGS) $(USRSCTP_CFLAGS)
test_unit_test_net_routes_kernel_LDFLAGS =
test_unit_test_net_routes_kernel_LDADD = $(SCTP_LIBS) $(USRSCTP_LIBS) $(CUNIT_LIBS)
check_PROGRAMS += test/unit/test_net_sctp_kernel
test_unit_test_net_sctp_kernel_SOURCES = test/unit/test_net_sctp.c test/unit/test_net.h $(IUPLUS_IU_SOURCES)
test_unit_test_net_sctp_kernel_CFLAGS = -std=gnu11 $(WARN_CFLAGS) $(USRSCTP_CFLAGS)
test_unit_test_net_sctp_kernel_LDFLAGS =
test_unit_test_net_sctp_kernel_LDADD = $(SCTP_LIBS) $(USRSCTP_LIBS) $(CUNIT_LIBS)
