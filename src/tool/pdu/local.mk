# SPDX-License-Identifier: BSD-2-Clause
# iuplus-pdu.
noinst_LTLIBRARIES += libiupluspdu.la
libiupluspdu_la_SOURCES = src/tool/pdu/capture.c src/tool/pdu/check.c src/tool/pdu/describe.c src/tool/pdu/dissect.c \
	src/tool/pdu/dissect.h src/tool/pdu/dissect_parts.c src/tool/pdu/dissect_rrc.c src/tool/pdu/dissect_ss7.c src/tool/pdu/hex.c \
	src/tool/pdu/input.c src/tool/pdu/judge.c src/tool/pdu/keylog.c \
	src/tool/pdu/pdu.h src/tool/pdu/radio.c src/tool/pdu/radio.h src/tool/pdu/radio_listener.c src/tool/pdu/radio_rlc.c \
	src/tool/pdu/radio_rrc.c src/tool/pdu/radio_table.c src/tool/pdu/radio_try.c src/tool/pdu/reader.c src/tool/pdu/run.c src/tool/pdu/run.h src/tool/pdu/types.c \
	src/tool/pdu/write_bits.c src/tool/pdu/write_json.c src/tool/pdu/write_text.c src/tool/pdu/write_xer.c

bin_PROGRAMS += src/iuplus-pdu
src_iuplus_pdu_SOURCES = src/tool/pdu/main.c
dist_man_MANS += doc/iuplus-pdu.1
src_iuplus_pdu_LDADD = libiupluspdu.la libiuplusnet.la libiuplus.la $(JANSSON_LIBS) $(CRYPTO_LIBS)

if HAVE_CUNIT
pdu_tests = test/unit/test_pdu_text test/unit/test_pdu_readers test/unit/test_pdu_radio
check_PROGRAMS += $(pdu_tests)
TESTS += $(pdu_tests)
endif
test_unit_test_pdu_text_SOURCES = test/unit/test_pdu_text.c test/unit/per_util.h test/unit/seed.h
test_unit_test_pdu_text_LDADD = libiupluspdu.la libiuplusnet.la libiuplus.la $(JANSSON_LIBS) $(CUNIT_LIBS)
test_unit_test_pdu_readers_SOURCES = test/unit/test_pdu_readers.c test/unit/per_util.h test/unit/seed.h
test_unit_test_pdu_readers_LDADD = libiupluspdu.la libiuplusnet.la libiuplus.la $(JANSSON_LIBS) $(CUNIT_LIBS)
test_unit_test_pdu_radio_SOURCES = test/unit/test_pdu_radio.c test/unit/seed.h
test_unit_test_pdu_radio_LDADD = libiupluspdu.la libiuplusnet.la libiuplus.la $(JANSSON_LIBS) $(CUNIT_LIBS)

# End to end: as its users call it.
PROGRAM_TESTS += test/e2e/pdu.sh test/e2e/pdu_radio.sh
EXTRA_DIST += test/e2e/pdu.sh test/e2e/pdu.py test/e2e/pdu_radio.sh test/e2e/pdu_radio.py
