# SPDX-License-Identifier: BSD-2-Clause
# The radio stand-in, a part of libiuplusnet.la.
libiuplusnet_la_SOURCES += src/net/radio.c src/net/radio.h src/net/radio_am.c src/net/radio_cipher.c \
	src/net/radio_internal.h src/net/radio_pdu.c

check_PROGRAMS += test/unit/test_radio
TESTS += test/unit/test_radio
test_unit_test_radio_SOURCES = test/unit/test_radio.c
test_unit_test_radio_LDADD = libiuplusnet.la libiuplus.la $(CUNIT_LIBS)
test_unit_test_radio_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc
