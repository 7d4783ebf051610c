# SPDX-License-Identifier: BSD-2-Clause
noinst_HEADERS += test/unit/cunit_main.h
include test/fuzz/local.mk
include $(top_srcdir)/test/bench/local.mk
include $(top_srcdir)/test/official/local.mk
include test/lint/local.mk
include test/model/local.mk
include test/conformance/local.mk
include test/interop/local.mk

# Independent reference implementations: Erlang's asn1 on the modules, and a checker of captures without code of the library.
TESTS += test/oracle/roundtrip.sh test/oracle/captures.sh
ONCE_TESTS += test/oracle/crypto.sh test/oracle/vectors.sh test/oracle/tshark.sh test/oracle/osmo.sh
EXTRA_DIST += test/vectors/pdus-public.tsv test/oracle/vectors.sh test/oracle/README.md test/oracle/vectors.py \
	test/oracle/osmo.sh test/oracle/osmo.py test/oracle/osmo_tables.pl \
	test/oracle/crypto.sh test/oracle/roundtrip.sh test/oracle/tshark.sh test/oracle/captures.sh test/oracle/setup.sh \
	test/oracle/build.sh test/oracle/modules.py test/oracle/oracle test/oracle/oracle.erl test/oracle/roundtrip.py \
	test/oracle/tshark.py test/oracle/umts_crypto.py test/oracle/capture.py test/oracle/check_capture.py test/oracle/scenarios.py

if HAVE_OSMO_RANAP
check_PROGRAMS += test/oracle/osmo_ranap
endif
test_oracle_osmo_ranap_SOURCES = test/oracle/osmo_ranap.c
test_oracle_osmo_ranap_CPPFLAGS = -I$(top_builddir) $(OSMO_RANAP_CFLAGS)
test_oracle_osmo_ranap_LDADD = $(OSMO_RANAP_LIBS)
test/oracle/osmo_ranap-osmo_ranap.$(OBJEXT): test/oracle/osmo_tables.h
test/oracle/osmo_tables.h: $(asn1_own_ranap) $(top_srcdir)/test/oracle/osmo_tables.pl
	$(AM_V_GEN)$(MKDIR_P) test/oracle && $(PERL) $(top_srcdir)/test/oracle/osmo_tables.pl $(OSMO_RANAP_INCLUDE) \
		$(asn1_own_ranap) > $@.new && mv $@.new $@
CLEANFILES += test/oracle/osmo_tables.h

clean-local:
	rm -rf test/oracle/db test/oracle/db.log test/oracle/db.lock test/official/build test/official/db

# Captures of the code before the change of procedures, for what judges captures.
EXTRA_DIST += test/captures/before/README.md \
	test/captures/before/n01-uea0-target.pcapng test/captures/before/n02-no-encryption-chosen.pcapng \
	test/captures/before/n03-one-connection-identifier.pcapng test/captures/before/n05-location-of-the-target.pcapng \
	test/captures/before/n07-number-of-a-failed-command.pcapng test/captures/before/n08-cancel-after-execution.pcapng \
	test/captures/before/n10-answer-while-releasing.pcapng test/captures/before/n11-no-container.pcapng \
	test/captures/before/n12-container-00.pcapng test/captures/before/n12-container-ff.pcapng \
	test/captures/before/legacy-legacy-legacy.pcapng test/captures/before/legacy-legacy-enhanced.pcapng \
	test/captures/before/legacy-enhanced-legacy.pcapng test/captures/before/legacy-enhanced-enhanced.pcapng \
	test/captures/before/enhanced-legacy-legacy.pcapng test/captures/before/enhanced-legacy-enhanced.pcapng \
	test/captures/before/enhanced-enhanced-legacy.pcapng test/captures/before/enhanced-enhanced-enhanced.pcapng
