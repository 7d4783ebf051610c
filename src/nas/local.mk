# SPDX-License-Identifier: BSD-2-Clause
# GPRS mobility management messages (TS 24.008).
pkginclude_HEADERS += include/iuplus/nas.h
libiuplus_la_SOURCES += src/nas/nas_codec.c src/nas/nas_element.c src/nas/nas_table.c src/nas/nas_table.h
check_PROGRAMS += test/unit/test_nas
TESTS += test/unit/test_nas
test_unit_test_nas_SOURCES = test/unit/test_nas.c test/unit/cunit_main.h
test_unit_test_nas_LDADD = libiuplus.la $(CUNIT_LIBS)
