# SPDX-License-Identifier: BSD-2-Clause
# ranap/: RANAP messages as plain structs, the answers of TS 25.413 clause 10.
pkginclude_HEADERS += include/iuplus/ranap.h include/iuplus/ranap_messages.h
libiuplus_la_SOURCES += ranap/codec.c ranap/connection.c ranap/container.c ranap/context.c ranap/criticality.c \
	ranap/criticality.h ranap/diagnostics.c ranap/diagnostics_ies.h ranap/enhanced.c ranap/errors.c \
	ranap/extensions.c ranap/fields.c ranap/fields.h ranap/identity.c ranap/information.c ranap/lists.c ranap/location.c \
	ranap/mbms.c ranap/parts.c ranap/parts.h ranap/rab.c ranap/relocated.c ranap/relocation.c ranap/resource.c \
	ranap/security.c ranap/shared.c ranap/shared.h ranap/subscriber.c ranap/tables.c ranap/values.c \
	ranap/values.h

ranap_samples = test/unit/ranap_samples.c test/unit/ranap_samples_rest.c test/unit/ranap_samples.h
check_PROGRAMS += test/unit/ranap_print
test_unit_ranap_print_SOURCES = test/unit/ranap_print.c $(ranap_samples)
test_unit_ranap_print_LDADD = libiuplus.la
TESTS += test/oracle/ranap_tshark

if HAVE_CUNIT
check_PROGRAMS += test/unit/test_ranap test/unit/test_ranap_errors test/unit/test_ranap_messages test/unit/test_ranap_pdus
TESTS += test/unit/test_ranap test/unit/test_ranap_errors test/unit/test_ranap_messages test/unit/test_ranap_pdus
test_unit_test_ranap_SOURCES = test/unit/test_ranap.c $(ranap_samples)
test_unit_test_ranap_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_errors_SOURCES = test/unit/test_ranap_errors.c test/unit/ie_make.h $(ranap_samples)
test_unit_test_ranap_errors_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_messages_SOURCES = test/unit/test_ranap_messages.c
test_unit_test_ranap_messages_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_pdus_SOURCES = test/unit/test_ranap_pdus.c
test_unit_test_ranap_pdus_LDADD = libiuplus.la $(CUNIT_LIBS)
endif

EXTRA_DIST += doc/messages.md test/oracle/ranap_tshark test/oracle/ranap_tshark.py test/vectors/ranap-messages.tsv \
	test/vectors/ranap-pdus.tsv
