# SPDX-License-Identifier: BSD-2-Clause
libiuplus_la_SOURCES += rrc/integrity.c
pkginclude_HEADERS += include/iuplus/rrc.h
