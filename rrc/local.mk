# SPDX-License-Identifier: BSD-2-Clause
# rrc/: RRC messages and containers, the integrity envelope.
pkginclude_HEADERS += include/iuplus/rrc.h
libiuplus_la_SOURCES += rrc/codec.c rrc/defaults.c rrc/integrity.c rrc/map.c rrc/map.h rrc/map_connection.c \
	rrc/map_branches.c rrc/map_extension.c rrc/map_ie.c rrc/map_reconfiguration.c rrc/map_security.c rrc/srns.c \
	rrc/srns_branches.c

noinst_HEADERS += test/unit/test_rrc.h
if HAVE_CUNIT
check_PROGRAMS += test/unit/test_rrc_branches test/unit/test_rrc_dump test/unit/test_rrc_errors \
	test/unit/test_rrc_integrity test/unit/test_rrc_messages test/unit/test_rrc_traps
TESTS += test/unit/test_rrc_branches test/unit/test_rrc_errors test/unit/test_rrc_integrity \
	test/unit/test_rrc_messages test/unit/test_rrc_traps test/unit/test_rrc_tshark.sh
test_unit_test_rrc_branches_SOURCES = test/unit/test_rrc_branches.c
test_unit_test_rrc_branches_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rrc_dump_SOURCES = test/unit/test_rrc_dump.c
test_unit_test_rrc_dump_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rrc_errors_SOURCES = test/unit/test_rrc_errors.c
test_unit_test_rrc_errors_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rrc_integrity_SOURCES = test/unit/test_rrc_integrity.c
test_unit_test_rrc_integrity_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rrc_messages_SOURCES = test/unit/test_rrc_messages.c
test_unit_test_rrc_messages_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rrc_traps_SOURCES = test/unit/test_rrc_traps.c test/unit/per_util.h
test_unit_test_rrc_traps_LDADD = libiuplus.la $(CUNIT_LIBS)
test/unit/test_rrc_traps.$(OBJEXT): | $(asn1_generated_h)
endif

EXTRA_DIST += test/unit/test_rrc_tshark.sh test/vectors/rrc-branches.txt test/vectors/rrc-messages.txt
