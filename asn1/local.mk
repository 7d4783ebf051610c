# SPDX-License-Identifier: BSD-2-Clause
# From the modules to C: asn1/step/ and asn1c (asn1/README.md), then the PER engine over it.
AM_CPPFLAGS += -isystem $(ASN1C_SKELETONS)

asn1_own_ranap = $(sort $(wildcard $(top_srcdir)/asn1/ranap/*.asn $(top_srcdir)/asn1/iuplus/IUPLUS-RANAP-*.asn) \
	$(top_srcdir)/asn1/iuplus/IUPLUS-Constants.asn)
asn1_own_rrc = $(sort $(wildcard $(top_srcdir)/asn1/rrc/*.asn $(top_srcdir)/asn1/iuplus/IUPLUS-RRC-*.asn))
asn1_own_rnsap = $(sort $(wildcard $(top_srcdir)/asn1/rnsap/*.asn))
asn1_change_requests = $(top_srcdir)/patches/25413-ranap.diff $(top_srcdir)/patches/25331-rrc.diff

if ASN1_OFFICIAL
# a copy of 3GPP's complete modules with the change requests applied
asn1_ranap_modules = $(addprefix asn1/official/25413-ranap/RANAP-,\
	CommonDataTypes.asn Constants.asn Containers.asn IEs.asn PDU-Contents.asn PDU-Descriptions.asn)
asn1_rnsap_modules = $(addprefix asn1/official/25423-rnsap/RNSAP-,\
	CommonDataTypes.asn Constants.asn Containers.asn IEs.asn PDU-Contents.asn PDU-Descriptions.asn)
asn1_rrc_modules = $(addprefix asn1/official/25331-rrc/,\
	Class-definitions.asn Constant-definitions.asn InformationElements.asn Internode-definitions.asn PDU-definitions.asn)
asn1/official.stamp: $(wildcard $(ASN1_3GPP)/*/*.asn) $(asn1_change_requests) $(top_srcdir)/asn1/step/official.sh
	$(AM_V_GEN)$(MKDIR_P) asn1 && PATCH='$(PATCH)' $(SHELL) $(top_srcdir)/asn1/step/official.sh '$(ASN1_3GPP)' $(top_srcdir)/patches \
		asn1/official && touch $@
$(asn1_ranap_modules) $(asn1_rnsap_modules) $(asn1_rrc_modules): asn1/official.stamp ;
CLEANFILES += asn1/official.stamp $(asn1_ranap_modules) $(asn1_rnsap_modules) $(asn1_rrc_modules)
else
asn1_ranap_modules = $(asn1_own_ranap)
asn1_rnsap_modules = $(asn1_own_rnsap)
asn1_rrc_modules = $(asn1_own_rrc)
endif
asn1_steps = $(top_srcdir)/asn1/step/generate.sh $(top_srcdir)/asn1/step/resolve.pl $(top_srcdir)/asn1/step/Asn1Parse.pm \
	$(top_srcdir)/asn1/step/Asn1Imports.pm $(top_srcdir)/asn1/step/Asn1Emit.pm $(top_srcdir)/asn1/step/merge.pl
asn1_generate = $(AM_V_GEN)$(MKDIR_P) asn1 && PERL='$(PERL)' ASN1C='$(ASN1C)' ASN1C_SKELETONS='$(ASN1C_SKELETONS)' \
	$(SHELL) $(top_srcdir)/asn1/step/generate.sh

asn1_ranap_c = asn1/gen-ranap-1.c asn1/gen-ranap-tables.c
asn1_rnsap_c = asn1/gen-rnsap-1.c asn1/gen-rnsap-tables.c
asn1_rrc_c = asn1/gen-rrc-1.c asn1/gen-rrc-2.c asn1/gen-rrc-tables.c
asn1_generated_c = $(asn1_ranap_c) $(asn1_rnsap_c) $(asn1_rrc_c) asn1/gen-types.c asn1/gen-runtime.c
asn1_generated_h = asn1/gen-ranap.h asn1/gen-rnsap.h asn1/gen-rrc.h asn1/gen-types.h

asn1_plain = asn1/gen-ranap.asn1 asn1/gen-rnsap.asn1 asn1/gen-rrc.asn1
asn1_tests_o = test/unit/test_per.$(OBJEXT) test/unit/test_per_ie.$(OBJEXT)

# A stamp represents all files of its step.
asn1/gen-ranap.stamp: $(asn1_ranap_modules) $(asn1_steps)
	$(asn1_generate) RANAP 1 asn1 $(asn1_ranap_modules) && touch $@
asn1/gen-rnsap.stamp: $(asn1_rnsap_modules) $(asn1_steps)
	$(asn1_generate) RNSAP 1 asn1 $(asn1_rnsap_modules) && touch $@
asn1/gen-rrc.stamp: $(asn1_rrc_modules) $(asn1_steps)
	$(asn1_generate) RRC 2 asn1 $(asn1_rrc_modules) && touch $@
asn1/gen-types.stamp: asn1/gen-ranap.stamp asn1/gen-rnsap.stamp asn1/gen-rrc.stamp
	$(AM_V_GEN)$(PERL) $(top_srcdir)/asn1/step/merge.pl types asn1/gen-types $(asn1_plain) && touch $@
$(asn1_ranap_c) asn1/gen-ranap.h asn1/gen-ranap.asn1: asn1/gen-ranap.stamp ;
$(asn1_rnsap_c) asn1/gen-rnsap.h asn1/gen-rnsap.asn1: asn1/gen-rnsap.stamp ;
$(asn1_rrc_c) asn1/gen-rrc.h asn1/gen-rrc.asn1: asn1/gen-rrc.stamp ;
asn1/gen-types.c asn1/gen-types.h: asn1/gen-types.stamp ;
asn1/gen-runtime.c: $(top_srcdir)/asn1/step/merge.pl
	$(AM_V_GEN)$(MKDIR_P) asn1 && $(PERL) $(top_srcdir)/asn1/step/merge.pl runtime $@ '$(ASN1C_SKELETONS)'

# Data and asn1c's own runtime: without the project's warnings and sanitizers, and quick to compile.
noinst_LTLIBRARIES += asn1/libasn1gen.la
asn1_libasn1gen_la_SOURCES =
nodist_asn1_libasn1gen_la_SOURCES = $(asn1_generated_c)
asn1_libasn1gen_la_CFLAGS = -std=gnu11 -fvisibility=hidden -w -O1 $(HARDEN_CFLAGS)

# The PER engine, and values as text: JSON, XER, and a map of every bit.
asn1_engine = asn1/per/arena.c asn1/per/arena.h asn1/per/asn1.c asn1/per/per.h asn1/per/per_build.c asn1/per/per_decode.c \
	asn1/per/per_decode_ie.c asn1/per/per_decode_steps.c asn1/per/per_encode.c asn1/per/per_encode_ie.c \
	asn1/per/per_encode_steps.c asn1/per/per_in.c asn1/per/per_in.h asn1/per/per_out.c asn1/per/per_out.h asn1/per/per_steps.c \
	asn1/per/per_strings.h asn1/per/per_tables.h asn1/per/per_types.h asn1/per/per_words.h asn1/per/typed.c \
	asn1/per/typed.h asn1/text/json.c
asn1_text = asn1/text/containing.c asn1/text/containing.h asn1/text/explain.c asn1/text/explain.h asn1/text/explain_bits.c \
	asn1/text/json_in.c asn1/text/json_in.h asn1/text/json_parse.c asn1/text/walk.c asn1/text/xer_in.c
libiuplus_la_SOURCES += $(asn1_engine) $(asn1_text)
# The engine's small functions pass addresses of their variables, but have few arrays: guarding frames without arrays
# would cost 4 % of the instructions of a PDU.
$(patsubst %.c,%.lo,$(filter asn1/per/%.c,$(asn1_engine))): HARDEN_CFLAGS := $(filter-out -fstack-protector-strong,$(HARDEN_CFLAGS)) \
	$(if $(filter -fstack-protector-strong,$(HARDEN_CFLAGS)),-fstack-protector)
AM_CPPFLAGS += $(JANSSON_CFLAGS)
libiuplus_la_LIBADD += asn1/libasn1gen.la $(JANSSON_LIBS)
pkginclude_HEADERS += include/iuplus/asn1.h include/iuplus/asn1_text.h
# The C structs: what <iuplus/asn1.h> decodes to.
asn1includedir = $(pkgincludedir)/asn1
asn1include_HEADERS = include/iuplus/asn1/types.h
nodist_asn1include_HEADERS = $(asn1_generated_h)
BUILT_SOURCES += $(asn1_generated_h)
# for a make of one target, which does not build BUILT_SOURCES first
$(libiuplus_la_OBJECTS) $(asn1_libasn1gen_la_OBJECTS) $(asn1_tests_o): | $(asn1_generated_h)
CLEANFILES += $(asn1_generated_c) $(asn1_generated_h) $(asn1_plain) \
	asn1/gen-ranap.stamp asn1/gen-rnsap.stamp asn1/gen-rrc.stamp asn1/gen-types.stamp
EXTRA_DIST += asn1/README.md asn1/step/generate.sh asn1/step/resolve.pl asn1/step/Asn1Parse.pm asn1/step/Asn1Imports.pm \
	asn1/step/Asn1Emit.pm asn1/step/merge.pl asn1/step/official.sh $(asn1_own_ranap) $(asn1_own_rnsap) $(asn1_own_rrc) $(asn1_change_requests) patches/README.md \
	patches/25331-text.md patches/25413-text.md patches/25423-text.md

# Wrong IMPORTS are rejected.
ONCE_TESTS += test/unit/test_asn1_imports.sh
EXTRA_DIST += test/unit/test_asn1_imports.sh

# A helper of the oracle tests: octets in, octets and value out (test/oracle/).
check_PROGRAMS += test/oracle/per_json
test_oracle_per_json_SOURCES = test/oracle/per_json.c
test_oracle_per_json_LDADD = libiuplus_all.la

if HAVE_CUNIT
asn1_tests = test/unit/test_arena test/unit/test_per test/unit/test_per_ie test/unit/test_per_hostile test/unit/test_per_values
check_PROGRAMS += $(asn1_tests)
TESTS += $(asn1_tests)
endif
test_unit_test_arena_SOURCES = test/unit/test_arena.c
test_unit_test_arena_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_per_SOURCES = test/unit/test_per.c test/unit/per_util.h
test_unit_test_per_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_per_ie_SOURCES = test/unit/test_per_ie.c test/unit/per_util.h
test_unit_test_per_ie_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_per_hostile_SOURCES = test/unit/test_per_hostile.c test/unit/per_samples.h test/unit/per_util.h test/unit/seed.h
test_unit_test_per_hostile_LDADD = libiuplus.la $(CUNIT_LIBS)

# The engine with the tables of a module of its own.
asn1_values_c = test/unit/per/gen-test-1.c test/unit/per/gen-test-tables.c test/unit/per/gen-types.c
test/unit/per/gen-test.stamp: $(top_srcdir)/test/unit/TEST-Values.asn $(asn1_steps)
	$(AM_V_GEN)$(MKDIR_P) test/unit/per && PERL='$(PERL)' ASN1C='$(ASN1C)' ASN1C_SKELETONS='$(ASN1C_SKELETONS)' \
		$(SHELL) $(top_srcdir)/asn1/step/generate.sh TEST 1 test/unit/per $(top_srcdir)/test/unit/TEST-Values.asn && \
		$(PERL) $(top_srcdir)/asn1/step/merge.pl types test/unit/per/gen-types test/unit/per/gen-test.asn1 && touch $@
$(asn1_values_c): test/unit/per/gen-test.stamp ;
test_unit_test_per_values_SOURCES = test/unit/test_per_values.c test/unit/per_values.h test/unit/per_util.h $(asn1_engine)
nodist_test_unit_test_per_values_SOURCES = $(asn1_values_c) asn1/gen-runtime.c
test_unit_test_per_values_CFLAGS = $(AM_CFLAGS) -w
test_unit_test_per_values_LDADD = -lpthread $(CUNIT_LIBS)
CLEANFILES += $(asn1_values_c) test/unit/per/gen-test.stamp test/unit/per/gen-test.h test/unit/per/gen-types.h test/unit/per/gen-test.asn1
EXTRA_DIST += test/unit/TEST-Values.asn
