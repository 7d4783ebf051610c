# SPDX-License-Identifier: BSD-2-Clause
# iuplus-relocate: runs the scenario and judges it.
noinst_LTLIBRARIES += libiuplustool.la
libiuplustool_la_SOURCES = \
	src/tool/relocate/configure.c \
	src/tool/relocate/drive.c \
	src/tool/relocate/ladder_chart.c \
	src/tool/relocate/ladder_svg.c \
	src/tool/relocate/ladder_text.c \
	src/tool/relocate/ports.c \
	src/tool/relocate/report.c \
	src/tool/relocate/run.h \
	src/tool/relocate/steps.c src/tool/relocate/steps.h \
	src/tool/relocate/story.c src/tool/relocate/story.h \
	src/tool/relocate/verdict.c
libiuplustool_la_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)

bin_PROGRAMS += src/iuplus-relocate
src_iuplus_relocate_SOURCES = src/tool/relocate/main.c
src_iuplus_relocate_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
src_iuplus_relocate_LDADD = libiuplustool.la $(IUPLUS_NODE_LIBS)

dist_man_MANS += doc/iuplus-relocate.1

check_PROGRAMS += test/unit/test_tool_ladder
TESTS += test/unit/test_tool_ladder
test_unit_test_tool_ladder_SOURCES = test/unit/test_tool_ladder.c
test_unit_test_tool_ladder_LDADD = libiuplustool.la $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)

# End to end: the programs as processes.
TESTS += test/e2e/relocate.sh
PROGRAM_TESTS += test/e2e/live.sh test/e2e/kernel.sh
EXTRA_DIST += test/e2e/relocate.sh test/e2e/live.sh test/e2e/kernel.sh test/e2e/relocate.py test/e2e/live.py \
	test/e2e/baseline.py test/e2e/breaches.py
