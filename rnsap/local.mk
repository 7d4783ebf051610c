# SPDX-License-Identifier: BSD-2-Clause
# rnsap/: RNSAP messages of Enhanced Relocation as plain structs, the answers of TS 25.423 clause 10.
pkginclude_HEADERS += include/iuplus/rnsap.h
libiuplus_la_SOURCES += rnsap/codec.c rnsap/diagnostics.c rnsap/enhanced_relocation.c \
	rnsap/enhanced_relocation_cancel.c rnsap/enhanced_relocation_release.c \
	rnsap/enhanced_relocation_signalling_transfer.c rnsap/error_indication.c rnsap/errors.c rnsap/head.c \
	rnsap/tables.c rnsap/unknown.c rnsap/values.c rnsap/values.h

check_PROGRAMS += test/unit/rnsap_print
test_unit_rnsap_print_SOURCES = test/unit/rnsap_print.c test/unit/ie_make.h test/unit/rnsap_samples.c test/unit/rnsap_samples.h
test_unit_rnsap_print_LDADD = libiuplus.la
TESTS += test/oracle/rnsap_typed.sh
ONCE_TESTS += test/oracle/rnsap_tshark
EXTRA_DIST += test/oracle/rnsap_tshark test/oracle/rnsap_typed.py test/oracle/rnsap_typed.sh

if HAVE_CUNIT
check_PROGRAMS += test/unit/test_rnsap test/unit/test_rnsap_errors
TESTS += test/unit/test_rnsap test/unit/test_rnsap_errors
test_unit_test_rnsap_SOURCES = test/unit/test_rnsap.c test/unit/ie_make.h test/unit/rnsap_samples.c \
	test/unit/rnsap_samples.h
test_unit_test_rnsap_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_rnsap_errors_SOURCES = test/unit/test_rnsap_errors.c test/unit/ie_make.h test/unit/rnsap_samples.c \
	test/unit/rnsap_samples.h
test_unit_test_rnsap_errors_LDADD = libiuplus.la $(CUNIT_LIBS)
endif
