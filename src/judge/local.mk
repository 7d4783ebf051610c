# SPDX-License-Identifier: BSD-2-Clause
# src/judge/: the judge of procedures.
pkginclude_HEADERS += include/iuplus/judge.h
libiuplus_la_SOURCES += src/judge/check_allocation.c src/judge/check_errors.c src/judge/check_keys.c src/judge/check_nas.c src/judge/check_preparation.c \
	src/judge/check_release.c src/judge/check_reset.c src/judge/check_rrc.c src/judge/check_security.c src/judge/check_transfer.c \
	src/judge/checks.h src/judge/dialogue.c src/judge/judge.c src/judge/judge_int.h src/judge/keys_model.c src/judge/map.c src/judge/rrc_model.c src/judge/rules.c \
	src/judge/verdict.c
EXTRA_DIST += src/judge/obligations.tsv test/judge/dialogues.tsv

if HAVE_CUNIT
check_PROGRAMS += test/unit/test_judge
TESTS += test/unit/test_judge
test_unit_test_judge_SOURCES = test/unit/test_judge.c test/unit/seed.h
test_unit_test_judge_LDADD = libiuplus.la $(CUNIT_LIBS)
endif

# End to end: the captures of before, and edits.
TESTS += test/e2e/judge.sh
EXTRA_DIST += test/e2e/judge.sh test/e2e/judge.py test/e2e/judged.py test/judge/before.tsv test/judge/edits.tsv
