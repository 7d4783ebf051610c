# SPDX-License-Identifier: BSD-2-Clause
# The tools for people and scripts.
include src/tool/pdu.mk
noinst_LTLIBRARIES += libiuplustool.la
libiuplustool_la_SOURCES = \
	src/tool/configure.c src/tool/drive.c src/tool/ladder_chart.c src/tool/ladder_svg.c src/tool/ladder_text.c \
	src/tool/ports.c src/tool/report.c src/tool/run.h src/tool/steps.c src/tool/steps.h src/tool/story.c src/tool/story.h src/tool/verdict.c
libiuplustool_la_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)

bin_PROGRAMS += src/iuplus-relocate
src_iuplus_relocate_SOURCES = src/tool/relocate.c
src_iuplus_relocate_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
src_iuplus_relocate_LDADD = libiuplustool.la $(IUPLUS_NODE_LIBS)

dist_man_MANS += doc/iuplus-relocate.1

check_PROGRAMS += test/unit/test_tool_ladder
TESTS += test/unit/test_tool_ladder
test_unit_test_tool_ladder_SOURCES = test/unit/test_tool_ladder.c
test_unit_test_tool_ladder_LDADD = libiuplustool.la $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)

# End to end: the programs as processes.
TESTS += test/e2e/relocate.sh test/e2e/live.sh test/e2e/kernel.sh
EXTRA_DIST += test/e2e/relocate.sh test/e2e/live.sh test/e2e/kernel.sh test/e2e/relocate.py test/e2e/live.py
